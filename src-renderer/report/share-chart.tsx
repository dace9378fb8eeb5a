// The share of the last months as bars against what has to be reached. Whatever it shows stands in the table below it too:
// a reader of the screen hears the table, and no bar is told apart by its colour alone.
import { useId } from 'react'
import type { MonthReport } from '../../src-main/contract/report.ts'
import { reportScreen as words } from '../../src-main/words/report.ts'
import styles from './share-chart.module.css'

/** In the picture's own units; the page scales it. */
const size = { width: 720, height: 260, left: 56, right: 8, top: 24, bottom: 46 }
const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom }

export function ShareChart(props: { readonly report: MonthReport; readonly isOnPaper?: boolean }) {
  const { report, isOnPaper = false } = props
  const { months, forecast, share } = report
  const id = useId()
  const shares = months.map((each) => ({
    ...each,
    expected: forecast?.month === each.month ? forecast.permille : null,
  }))
  const highest = Math.max(...shares.flatMap(({ permille, expected }) => [permille ?? 0, expected ?? 0]))
  const top = Math.max(400, Math.ceil((highest * 1.1) / 100) * 100)
  const y = (permille: number) => size.top + plot.height * (1 - permille / top)
  const step = plot.width / Math.max(shares.length, 6)
  const bar = Math.min(step * 0.6, 40)
  return (
    <figure className={isOnPaper ? `${styles.figure} ${styles.paper}` : styles.figure}>
      <div className={styles.scroll} tabIndex={isOnPaper ? undefined : 0}>
        <svg viewBox={`0 0 ${size.width} ${size.height}`} className={styles.chart} role="img" aria-labelledby={id}>
          <title id={id}>{words.share.chart}</title>
          <defs>
            <pattern id={`${id}hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line className={styles.hatch} x1="0" y1="0" x2="0" y2="6" />
            </pattern>
          </defs>
          <line className={styles.ground} x1={size.left} x2={size.width - size.right} y1={y(0)} y2={y(0)} />
          {shares.map(({ month, permille, expected }, place) => {
            const middle = size.left + step * (place + 0.5)
            const x = middle - bar / 2
            return (
              <g key={month}>
                {expected !== null && (
                  <rect
                    className={styles.expected}
                    fill={`url(#${id}hatch)`}
                    x={x}
                    y={y(expected)}
                    width={bar}
                    height={y(0) - y(expected)}
                  />
                )}
                {permille !== null && (
                  <rect className={styles.bar} x={x} y={y(permille)} width={bar} height={y(0) - y(permille)} />
                )}
                <text className={styles.label} x={middle} y={size.height - 25} textAnchor="middle">
                  {`${Number(month.slice(5))}月`}
                </text>
                {(place === 0 || month.endsWith('-01')) && (
                  <text className={styles.label} x={middle} y={size.height - 6} textAnchor="middle">
                    {month.slice(0, 4)}
                  </text>
                )}
              </g>
            )
          })}
          {shares.map(
            ({ month, neededPercent }, place) =>
              neededPercent !== null && (
                <line
                  key={month}
                  className={styles.needed}
                  x1={size.left + step * place}
                  x2={size.left + step * (place + 1)}
                  y1={y(neededPercent * 10)}
                  y2={y(neededPercent * 10)}
                />
              ),
          )}
          {shares.map(({ month, permille, expected }, place) => {
            const shown = expected ?? permille
            return (
              <text
                key={month}
                className={styles.value}
                x={size.left + step * (place + 0.5)}
                y={y(shown ?? 0) - 6}
                textAnchor="middle"
              >
                {words.percent(shown)}
              </text>
            )
          })}
        </svg>
      </div>
      {share.neededPercent !== null && <figcaption>{words.share.chartNote(share.neededPercent)}</figcaption>}
    </figure>
  )
}
