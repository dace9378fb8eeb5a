// What the patient pays here today: what is known is filled in, what only a person can say is asked, and the amount stands
// under the steps that lead to it. Nothing typed here leaves the page.
import { type ReactNode, useId, useState } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { capCertificateOf, isSameCapCertificate } from '../../src-main/eligibility/cap/sheet.ts'
import type { LocalFinding } from '../../src-main/eligibility/local/judge.ts'
import type { Benefit } from '../../src-main/eligibility/model.ts'
import { type CertificateShare, certificateShare } from '../../src-main/eligibility/share/certificate.ts'
import { patientShare, type Share, type ShareBill, type ShareClaim } from '../../src-main/eligibility/share/share.ts'
import { localConditionText } from '../../src-main/words/local-schemes.ts'
import { missingText, shareStepText, shareScreen as words } from '../../src-main/words/share.ts'
import form from '../parts/form.module.css'
import { Icon } from '../parts/icon.tsx'
import panel from '../parts/panel.module.css'
import styles from './share-panel.module.css'

/** What was typed about one certificate; empty: nothing. */
interface Typed {
  /** The place of the condition that was chosen. */
  readonly condition: string
  readonly covered: string
  readonly cap: string
  readonly hasNoCap: boolean
  readonly paid: string
  readonly nthVisit: string
  readonly nthDay: string
  readonly paidToday: string
}
const untyped: Typed = {
  condition: '',
  covered: '',
  cap: '',
  hasNoCap: false,
  paid: '',
  nthVisit: '',
  nthDay: '',
  // A second visit on one day is rare, and the field shows what is assumed.
  paidToday: '0',
}

/** What the sheet of its monthly cap says, once somebody has compared it with the paper: typed by nobody a second time. */
function entered(benefit: Benefit, { rule }: CertificateShare, paid: VisitView['paid']): Typed {
  const certificate = capCertificateOf(benefit)
  const known = certificate && paid.find((each) => isSameCapCertificate(each.certificate, certificate))
  if (!known?.here || known.scope !== 'everywhere') return untyped
  const { here } = known
  const scope = rule?.perMonth?.scope
  return {
    ...untyped,
    paid: scope === 'unknown' ? '' : String(scope === 'here' ? here.yen : known.yen),
    nthVisit: String(here.visits + 1),
    nthDay: String(here.days + 1),
    paidToday: String(here.paidToday),
  }
}

const percents = [10, 20, 30, 100] as const
const percentOf = (text: string) => percents.find((percent) => String(percent) === text) ?? null
const numberOf = (text: string): number | null => (text === '' ? null : Number(text))
const earlier = (nth: string): number | null => (Number(nth) >= 1 ? Number(nth) - 1 : null)

function claimOf(benefit: Benefit, { rule }: CertificateShare, typed: Typed): ShareClaim {
  return {
    rule,
    monthlyCap: benefit.monthlyCapYen ?? (typed.hasNoCap ? 'none' : numberOf(typed.cap)),
    coveredPoints: numberOf(typed.covered),
    soFar: {
      visits: earlier(typed.nthVisit),
      days: earlier(typed.nthDay),
      paidToday: numberOf(typed.paidToday),
      paidThisMonth: numberOf(typed.paid),
    },
  }
}

/**
 * `certificates`: what stands on the claim, in its order, with what the master of local schemes says of it; `day` of the
 * visit, YYYY-MM-DD; `paid` before it, as far as it was entered.
 */
export function SharePanel(props: {
  readonly certificates: readonly { readonly benefit: Benefit; readonly local: LocalFinding | null }[]
  readonly day: string
  readonly paid: VisitView['paid']
  /** As the source said it. */
  readonly sharePercent: VisitView['sharePercent']
}) {
  const { certificates, day, paid, sharePercent } = props
  const [points, setPoints] = useState('')
  const [percent, setPercent] = useState(String(sharePercent ?? ''))
  const [firstVisit, setFirstVisit] = useState('')
  // Only what was typed: what the sheet says stays the sheet's, whatever else is filled in.
  const [typed, setTyped] = useState<Readonly<Record<number, Partial<Typed>>>>({})
  const title = useId()
  const schemes = certificates.map(({ benefit }) => benefit.scheme)
  const claims = certificates.map(({ benefit, local }, place) => {
    const before = schemes.slice(0, place)
    const chosen = earlier(typed[place]?.condition ?? '')
    const share = certificateShare(benefit, local, day, before, chosen)
    const said = { ...entered(benefit, share, paid), ...typed[place] }
    return { name: benefit.certificateName, share, said, claim: claimOf(benefit, share, said), benefit }
  })
  const bill: ShareBill = {
    points: Number(points),
    insurancePercent: percentOf(percent),
    isFirstVisit: firstVisit === '' ? null : firstVisit === 'yes',
    claims: claims.map(({ claim }) => claim),
  }
  const names = claims.map(({ name }) => name)
  return (
    <details className={panel.panel}>
      <summary className={styles.title} id={title}>
        {words.title}
      </summary>
      <div className={styles.content}>
        <p className={styles.note}>{words.note}</p>
        <fieldset className={form.fields} aria-labelledby={title}>
          <NumberField label={words.points} value={points} onChange={setPoints} />
          <Field label={words.percent}>
            <select value={percent} onChange={(event) => setPercent(event.target.value)}>
              <option value="">{words.notChosen}</option>
              {percents.map((each) => (
                <option key={each} value={each}>
                  {words.percentChoices[each]}
                </option>
              ))}
            </select>
          </Field>
          {bill.claims.some(({ rule }) => rule?.firstVisitOnly) && (
            <Field label={words.firstVisit}>
              <select value={firstVisit} onChange={(event) => setFirstVisit(event.target.value)}>
                <option value="">{words.notChosen}</option>
                <option value="yes">{words.firstVisitChoices.yes}</option>
                <option value="no">{words.firstVisitChoices.no}</option>
              </select>
            </Field>
          )}
          {claims.map(({ name, share, said, claim, benefit }, place) => (
            <ClaimFields
              // The certificates of a claim keep their places.
              // biome-ignore lint/suspicious/noArrayIndexKey: two certificates may have one name
              key={place}
              name={name}
              claim={claim}
              choices={share.choices}
              hasCap={benefit.monthlyCapYen !== null}
              typed={said}
              onType={(change) => setTyped({ ...typed, [place]: { ...typed[place], ...change } })}
            />
          ))}
        </fieldset>
        {points !== '' && <Worked share={patientShare(bill)} names={names} />}
      </div>
    </details>
  )
}

