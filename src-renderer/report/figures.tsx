// What was counted, in tables: the same for a day and for a month, on the screen and on paper.
import type { ReactNode } from 'react'
import type { Figures } from '../../src-main/contract/report.ts'
import type { Glass } from '../../src-main/contract/staff.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { reportScreen as words } from '../../src-main/words/report.ts'
import { answerText, categoryText, countedStateText, deliveryStateText } from '../../src-main/words/states.ts'
import { clinicTime } from '../format.ts'
import table from '../parts/table.module.css'
import styles from './report-page.module.css'

const categories = ['medicalSubsidy', 'vaccination', 'checkup'] as const

/** One sentence for each time that somebody has broken the glass. */
export const glassLines = (glass: readonly Glass[]): readonly string[] =>
  glass.map(({ at, until, name, reason }) => words.glassLine(clinicTime(at), clinicTime(until), name, reason))

export const visitsIn = ({ visits }: Figures): number => visits.reduce((sum, { n }) => sum + n, 0)

/** States that are called the same are one line. */
function countedLines<Line extends { readonly n: number }>(
  lines: readonly Line[],
  nameOf: (line: Line) => string,
): readonly { readonly name: string; readonly n: number }[] {
  const sums = new Map<string, number>()
  for (const line of lines) sums.set(nameOf(line), (sums.get(nameOf(line)) ?? 0) + line.n)
  return [...sums].map(([name, n]) => ({ name, n }))
}

export const resultLines = ({ visits }: Figures) => countedLines(visits, ({ state }) => countedStateText[state])
export const undeliveredLines = ({ undelivered }: Figures) =>
  countedLines(undelivered, ({ state }) => deliveryStateText[state])

export function FiguresOf({ figures }: { readonly figures: Figures }) {
  const { answers, schemes, byHand, waiting, failures } = figures
  const asked = categories.filter((category) => answers[category].length > 0)
  const undelivered = undeliveredLines(figures)
  const open = undelivered.reduce((sum, { n }) => sum + n, 0)
  return (
    <div className={styles.figures}>
      <Part title={words.results}>
        <Counts
          lines={[...resultLines(figures), { name: words.total, n: visitsIn(figures) }]}
          label={words.results}
          hasTotal
        />
      </Part>
      <Part title={words.work}>
        <Counts
          lines={[
            { name: words.undelivered, n: open },
            ...undelivered.map(({ name, n }) => ({ name: `　${name}`, n })),
            { name: words.byHandOpen, n: byHand.open },
            { name: words.byHandEntered, n: byHand.entered },
          ]}
          label={words.work}
        />
      </Part>
      <Part title={words.answers} note={words.answersNote}>
        {asked.length === 0 && <p>{words.noAnswers}</p>}
        {asked.map((category) => (
          <div key={category} className={styles.category}>
            <h4>{categoryText[category]}</h4>
            <Counts
              lines={answers[category].map(({ state, n }) => ({ name: answerText[state].label, n }))}
              label={categoryText[category]}
            />
          </div>
        ))}
      </Part>
      <Part title={words.schemes} note={words.schemesNote}>
        {schemes.length === 0 ? (
          <p>{words.noSchemes}</p>
        ) : (
          <Counts
            lines={schemes.map(({ code, name, n }) => ({ name: words.scheme(code, name), n }))}
            label={words.schemes}
          />
        )}
      </Part>
      <Part title={words.waiting} note={words.waitingNote}>
        {waiting ? (
          <table className={table.table} aria-label={words.waiting}>
            <tbody>
              {(
                [
                  [words.median, words.seconds(waiting.medianS)],
                  [words.longest, words.seconds(waiting.longestS)],
                  [words.counted, words.count(waiting.visits)],
                ] as const
              ).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className={styles.number}>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p>{words.noWaiting}</p>
        )}
      </Part>
      <Part title={words.failures}>
        {failures.length === 0 ? (
          <p>{words.noFailures}</p>
        ) : (
          <table className={table.table} aria-label={words.failures}>
            <tbody>
              {failures.map(({ failure, n }) => (
                <tr key={failure.code}>
                  <th scope="row">
                    {sentence(failure).message}
                    <span className={styles.code}>{failure.code}</span>
                  </th>
                  <td className={styles.number}>{words.count(n)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
    </div>
  )
}

function Part(props: { readonly title: string; readonly note?: string; readonly children: ReactNode }) {
  const { title, note, children } = props
  return (
    <section className={styles.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
      {note && <p className={styles.note}>{note}</p>}
    </section>
  )
}

function Counts(props: {
  readonly lines: readonly { readonly name: string; readonly n: number }[]
  readonly label: string
  /** The last line sums the others up. */
  readonly hasTotal?: boolean
}) {
  const { lines, label, hasTotal = false } = props
  return (
    <table className={table.table} aria-label={label}>
      <tbody>
        {lines.map(({ name, n }, place) => (
          <tr key={name} className={hasTotal && place === lines.length - 1 ? styles.total : undefined}>
            <th scope="row">{name}</th>
            <td className={styles.number}>{words.count(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
