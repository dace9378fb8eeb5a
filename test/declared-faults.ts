// Reads the faults that test files declare (test/faults.ts) out of their sources, each with the test that follows it. What is
// declared and could not be held to its word is a mistake: no test behind it, one that is left out, one that does not name
// what is said to be seen.
import { type ESTree, parseSync } from 'vite'
import { z } from 'zod'
import { failureSchema } from '../src-main/ground/failures.ts'
import { type Area, areas } from './faults.ts'

const declarationSchema = z.object({
  seen: z.string(),
  detail: failureSchema.shape.detail,
  class: z.enum(['transient', 'ambiguous', 'permanent']).optional(),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  data: z.string(),
  recovery: z.string(),
})

export interface DeclaredFault extends z.infer<typeof declarationSchema> {
  readonly area: Area
  readonly what: string
  readonly file: string
  /** Its name behind those of the describes around it. */
  readonly test: string
  /** Where else than everywhere the test runs. */
  readonly where: readonly string[]
  /** Every text that the test is made of in its file: its own, and what it uses of the file. */
  readonly testText: string
}

export interface Declared {
  readonly faults: readonly DeclaredFault[]
  readonly mistakes: readonly string[]
}

/** What leaves a test out, and what the page says of it. Anything else leaves out more than a computer's lack. */
const conditions: Readonly<Record<string, string>> = {
  '!chromiumPath': 'where Chromium is',
  '!systemBrowser': 'where Chromium is',
  onWindows: 'not on Windows',
  '!onWindows': 'on Windows',
  '!makesLinks()': 'where links can be made',
  '!isRoot': 'as root',
  '!asRoot': 'as root',
  "'only root can mount a read-only file system'": 'as root',
  "'only root can mount a small file system'": 'as root',
  'missing !== null': 'where its tools are',
  '!hasPostgres()': 'where PostgreSQL is',
  '!canUnshare': 'as root',
  '!onPosix': 'not on Windows',
  "!existsSync('/dev/full')": 'on Linux',
  "process.platform !== 'linux'": 'on Linux',
}

type Call = ESTree.CallExpression

interface Pending {
  readonly area: Area
  readonly what: string
  readonly declaration: z.infer<typeof declarationSchema>
}

/** `test.skipIf(a)('b')` → `test` and `[skipIf, a]`. */
function chainOf(node: ESTree.Expression, text: string): { root: string; modifiers: readonly [string, string][] } {
  if (node.type === 'Identifier') return { root: node.name, modifiers: [] }
  if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
    const { root, modifiers } = chainOf(node.object, text)
    return { root, modifiers: [...modifiers, [node.property.name, '']] }
  }
  if (node.type === 'CallExpression') {
    const { root, modifiers } = chainOf(node.callee, text)
    const given = node.arguments[0]
    const last = modifiers.at(-1)
    if (!last) return { root: '', modifiers: [] }
    return { root, modifiers: [...modifiers.slice(0, -1), [last[0], given ? text.slice(given.start, given.end) : '']] }
  }
  return { root: '', modifiers: [] }
}

/** What is written out; anything that would have to be worked out is none. */
function written(node: ESTree.Node): unknown {
  if (node.type === 'Literal') return node.value
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked
  if (node.type === 'ArrayExpression') return node.elements.map((element) => (element ? written(element) : undefined))
  if (node.type !== 'ObjectExpression') return undefined
  return Object.fromEntries(
    node.properties.map((each) =>
      each.type === 'Property' && each.key.type === 'Identifier'
        ? [each.key.name, written(each.value)]
        : ['', undefined],
    ),
  )
}

const reasonOf = ([name, of]: readonly [string, string]) =>
  name === 'skipIf' ? of : name === 'runIf' ? `!(${of})` : name

const isArea = (value: unknown): value is Area => typeof value === 'string' && Object.hasOwn(areas, value)

const callOf = (node: ESTree.Node): Call | null =>
  node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression' ? node.expression : null

/** What a call does to the tests of a file; `when`: what it makes them depend on. */
function whatIs(
  call: Call,
  text: string,
  named: ReadonlyMap<string, string>,
): { kind: string; when: readonly string[] } {
  const { root, modifiers } = chainOf(call.callee, text)
  const [first = ''] = modifiers[0] ?? []
  const [given] = call.arguments
  if (root === 'fault') return { kind: 'fault', when: [] }
  if (root === 'describe' || (root === 'test' && first === 'describe')) {
    const when = modifiers.filter(([name]) => !['describe', 'each', 'serial'].includes(name))
    return { kind: 'describe', when: when.map(reasonOf) }
  }
  // `const here = test.skipIf(…)`
  const [, ownReason] = /^test\.skipIf\((.*)\)$/.exec(named.get(root) ?? '') ?? []
  if (ownReason !== undefined) return { kind: 'test', when: [ownReason] }
  if (root !== 'test') return { kind: 'other', when: [] }
  if (first === 'skip' && given && typeof written(given) !== 'string') {
    return { kind: 'leaving out', when: [text.slice(given.start, given.end)] }
  }
  return { kind: call.arguments.length > 1 ? 'test' : 'other', when: [] }
}

