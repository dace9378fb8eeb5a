// docs/benchmarks.md and its pictures, made of the figures of a run and of nothing else: nobody types a figure in.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { described, type Goal, groups } from './figures.ts'
import { asJson, type Judged, judge, type Kept, shareOfGoal } from './kept.ts'
import { missed } from './missed.ts'
import { goalBars, memoryLines, storeLines } from './plots.ts'

const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 })

function goalText(goal: Goal, unit: string): string {
  if ('isSlope' in goal) return 'zero within noise'
  return 'atLeast' in goal ? `≥ ${number(goal.atLeast)} ${unit}` : `≤ ${number(goal.atMost)} ${unit}`
}

function verdict({ goal, value, isMet }: Judged): string {
  if (value === null) return 'not measured'
  if (isMet) return 'met'
  if ('isSlope' in goal) return '**missed**'
  const by = (shareOfGoal(value, goal) - 1) * 100
  return Number.isFinite(by) ? `**missed** by ${by < 10 ? by.toFixed(1) : Math.round(by)} %` : '**missed**'
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

function goalsTable(kept: Kept): string {
  const rows = judge(kept).map((judged) => {
    const { name, goal, value, isMet } = judged
    const unit = described[name]?.unit ?? ''
    const why = isMet ? '' : (Object.entries(missed).find(([of]) => of === name)?.[1] ?? '')
    return [
      `\`${name}\``,
      goalText(goal, unit),
      value === null ? '–' : `${number(value)} ${unit}`,
      verdict(judged),
      why,
    ]
  })
  return table(['figure', 'goal', 'measured', '', 'why'], rows)
}

/** Those of a group that were measured, with what was left out of it. */
function groupText(kept: Kept, { title, method, figures }: (typeof groups)[keyof typeof groups]): string {
  const rows = Object.keys(figures).map((name) => {
    const { unit, says, against } = described[name] ?? { unit: '', says: '', against: undefined }
    const value = kept.figures[name]
    const range = kept.ranges[name]
    return [
      `\`${name}\``,
      against ? `${says}; against ${against.includes(' ') ? against : `\`${against}\``}` : says,
      typeof value === 'number' ? `${number(value)} ${unit}` : 'not measured',
      range ? `${number(range.low)} to ${number(range.high)}` : '',
      range ? String(range.runs) : '',
    ]
  })
  return `### ${title}\n\n${method}\n\n${table(['figure', 'what it is', 'median', 'nine runs of ten', 'runs'], rows)}`
}

interface Picture {
  readonly file: string
  readonly says: string
  readonly svg: string
}

export function picturesOf(kept: Kept): readonly Picture[] {
  const store = storeLines(kept)
  const memory = memoryLines(kept)
  return [
    { file: 'goals.svg', says: 'What each figure takes of its goal', svg: goalBars(kept) },
    ...(store ? [{ file: 'store.svg', says: 'What the store takes as it grows', svg: store }] : []),
    ...(memory ? [{ file: 'memory.svg', says: 'Memory over check-ins', svg: memory }] : []),
  ]
}

export function documentOf(kept: Kept): string {
  const missing = Object.entries(kept.figures).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const judged = judge(kept)
  const isMet = judged.filter((each) => each.isMet).length
  return [
    '# Benchmarks',
    `Measured ${kept.measuredAt} by \`npm run bench -- --report\`, which wrote this page and its pictures from [figures.json](benchmarks/figures.json). Not to be edited: \`npm run bench -- --report docs/benchmarks/figures.json\` writes it again from that file, the command without a file measures anew. How it is measured: [test/bench](../test/bench).`,
    '## The machine',
    table(
      ['', ''],
      Object.entries(kept.machine).map(([name, value]) => [name, value]),
    ),
    '## How it is measured',
    [
      '- Times differ from computer to computer, so what counts is a **ratio in one run**: against a floor (the same work done bare) or a peer (another program, another size), one after the other in turns, so that whatever the computer does to one it does to the other.',
      '- A figure is the **median** of its runs after a warm-up, beside it the range in which nine runs of ten lie. Where the worst case counts, it is 99 of 100 (`P99`) or the longest.',
      '- Each part runs in a process of its own with a data folder of its own. Disks are waited for as the product waits: no cache is told to lie.',
      '- Card, hub, terminal and receipt computer are the stand-ins of this repository, in processes of their own where they would otherwise cost the agent’s time.',
    ].join('\n'),
    '## Goals',
    `${isMet} of ${judged.length} are met.`,
    goalsTable(kept),
    ...picturesOf(kept).map(({ file, says }) => `![${says}](benchmarks/${file})`),
    '## Figures',
    ...Object.values(groups).map((group) => groupText(kept, group)),
    ...(missing.length === 0
      ? []
      : [
          '## Left out',
          table(
            ['', 'why'],
            missing.map(([name, why]) => [`\`${name}\``, why]),
          ),
        ]),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

/** Below `folder`, as the repository has them. */
export function writeReport(folder: string, kept: Kept): void {
  const pictures = join(folder, 'benchmarks')
  mkdirSync(pictures, { recursive: true })
  writeFileSync(join(pictures, 'figures.json'), `${JSON.stringify(asJson(kept), null, 2)}\n`)
  for (const { file, svg } of picturesOf(kept)) writeFileSync(join(pictures, file), svg)
  writeFileSync(join(folder, 'benchmarks.md'), documentOf(kept))
}
