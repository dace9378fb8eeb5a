// 日報 and 月次報告 on paper: the counts that stand on the screen, in the same order. They are about nobody, so the day or month
// stands on every sheet.
import type { MonthReport, MonthShare, ReportView } from '../../../src-main/contract/report.ts'
import { sentence } from '../../../src-main/words/failures.ts'
import { paperText } from '../../../src-main/words/papers.ts'
import { reportScreen as words } from '../../../src-main/words/report.ts'
import { answerText, categoryText } from '../../../src-main/words/states.ts'
import { eraDay, monthText } from '../../format.ts'
import { glassLines, resultLines, undeliveredLines, visitsIn } from '../../report/figures.tsx'
import { ShareChart } from '../../report/share-chart.tsx'
import type { Block, Paper } from '../paper.ts'

/** None of a day or month that nothing can be said of. */
export function reportPapers(report: ReportView): Paper[] {
  if (report.standing !== 'counted') return []
  const { kind } = report
  const name = kind === 'day' ? 'daySheet' : 'monthlyReport'
  const head = kind === 'day' ? eraDay(report.day) : monthText(report.month)
  const blocks: Block[] = [
    { kind: 'text', text: words.status(report, head, visitsIn(report.figures)) },
    ...(kind === 'month' ? shareBlocks(report) : []),
    ...figureBlocks(report),
    ...(kind === 'day' && report.glass.length > 0
      ? [heading(words.glass), { kind: 'list' as const, items: glassLines(report.glass) }]
      : []),
    { kind: 'text', text: words.unnamed },
  ]
  return [{ name, title: paperText[name], head, blocks }]
}

const heading = (text: string): Block => ({ kind: 'heading', text, keepsNext: true })
const text = (said: string): Block => ({ kind: 'text', text: said })

function lines(rows: readonly (readonly [name: string, value: string])[]): Block {
  const columns = [
    { label: words.item, width: 3 },
    { label: words.counted, width: 1, isAmount: true },
  ]
  return { kind: 'table', columns, rows }
}

const counted = (of: readonly { readonly name: string; readonly n: number }[]) =>
  lines(of.map(({ name, n }) => [name, words.count(n)]))

function figureBlocks({ figures }: ReportView): Block[] {
  const { answers, schemes, byHand, waiting, failures } = figures
  return [
    heading(words.results),
    counted([...resultLines(figures), { name: words.total, n: visitsIn(figures) }]),
    heading(words.work),
    counted([
      ...undeliveredLines(figures).map(({ name, n }) => ({ name: `${words.undelivered}（${name}）`, n })),
      { name: words.byHandOpen, n: byHand.open },
      { name: words.byHandEntered, n: byHand.entered },
    ]),
    ...(['medicalSubsidy', 'vaccination', 'checkup'] as const).flatMap((category) =>
      answers[category].length === 0
        ? []
        : [
            heading(`${words.answers}　${categoryText[category]}`),
            counted(answers[category].map(({ state, n }) => ({ name: answerText[state].label, n }))),
          ],
    ),
    heading(words.schemes),
    schemes.length === 0
      ? text(words.noSchemes)
      : counted(schemes.map(({ code, name, n }) => ({ name: words.scheme(code, name), n }))),
    heading(words.waiting),
    waiting
      ? lines([
          [words.median, words.seconds(waiting.medianS)],
          [words.longest, words.seconds(waiting.longestS)],
          [words.counted, words.count(waiting.visits)],
        ])
      : text(words.noWaiting),
    heading(words.failures),
    failures.length === 0
      ? text(words.noFailures)
      : counted(failures.map(({ failure, n }) => ({ name: sentence(failure).message, n }))),
  ]
}

function shareBlocks(report: MonthReport): Block[] {
  const {
    months,
    forecast,
    share: { neededPercent },
    countedFrom,
  } = report
  const row = (name: string, { users, claims, permille }: MonthShare) => [
    name,
    words.people(users),
    claims === null ? words.none : words.count(claims),
    words.percent(permille),
  ]
  return [
    ...(countedFrom === null ? [] : [text(words.countedFrom(eraDay(countedFrom)))]),
    heading(words.share.title),
    // Where there is no room for it the table says the same.
    { kind: 'drawn', node: <ShareChart report={report} isOnPaper />, isOnlyWide: true },
    {
      kind: 'table',
      columns: [
        { label: words.share.month, width: 3 },
        { label: words.share.users, width: 2, isAmount: true },
        { label: words.share.claims, width: 2, isAmount: true },
        { label: words.share.share, width: 1.5, isAmount: true },
      ],
      rows: [
        ...months.map((share) => row(monthText(share.month), share)),
        ...(forecast ? [row(words.share.forecast(monthText(forecast.month)), forecast)] : []),
      ],
    },
    text(words.share.note),
    ...(neededPercent === null ? [] : [text(words.share.rule(neededPercent))]),
  ]
}