/** What lies in a statement and may hold tests: the bodies of functions, loops and conditions. */
function listsIn(node: ESTree.Node | null | undefined): readonly (readonly ESTree.Node[])[] {
  if (!node) return []
  if (node.type === 'BlockStatement') return [node.body]
  if (node.type === 'ExportNamedDeclaration') return listsIn(node.declaration)
  if (node.type === 'FunctionDeclaration') return listsIn(node.body)
  if (node.type === 'ForOfStatement') return listsIn(node.body)
  if (node.type === 'IfStatement') return [...listsIn(node.consequent), ...listsIn(node.alternate)]
  return []
}

/** What a statement gives a name to. */
function namesOf(node: ESTree.Node): readonly (readonly [string, ESTree.Node])[] {
  if (node.type === 'ExportNamedDeclaration') return node.declaration ? namesOf(node.declaration) : []
  if (node.type === 'FunctionDeclaration') return node.id ? [[node.id.name, node]] : []
  if (node.type !== 'VariableDeclaration') return []
  return node.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init ? [[id.name, init] as const] : [],
  )
}

/** A name that is put together stands as it is written. */
function titleOf({ arguments: [name] }: Call, text: string): string {
  const value = name && written(name)
  return typeof value === 'string' ? value : name ? text.slice(name.start + 1, name.end - 1) : ''
}

function declarationIn({ arguments: given }: Call): Pending | null {
  const [area, what, rest] = given.map(written)
  const declaration = declarationSchema.safeParse(rest)
  if (!isArea(area) || typeof what !== 'string' || !declaration.success) return null
  return { area, what, declaration: declaration.data }
}

/** Why a test may be left out, by what is written at it and in it. */
function reasonsOf(call: Call, text: string): readonly string[] {
  const inside = [...text.slice(call.callee.end, call.end).matchAll(/\.skip\((.*)\)/g)].map(([, why = '']) => why)
  const modifiers = chainOf(call.callee, text).modifiers.filter(([name]) => name !== 'each' && name !== 'for')
  return [...inside, ...modifiers.map(reasonOf)]
}

/** A call with all that it uses of its file. */
function textWith(call: Call, text: string, named: ReadonlyMap<string, string>): string {
  const taken = new Map([['', text.slice(call.start, call.end)]])
  for (const [, part] of taken) {
    for (const name of part.match(/[A-Za-z]\w*/g) ?? []) {
      const other = named.get(name)
      if (other !== undefined) taken.set(name, other)
    }
  }
  return [...taken.values()].join('\n')
}

export function faultsDeclaredIn(file: string, text: string): Declared {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} does not parse`)
  const faults: DeclaredFault[] = []
  const mistakes: string[] = []
  const named = new Map<string, string>()

  const prove = (pending: readonly Pending[], call: Call, reasons: readonly string[], titles: readonly string[]) => {
    const test = [...titles, titleOf(call, text)].join(' › ')
    for (const reason of reasons) {
      if (!Object.hasOwn(conditions, reason)) mistakes.push(`${file}: left out by ${reason}: ${test}`)
    }
    const where = [...new Set(reasons.map((reason) => conditions[reason] ?? reason))]
    const of = { file, test, where, testText: textWith(call, text, named) }
    faults.push(...pending.map(({ area, what, declaration }) => ({ ...declaration, area, what, ...of })))
  }

  /** The statements of a file, a describe, a function; `outer`: what leaves out all of them. */
  const look = (list: readonly ESTree.Node[], outer: readonly string[], titles: readonly string[]): void => {
    for (const [name, node] of list.flatMap(namesOf)) named.set(name, text.slice(node.start, node.end))
    let left = outer
    let pending: readonly Pending[] = []
    const unproved = () => mistakes.push(...pending.map(({ what }) => `${file}: no test follows: ${what}`))
    for (const node of list) {
      const call = callOf(node)
      const { kind, when } = call ? whatIs(call, text, named) : { kind: 'other', when: [] }
      if (call && kind === 'fault') {
        const declared = declarationIn(call)
        if (declared) pending = [...pending, declared]
        else mistakes.push(`${file}: a fault that is not written out: ${text.slice(call.start, call.start + 80)}`)
        continue
      }
      if (call && kind === 'test' && pending.length > 0)
        prove(pending, call, [...left, ...when, ...reasonsOf(call, text)], titles)
      else unproved()
      pending = []
      if (kind === 'leaving out') left = [...left, ...when]
      const last = call?.arguments.at(-1)
      if (call && kind === 'describe' && last?.type === 'ArrowFunctionExpression') {
        for (const each of listsIn(last.body)) look(each, [...left, ...when], [...titles, titleOf(call, text)])
      }
      for (const each of listsIn(node)) look(each, left, titles)
    }
    unproved()
  }

  look(program.body, [], [])
  const all = text.match(/^\s*fault\(/gm)?.length ?? 0
  if (all > faults.length + mistakes.length) mistakes.push(`${file}: a fault where no test is`)
  return { faults, mistakes }
}