/** What its rule has to know and nobody has said. */
function ClaimFields(props: {
  readonly name: string
  readonly claim: ShareClaim
  readonly choices: CertificateShare['choices']
  /** The certificate names its cap. */
  readonly hasCap: boolean
  readonly typed: Typed
  readonly onType: (change: Partial<Typed>) => void
}) {
  const { name, claim, choices, typed, onType } = props
  const { rule } = claim
  const condition = choices.length > 0 && (
    <Field label={words.condition(name)}>
      <select value={typed.condition} onChange={(event) => onType({ condition: event.target.value })}>
        <option value="">{words.chooseCondition}</option>
        {choices.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of the master, which have no other name
          <option key={place} value={place + 1}>
            {words.conditionChoice(place + 1, localConditionText(each))}
          </option>
        ))}
      </select>
    </Field>
  )
  if (!rule) return condition
  const asksCap = rule.perMonth !== null && rule.perMonth.yen === null && !props.hasCap
  return (
    <>
      {condition}
      {rule.coversPart && (
        <NumberField label={words.covered(name)} value={typed.covered} onChange={(covered) => onType({ covered })} />
      )}
      {asksCap && !typed.hasNoCap && (
        <NumberField label={words.cap(name)} value={typed.cap} onChange={(cap) => onType({ cap })} />
      )}
      {asksCap && (
        <label className={form.check}>
          <input
            type="checkbox"
            checked={typed.hasNoCap}
            onChange={(event) => onType({ hasNoCap: event.target.checked })}
          />
          {words.noCap}
        </label>
      )}
      {rule.perMonth && claim.monthlyCap !== 'none' && (
        <NumberField
          label={`${name}: ${words.paid[rule.perMonth.scope]}`}
          value={typed.paid}
          onChange={(paid) => onType({ paid })}
        />
      )}
      {rule.perVisit?.times && (
        <NumberField
          label={words.nthVisit(name)}
          value={typed.nthVisit}
          onChange={(nthVisit) => onType({ nthVisit })}
        />
      )}
      {rule.perDay?.days && (
        <NumberField label={words.nthDay(name)} value={typed.nthDay} onChange={(nthDay) => onType({ nthDay })} />
      )}
      {rule.perDay && (
        <NumberField
          label={words.paidToday(name)}
          value={typed.paidToday}
          onChange={(paidToday) => onType({ paidToday })}
        />
      )}
    </>
  )
}

function Worked({ share, names }: { readonly share: Share; readonly names: readonly string[] }) {
  const { amount, missing, steps } = share
  const nameOf = (claim: number | null) => (claim === null ? '' : (names[claim] ?? ''))
  return (
    <>
      <ol className={styles.steps} aria-label={words.steps}>
        {steps
          .filter(({ code }) => code !== 'TOTAL')
          .map((step, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps are made anew with every key
            <li key={place}>{shareStepText(step, nameOf(step.claim))}</li>
          ))}
      </ol>
      <p className={missing.length === 0 ? styles.total : styles.unclear} role="status">
        {steps.filter(({ code }) => code === 'TOTAL').map((step) => shareStepText(step, ''))}
      </p>
      {amount.low !== amount.high && (
        <div className={styles.missing}>
          <p>
            <Icon name="warning" />
            {words.open}
          </p>
          <ul>
            {missing.map(({ code, claim }) => (
              <li key={`${code} ${claim}`}>{missingText({ code, claim }, nameOf(claim))}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

/** The name and its field are one target. */
function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is a child
    <label className={form.labelled}>
      {label}
      {children}
    </label>
  )
}

/** At most six digits. */
function NumberField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <Field label={props.label}>
      <input
        className={form.amount}
        inputMode="numeric"
        autoComplete="off"
        value={props.value}
        onChange={(event) =>
          props.onChange(
            event.target.value
              .normalize('NFKC')
              .replace(/[^0-9]/g, '')
              .slice(0, 6),
          )
        }
      />
    </Field>
  )
}
