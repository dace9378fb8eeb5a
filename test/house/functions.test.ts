// A function fits on a screen or two. What is longer hides its parts from the reader and from the tests; whoever needs
// one all the same names it here with the reason, and takes the name out when it has been cut.
import { parseSync, Visitor } from 'vite'
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const mostLines = 120

/** By file and function, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  // A list, one line or two for each entry; cutting it would only scatter it.
  'src-main/stand-ins/people/personas.ts personasOn': 'the sample patients, one after the other',
  // One state that all of its functions share; to be cut along what they do with it.
  'src-main/background/bookings/bookings.ts openBookings': 'one run over a list of bookings',
  'src-main/background/trusted-time.ts openTrustedTime': 'what is known of one clock',
  'src-main/card/pcsc-readers.ts createPcscReaders': 'one reader host, from its start to the next',
  'src-main/shell/headless-server.ts startHeadlessServer': 'the routes of one door',
  'src-main/stand-ins/card/virtual-card.ts createVirtualCard': 'the commands of one card',
  'src-main/stand-ins/terminal/sandbox-terminal.ts startSandboxTerminal': 'the folders of one terminal',
  'src-renderer/visit/result.tsx Result': 'the order of everything in a result',
}

interface Found {
  readonly name: string
  readonly lines: number
}

/** Every function of a text with its lines, also those inside another one, which counts them too. */
function functionsOf(file: string, text: string): readonly Found[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} does not parse`)
  /** Where a function begins that is the value of something with a name. */
  const names = new Map<number, string>()
  const found: Found[] = []
  const note = (at: { readonly start: number; readonly end: number }, name = names.get(at.start)) => {
    found.push({ name: name ?? 'a nameless one', lines: text.slice(at.start, at.end).split('\n').length })
  }
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init) names.set(init.start, id.name)
    },
    Property({ key, value }) {
      if (key.type === 'Identifier') names.set(value.start, key.name)
    },
    MethodDefinition({ key, value }) {
      if (key.type === 'Identifier') names.set(value.start, key.name)
    },
    FunctionDeclaration(node) {
      note(node, node.id?.name)
    },
    FunctionExpression(node) {
      note(node)
    },
    ArrowFunctionExpression(node) {
      note(node)
    },
  }).visit(program)
  return found
}

test('functions are measured with what is in them, whatever their form', () => {
  const text = [
    'export function outer<T>(a: T) {',
    '  const inner = () => {',
    '    return a',
    '  }',
    '  return { method() { return inner }, async *[Symbol.iterator]() {} }',
    '}',
    'class Box {',
    '  open() {',
    '  }',
    '}',
  ].join('\n')
  expect(functionsOf('a.ts', text)).toEqual([
    { name: 'outer', lines: 6 },
    { name: 'inner', lines: 3 },
    { name: 'method', lines: 1 },
    { name: 'a nameless one', lines: 1 },
    { name: 'open', lines: 2 },
  ])
  expect(functionsOf('a.tsx', 'const A = () => (\n  <p>\n    <b />\n  </p>\n)')).toEqual([{ name: 'A', lines: 5 }])
  expect(() => functionsOf('a.ts', 'function {')).toThrow('does not parse')
})

test(`no function is longer than ${mostLines} lines, but for those named here`, () => {
  const files = sourcesIn('src-main', 'src-renderer', 'native')
  const all = files.flatMap((file) => functionsOf(file, textOf(file)).map((each) => ({ ...each, file })))
  expect(all.length).toBeGreaterThan(2_000)
  const long = all.filter(({ lines }) => lines > mostLines).map(({ file, name }) => `${file} ${name}`)
  expect(long.filter((each) => !(each in exceptions))).toEqual([])
  // What has been cut takes its name out of the list.
  expect(Object.keys(exceptions).filter((each) => !long.includes(each))).toEqual([])
})
