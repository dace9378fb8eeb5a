// One certificate, one card: the numbers large enough to compare with the paper across a counter.

import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Assessed } from '../../src-main/eligibility/assessment.ts'
import { daysBetween } from '../../src-main/eligibility/calendar.ts'
import { isCapped } from '../../src-main/eligibility/cap/capped.ts'
import { type CapCertificate, capCertificateOf, isSameCapCertificate } from '../../src-main/eligibility/cap/sheet.ts'
import { isMedicalTicket } from '../../src-main/eligibility/medical-tickets.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { certificateShare } from '../../src-main/eligibility/share/certificate.ts'
import type { ShareRule } from '../../src-main/eligibility/share/rule.ts'
import { capScreen } from '../../src-main/words/cap.ts'
import { screen } from '../../src-main/words/desk.ts'
import { adviceKind, eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { shareRuleText, shareScreen } from '../../src-main/words/share.ts'
import { eraDate, yen } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { GroupedNumber } from '../parts/grouped-number.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { AdviceList } from './advice-list.tsx'
import styles from './benefit-card.module.css'
import { Explanation, type Origin } from './explanation.tsx'
import { LocalSchemes } from './local-schemes.tsx'

/** The card says the rule; where in the month the patient stands is asked when the amount is worked out. */
const notSaid = { visits: null, days: null, paidToday: null, paidThisMonth: null }

const validityLook: Record<Benefit['validity'], readonly [Tone, IconName]> = {
  valid: ['good', 'ok'],
  notYet: ['care', 'waiting'],
  over: ['bad', 'error'],
}

/** Turns to the sheet of its monthly cap. */
export type OpenCapSheet = (certificate: CapCertificate) => void

const capLook = { whole: { tone: 'good', icon: 'ok' }, part: { tone: 'care', icon: 'warning' } } as const

/** One 公費 as the receptionist needs it: whose scheme, the two numbers, until when, how much, and what to look at. */
export function BenefitCard(props: {
  readonly benefit: Benefit
  /** Of the visit. */
  readonly day: string
  /** Said by the source today. Nothing older is ever called valid. */
  readonly isToday: boolean
  readonly assessed: Assessed
  /** Its place on the claim, from 1; null where it is not on it. */
  readonly place: number | null
  /** On whose word it is handed over, where that is not today's answer; else empty. */
  readonly mark?: string
  /** A file has no place for it. */
  readonly isByHand?: boolean
  /** null: it does not come from today's answer. */
  readonly origin: Origin | null
  readonly onCapSheet: OpenCapSheet
  /** What was paid in the month before the visit, as far as it is known. */
  readonly paid: VisitView['paid']
}) {
  const { benefit, isToday, assessed, place, mark = '', isByHand = false, origin, onCapSheet } = props
  const { scheme, validity } = benefit
  const [tone, icon] = validityLook[validity]
  return (
    <article className={styles.card}>
      <header>
        <h4 className={styles.name}>
          {place !== null && <span className={styles.place}>{eligibilityScreen.place(place)}</span>}
          {benefit.certificateName}
        </h4>
        {(mark !== '' || isByHand) && (
          <p className={styles.marks}>
            {mark !== '' && (
              <Tag tone="plain" icon="ok">
                {mark}
              </Tag>
            )}
            {isByHand && (
              <Tag tone="care" icon="warning">
                {screen.byHand}
              </Tag>
            )}
          </p>
        )}
        <p className={styles.scheme}>
          <span className={styles.kind}>{screen.schemeKind[scheme.kind]}</span>
          {scheme.code !== null && <span>{screen.scheme(scheme.code)}</span>}
          {scheme.kind === 'national' && <span>{scheme.name}</span>}
        </p>
      </header>

      <dl className={styles.numbers}>
        <Figure label={screen.payerNumber} number={benefit.payerNumber} />
        <Figure label={screen.recipientNumber} number={benefit.recipientNumber} />
      </dl>

      <dl className={styles.facts}>
        <dt>{screen.period}</dt>
        <dd>
          <Period benefit={benefit} day={isToday && validity === 'valid' ? props.day : null} />
          {(isToday || validity !== 'valid') && (
            <Tag tone={tone} icon={icon}>
              {screen.validity[validity]}
            </Tag>
          )}
        </dd>
        <Conditions
          benefit={benefit}
          rule={validity === 'valid' ? certificateShare(benefit, assessed.local, props.day).rule : null}
        />
      </dl>

      <AdviceList advice={assessed.advice} />
      {assessed.local && <LocalSchemes schemes={assessed.local.schemes} />}
      <CapSheetWay benefit={benefit} assessed={assessed} onCapSheet={onCapSheet} paid={props.paid} />

      {benefit.details.length > 0 && (
        <details className={styles.details}>
          <summary>{screen.details}</summary>
          <dl className={styles.facts}>
            {benefit.details.map(({ label, value }) => (
              <div key={`${label} ${value}`} className={styles.detail}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Explanation
        origin={origin ?? { source: null, fetchedAt: null }}
        version={benefit.historyKey}
        {...(origin && { saidSince: assessed.saidSince })}
        bases={assessed.advice.map(({ code }) => adviceKind(code).basis)}
      />
    </article>
  )
}

/** As the paper writes it; `day`: how many are left from it, null where that says nothing. */
function Period({ benefit, day }: { readonly benefit: Benefit; readonly day: string | null }) {
  const { validFrom, validTo } = benefit
  if (isOpenEnd(validTo)) return `${eraDate(validFrom)} ～ ${eligibilityScreen.openEnd}`
  const left = day === null ? '' : screen.daysLeft(daysBetween(day, validTo))
  return (
    <span>
      {eraDate(validFrom)} ～ {eraDate(validTo)}
      <span className={styles.left}>{left}</span>
    </span>
  )
}

/** What the certificate says beside its period, and what it leaves to the patient. */
function Conditions({ benefit, rule }: { readonly benefit: Benefit; readonly rule: ShareRule | null }) {
  const { monthlyCapYen, segment, incomeSegment, additionalConditions, designatedInstitutions } = benefit
  return (
    <>
      {monthlyCapYen !== null && (
        <>
          <dt>{isMedicalTicket(benefit) ? screen.ticketSelfPay : screen.monthlyCap}</dt>
          <dd className={styles.amount}>{screen.yen(yen(monthlyCapYen))}</dd>
        </>
      )}
      {rule && (
        <>
          <dt>{shareScreen.rule}</dt>
          <dd>{shareRuleText(rule, { monthlyCap: monthlyCapYen, soFar: notSaid })}</dd>
        </>
      )}
      {segment !== null && (
        <>
          <dt>{screen.segment}</dt>
          <dd>{segment}</dd>
        </>
      )}
      {incomeSegment !== null && (
        <>
          <dt>{screen.incomeSegment}</dt>
          <dd>{incomeSegment}</dd>
        </>
      )}
      {additionalConditions !== null && (
        <>
          <dt>{screen.conditions}</dt>
          <dd>{additionalConditions}</dd>
        </>
      )}
      {designatedInstitutions.length > 0 && (
        <>
          <dt>{screen.institutions}</dt>
          <dd>{designatedInstitutions.join('、')}</dd>
        </>
      )}
    </>
  )
}

/** What was paid so far, and the way to its sheet. */
function CapSheetWay(props: {
  readonly benefit: Benefit
  readonly assessed: Assessed
  readonly onCapSheet: OpenCapSheet
  readonly paid: VisitView['paid']
}) {
  const certificate = capCertificateOf(props.benefit)
  if (!certificate || !isCapped(props.benefit, props.assessed)) return null
  const paid = props.paid.find((each) => isSameCapCertificate(each.certificate, certificate))
  return (
    <div className={styles.cap}>
      {paid && (
        <p>
          {capScreen.paidBefore} <b>{screen.yen(yen(paid.yen))}</b>{' '}
          <Tag {...capLook[paid.scope === 'everywhere' ? 'whole' : 'part']}>
            {paid.scope === 'everywhere' ? capScreen.tag.everywhere : capScreen.entered}
          </Tag>
        </p>
      )}
      <Action onPress={() => props.onCapSheet(certificate)}>{capScreen.open}</Action>
    </div>
  )
}

/** A day that no calendar reaches stands for no end. */
const isOpenEnd = (day: string) => day >= '9000'

/** A number in its parts for the eye; selected and copied it is the bare number. */
function Figure({ label, number }: { readonly label: string; readonly number: string | null }) {
  return (
    <div>
      <dt>{label}</dt>
      {number === null ? (
        <dd className={styles.missing}>{screen.missing}</dd>
      ) : (
        <dd className={number.length > 12 ? `${styles.number} ${styles.long}` : styles.number}>
          <GroupedNumber number={number} />
        </dd>
      )}
    </div>
  )
}
