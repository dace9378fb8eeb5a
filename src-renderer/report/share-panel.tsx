// 利用率 of a month: what it is, what it may come to, what it has to reach, and the months before it.
import type { MonthReport } from '../../src-main/contract/report.ts'
import { reportScreen } from '../../src-main/words/report.ts'
import { monthText } from '../format.ts'
import table from '../parts/table.module.css'
import { Tag } from '../parts/tag.tsx'
import styles from './report-page.module.css'
import { ShareChart } from './share-chart.tsx'

const words = reportScreen.share

export function SharePanel({ report }: { readonly report: MonthReport }) {
  const { share, forecast, months, month, today } = report
  const { neededPercent: needed } = share
  const isRunning = today.startsWith(month)
  const hasShares = forecast?.permille != null || months.some(({ permille }) => permille !== null)
  return (
    <section className={styles.part} aria-label={words.title}>
      <h3>{words.title}</h3>
      <dl className={styles.key}>
        <div>
          <dt>{words.users}</dt>
          <dd>{reportScreen.people(share.users)}</dd>
        </div>
        <div>
          <dt>{words.claims}</dt>
          <dd>{share.claims === null ? reportScreen.none : reportScreen.count(share.claims)}</dd>
        </div>
        <div>
          <dt>{words.share}</dt>
          <dd>
            {reportScreen.percent(share.permille)}
            {!isRunning && <Reached permille={share.permille} needed={needed} isExpected={false} />}
          </dd>
        </div>
        {isRunning && forecast && (
          <div>
            <dt>{words.forecast(monthText(month))}</dt>
            <dd>
              {reportScreen.percent(forecast.permille)}
              <span className={styles.small}>
                {reportScreen.people(forecast.users)}
                {forecast.claims !== null && ` ÷ ${reportScreen.count(forecast.claims)}`}
              </span>
              <Reached permille={forecast.permille} needed={needed} isExpected />
            </dd>
          </div>
        )}
      </dl>
      {share.permille === null && forecast?.permille == null && (
        <p>{share.claims === 0 ? words.zeroClaims : words.noClaims}</p>
      )}
      {isRunning && (
        <p className={styles.note}>
          {forecast
            ? `${words.carriedOn}${forecast.claimsOf === null ? words.noForecastClaims : words[forecast.claimsOf]}`
            : words.tooEarly}
        </p>
      )}
      {hasShares && <ShareChart report={report} />}
      <div className={table.scroll}>
        <table className={table.table} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{words.month}</th>
              <th scope="col">{words.users}</th>
              <th scope="col">{words.claims}</th>
              <th scope="col">{words.share}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((each) => (
              <tr key={each.month}>
                <th scope="row">{monthText(each.month)}</th>
                <td className={styles.number}>{reportScreen.people(each.users)}</td>
                <td className={styles.number}>
                  {each.claims === null ? reportScreen.none : reportScreen.count(each.claims)}
                </td>
                <td className={styles.number}>{reportScreen.percent(each.permille)}</td>
              </tr>
            ))}
            {forecast && (
              <tr>
                <th scope="row">{words.forecast(monthText(forecast.month))}</th>
                <td className={styles.number}>{reportScreen.people(forecast.users)}</td>
                <td className={styles.number}>
                  {forecast.claims === null ? reportScreen.none : reportScreen.count(forecast.claims)}
                </td>
                <td className={styles.number}>{reportScreen.percent(forecast.permille)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        {words.note}
        {needed !== null && words.rule(needed)}
      </p>
    </section>
  )
}

function Reached(props: {
  readonly permille: number | null
  readonly needed: number | null
  readonly isExpected: boolean
}) {
  const { permille, needed, isExpected } = props
  if (permille === null || needed === null) return null
  const isReached = permille >= needed * 10
  const [yes, no] = isExpected ? [words.willReach, words.willNotReach] : [words.reached, words.notReached]
  return (
    <Tag tone={isReached ? 'good' : 'care'} icon={isReached ? 'ok' : 'warning'}>
      {(isReached ? yes : no)(needed)}
    </Tag>
  )
}
