// Day sheet and monthly report as a file for a spreadsheet. Numbers are plain, names of schemes as they are.
import type { ReportView } from '../../src-main/contract/report.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { reportScreen as words } from '../../src-main/words/report.ts'
import { answerText, categoryText } from '../../src-main/words/states.ts'
import { saveCsv } from '../parts/csv.ts'
import { resultLines, undeliveredLines, visitsIn } from './figures.tsx'

type Line = readonly [part: string, item: string, value: string | number, unit: string]

const linesOf = (report: ReportView) => [
  words.csvColumns,
  ...(report.kind === 'month' ? shareLines(report) : []),
  ...figureLines(report),
]

function figureLines({ figures }: ReportView): Line[] {
  const { count } = words.unit
  const { byHand, waiting } = figures
  return [
    ...resultLines(figures).map(({ name, n }): Line => [words.results, name, n, count]),
    [words.results, words.total, visitsIn(figures), count],
    ...(['medicalSubsidy', 'vaccination', 'checkup'] as const).flatMap((category) =>
      figures.answers[category].map(
        ({ state, n }): Line => [`${words.answers} ${categoryText[category]}`, answerText[state].label, n, count],
      ),
    ),
    ...figures.schemes.map(({ code, name, n }): Line => [words.schemes, words.scheme(code, name), n, count]),
    ...undeliveredLines(figures).map(({ name, n }): Line => [words.undelivered, name, n, count]),
    [words.work, words.byHandOpen, byHand.open, count],
    [words.work, words.byHandEntered, byHand.entered, count],
    ...(waiting
      ? ([
          [words.waiting, words.median, waiting.medianS, words.unit.seconds],
          [words.waiting, words.longest, waiting.longestS, words.unit.seconds],
        ] satisfies Line[])
      : []),
    ...figures.failures.map(
      ({ failure, n }): Line => [words.failures, `${sentence(failure).message}（${failure.code}）`, n, count],
    ),
  ]
}

function shareLines({ months, forecast }: Extract<ReportView, { kind: 'month' }>): Line[] {
  const named = [
    ...months.map((share) => ({ ...share, name: share.month })),
    ...(forecast ? [{ ...forecast, name: words.share.forecast(forecast.month) }] : []),
  ]
  return named.flatMap(({ name, users, claims, permille }): Line[] => [
    [words.share.users, name, users, words.unit.people],
    ...(claims === null ? [] : ([[words.share.claims, name, claims, words.unit.count]] satisfies Line[])),
    ...(permille === null
      ? []
      : ([
          [words.share.share, name, `${Math.floor(permille / 10)}.${permille % 10}`, words.unit.percent],
        ] satisfies Line[])),
  ])
}

export const saveReport = (report: ReportView): void => saveCsv(words.fileName(report), linesOf(report))
