// docs/faults.md: every fault that a test declares (test/faults.ts), by where it comes from, with the sentences that the
// product says of it. Nothing is typed here: a sentence comes from src-main/words, a class from src-main/ground/failures.ts.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type FailureCode, failureClass } from '../src-main/ground/failures.ts'
import { sentence } from '../src-main/words/failures.ts'
import { type DeclaredFault, faultsDeclaredIn } from './declared-faults.ts'
import { type Area, areas } from './faults.ts'
import { sourcesIn, textOf } from './house/sources.ts'
import { root } from './support.ts'

/** Every fault that a test file declares, and what is wrong about declarations. */
export function allFaults() {
  const files = sourcesIn('test').filter((file) => /^import \{ fault \} from /m.test(textOf(file)))
  const declared = files.map((file) => faultsDeclaredIn(file, textOf(file)))
  return { faults: declared.flatMap(({ faults }) => faults), mistakes: declared.flatMap(({ mistakes }) => mistakes) }
}

export const isCode = (seen: string): seen is FailureCode => Object.hasOwn(failureClass, seen)

const classOf = ({ seen, class: own }: DeclaredFault) => (isCode(seen) ? failureClass[seen] : own)

/** A sentence of the words, or the few that belong together; a function of them is given what the fault says. */
function saidBy(found: unknown, values: readonly unknown[]): readonly string[] {
  if (typeof found === 'string') return [found]
  if (typeof found === 'function') return saidBy(found(...values), [])
  if (typeof found !== 'object' || found === null) return []
  return Object.values(found).filter((each) => typeof each === 'string')
}

/** What the receptionist reads, sentence by sentence; empty where nothing is said or the key leads nowhere. */
export async function sentencesOf({ seen, detail, values = [] }: DeclaredFault): Promise<readonly string[]> {
  if (seen === 'nothing') return []
  if (isCode(seen)) {
    const { message, next } = sentence({ code: seen, ...(detail && { detail }) })
    return [message, next]
  }
  const [file = '', path = ''] = seen.split(' ')
  let found: unknown = await import(pathToFileURL(join(root, `src-main/${file}.ts`)).href)
  for (const key of path.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  }
  return saidBy(found, values)
}

const cell = (text: string) => text.replaceAll('|', '\\|')
/** As text between the brackets of a link. */
const linked = (text: string) => cell(text).replaceAll(/[[\]]/g, '\\$&')

async function row(fault: DeclaredFault): Promise<string> {
  const said = await sentencesOf(fault)
  const where = fault.where.length > 0 ? ` (${fault.where.join(', ')})` : ''
  return `| ${[
    cell(fault.what),
    said.length > 0 ? cell(said.join('<br>')) : 'Nothing.',
    cell(fault.data),
    cell(fault.recovery),
    classOf(fault),
    `[${linked(fault.test)}](../${fault.file})${where}`,
  ].join(' | ')} |`
}

const anchor = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

export async function faultsPage(): Promise<string> {
  const { faults } = allFaults()
  const of = (area: Area) => faults.filter((each) => each.area === area)
  const all = Object.keys(areas) as Area[]
  const sections = all.map(async (area) => [
    `## ${areas[area]}`,
    '',
    '| fault | what the receptionist reads | the data | how it recovers | class | proven by |',
    '|---|---|---|---|---|---|',
    ...(await Promise.all(of(area).map(row))),
    '',
  ])
  return `${[
    '# Faults',
    '',
    'What can go wrong at a counter, what reception reads then, what becomes of the data, and how it ends. Each row stands beside the test that proves it (`fault(…)` of',
    '`test/faults.ts`) and is read from there; the Japanese is the product’s own (`src-main/words/`). Written by `npx vitest run test/house/faults-page.test.ts --update`.',
    '',
    'Class: **transient**, the same may be tried again and can succeed; **ambiguous**, it may have happened, somebody looks before it is repeated; **permanent**, it fails again until',
    'somebody changes something ([failures.ts](../src-main/ground/failures.ts)).',
    '',
    '| where | faults |',
    '|---|---|',
    ...all.map((area) => `| [${areas[area]}](#${anchor(areas[area])}) | ${of(area).length} |`),
    `| together | ${faults.length} |`,
    '',
    ...(await Promise.all(sections)).flat(),
  ]
    .join('\n')
    .trimEnd()}\n`
}
