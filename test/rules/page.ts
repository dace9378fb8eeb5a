// docs/rules.md as text: what every rule file says, one row a rule, with the days between which it holds, the document
// behind it, that one's day, and whether it was read. A rule file joins by a function that makes a book of it (books.ts).
import { addDays } from '../../src-main/eligibility/calendar.ts'
import type { Dated } from '../../src-main/eligibility/dated.ts'

/** One row: what the rule is about, what it says, and the name of its source. */
export interface Rule {
  readonly about: string
  readonly says: string
  readonly source: string
  readonly from?: string | null
  readonly to?: string | null
}

interface RuleSource {
  readonly title: string
  readonly date: string | null
  readonly confirmed: boolean
  /** Which public text was read. */
  readonly read?: string
}

export interface RuleBook {
  readonly title: string
  /** The files it comes from. */
  readonly files: readonly string[]
  readonly rules: readonly Rule[]
  readonly sources: Readonly<Record<string, RuleSource>>
}

/** The rules of a file that changes: a rule that says the same before and after a change is one row. */
export function datedRules<T>(file: Dated<T>, rulesOf: (onDay: T) => readonly Rule[]): readonly Rule[] {
  // Any day before the first change stands for all of them.
  const starts = ['1900-01-01', ...file.turns]
  const rows = new Map<string, { rule: Rule; first: number; last: number }[]>()
  for (const [index, start] of starts.entries()) {
    for (const rule of rulesOf(file.on(start))) {
      const key = JSON.stringify([rule.about, rule.says, rule.source, rule.from, rule.to])
      const known = rows.get(key) ?? []
      const last = known.at(-1)
      if (last && last.last >= index - 1) last.last = index
      else rows.set(key, [...known, { rule, first: index, last: index }])
    }
  }
  return [...rows.values()].flat().map(({ rule, first, last }) => {
    const end = starts[last + 1]
    return {
      ...rule,
      from: rule.from ?? (first === 0 ? null : (starts[first] ?? null)),
      to: rule.to ?? (end === undefined ? null : addDays(end, -1)),
    }
  })
}

const cell = (text: string) => text.replaceAll('|', '／').replaceAll('\n', ' ')
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
const head = (...cells: readonly string[]) => [row(...cells), `|${cells.map(() => '---|').join('')}`]

const period = ({ from, to }: Rule) => (from || to ? `${from ?? ''}〜${to ?? ''}` : '')
const certainty = (source: RuleSource) => (source.confirmed ? 'read' : '**not confirmed**')

function pageOf({ title, files, rules, sources }: RuleBook): string[] {
  const sourceOf = (name: string): RuleSource => {
    const source = sources[name]
    if (!source) throw new Error(`${title}: no source ${name}`)
    return source
  }
  const used = [...new Set(rules.map(({ source }) => source))].sort()
  return [
    `## ${title}`,
    '',
    `From ${files.map((file) => `\`${file}\``).join(', ')}: ${rules.length} rules, ${used.length} sources.`,
    '',
    ...head('about', 'rule', 'holds', 'source', 'its day', 'certainty'),
    ...[...rules]
      .map((rule) => ({ ...rule, at: sourceOf(rule.source) }))
      .map((rule) =>
        row(rule.about, rule.says, period(rule), `${rule.source}`, rule.at.date ?? '', certainty(rule.at)),
      ),
    '',
    ...head('source', 'title', 'what was read'),
    ...used.map((name) => row(name, sourceOf(name).title, sourceOf(name).read ?? '')),
    '',
  ]
}

export const rulesPage = (books: readonly RuleBook[]): string =>
  [
    '# Rules',
    '',
    'Every rule that the judgements go by, with its source, the day of that one, and how certain it is. *read*: the public text was read. *not confirmed*: it was not found, or only announced; such a rule warns and never stops.',
    '',
    'This page is generated from the rule files. After a change of one, `npx vitest run test/house/rules-page.test.ts --update` writes it anew; until then a test fails. How to add a rule: [CONTRIBUTING.md](../CONTRIBUTING.md).',
    '',
    ...books.flatMap(pageOf),
  ].join('\n')
