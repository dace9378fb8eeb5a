// What the clinic gave or did, entered by the keyboard or by the scanner: as few fields as the municipality needs, today's
// date and the dose at hand filled in, nothing else chosen beforehand.
import { type FormEvent, type ReactNode, useState } from 'react'
import { lookThrough } from '../../src-main/eligibility/checkup/entry.ts'
import { lotOf } from '../../src-main/eligibility/gs1.ts'
import {
  type CheckupEntry,
  type OutsideReason,
  outsideReasons,
  type RegistrationContent,
} from '../../src-main/eligibility/registrations.ts'
import {
  type CheckupResult,
  checkupResults,
  type InjectionSite,
  injectionSites,
} from '../../src-main/eligibility/vouchers.ts'
import {
  checkupResultText,
  outsideReasonText,
  siteText,
  vaccinationScreen as words,
} from '../../src-main/words/vaccination.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { useEscape } from '../use-escape.ts'
import { CheckupItems, type Entered } from './checkup-items.tsx'
import styles from './registration-form.module.css'

interface Sending {
  /** It is outside its rule today: somebody says why it is registered all the same. */
  readonly needsReason: boolean
  /** Resolves to null when it was taken. */
  readonly onSend: (content: RegistrationContent, reason: OutsideReason | null) => Promise<unknown>
  readonly onClose: () => void
}

/** `first`: what is filled in already. */
export function DoseForm(
  props: Sending & {
    readonly voucherId: string | null
    readonly vaccineCode: string
    readonly first: {
      readonly doseNumber: number | null
      readonly givenOn: string
      readonly lotNumber?: string
      readonly site?: InjectionSite
    }
    readonly latest: string
  },
) {
  const { voucherId, vaccineCode, first, latest } = props
  const start = useFreshContent<HTMLInputElement>()
  const [lot, setLot] = useState(first.lotNumber ?? '')
  const [site, setSite] = useState<InjectionSite | ''>(first.site ?? '')
  const [number, setNumber] = useState(first.doseNumber === null ? '' : String(first.doseNumber))
  const [givenOn, setGivenOn] = useState(first.givenOn)
  const lotNumber = lotOf(lot)
  const doseNumber = Number(number)
  const isWhole =
    /^[0-9A-Za-z-]{1,20}$/.test(lotNumber) && site !== '' && doseNumber >= 1 && givenOn !== '' && givenOn <= latest
  return (
    <Form
      {...props}
      isWhole={isWhole}
      content={() =>
        site === ''
          ? null
          : {
              dose: { voucherId, vaccineCode, doseNumber, givenOn, lotNumber, site, doseMl: null, physician: null },
            }
      }
    >
      <label className={styles.field}>
        {words.lot}
        <input
          ref={start}
          value={lot}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setLot(event.target.value)}
        />
        {lotNumber !== lot.trim() && <span className={styles.read}>{words.lotRead(lotNumber)}</span>}
      </label>
      <label className={styles.field}>
        {words.site}
        <select
          value={site}
          onChange={(event) => setSite(injectionSites.find((one) => one === event.target.value) ?? '')}
        >
          <option value="">{words.choose}</option>
          {injectionSites.map((one) => (
            <option key={one} value={one}>
              {siteText[one]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.field}>
        {words.doseNumber}
        <input
          className={styles.narrow}
          inputMode="numeric"
          value={number}
          onChange={(event) => setNumber(event.target.value.replace(/[^0-9]/g, '').slice(0, 2))}
        />
      </label>
      <label className={styles.field}>
        {words.givenOn}
        <input type="date" max={latest} value={givenOn} onChange={(event) => setGivenOn(event.target.value)} />
      </label>
    </Form>
  )
}

export function CheckupForm(
  props: Sending & {
    readonly voucherId: string | null
    readonly checkupCode: string
    readonly first: Pick<CheckupEntry, 'doneOn'> & Partial<Pick<CheckupEntry, 'result' | 'measurements'>>
    readonly latest: string
  },
) {
  const { voucherId, checkupCode, first, latest } = props
  const start = useFreshContent<HTMLSelectElement>()
  const [result, setResult] = useState<CheckupResult | ''>(first.result ?? '')
  const [doneOn, setDoneOn] = useState(first.doneOn)
  const [entered, setEntered] = useState<Entered>(() =>
    Object.fromEntries((first.measurements ?? []).map(({ item, value }) => [item, value])),
  )
  const [isUnpaid, setUnpaid] = useState(false)
  const measurements = Object.entries(entered)
    .filter(([, value]) => value !== '')
    .map(([item, value]) => ({ item, value }))
  const looked = lookThrough({ checkupCode, doneOn, measurements })
  const isReady = looked.isJudged && (looked.missing.length === 0 || isUnpaid)
  return (
    <Form
      {...props}
      isWhole={result !== '' && doneOn !== '' && doneOn <= latest && isReady}
      notes={
        <CheckupItems
          {...{ checkupCode, doneOn, entered, looked, isUnpaid }}
          onEnter={(item, value) => setEntered({ ...entered, [item]: value })}
          onUnpaid={setUnpaid}
        />
      }
      content={() =>
        result === '' ? null : { checkup: { voucherId, checkupCode, doneOn, result, measurements, physician: null } }
      }
    >
      <label className={styles.field}>
        {words.result}
        <select
          ref={start}
          value={result}
          onChange={(event) => setResult(checkupResults.find((one) => one === event.target.value) ?? '')}
        >
          <option value="">{words.choose}</option>
          {checkupResults.map((one) => (
            <option key={one} value={one}>
              {checkupResultText[one]}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.field}>
        {words.doneOn}
        <input type="date" max={latest} value={doneOn} onChange={(event) => setDoneOn(event.target.value)} />
      </label>
    </Form>
  )
}

function Form(
  props: Sending & {
    readonly isWhole: boolean
    readonly content: () => RegistrationContent | null
    readonly children: ReactNode
    readonly notes?: ReactNode
  },
) {
  const { needsReason, content, onSend, onClose } = props
  const [isSending, setSending] = useState(false)
  const [reason, setReason] = useState<OutsideReason | null>(null)
  const isWhole = props.isWhole && (!needsReason || reason !== null)
  useEscape(onClose)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const entered = content()
    if (!entered || !isWhole || isSending) return
    setSending(true)
    const refusal = await onSend(entered, reason)
    setSending(false)
    if (refusal === null) onClose()
  }
  return (
    <form className={styles.form} onSubmit={send} autoComplete="off">
      <div className={styles.fields}>{props.children}</div>
      {props.notes}
      {needsReason && (
        <label className={styles.field}>
          {words.reason}
          <select
            value={reason ?? ''}
            onChange={(event) => setReason(outsideReasons.find((one) => one === event.target.value) ?? null)}
          >
            <option value="">{words.choose}</option>
            {outsideReasons.map((one) => (
              <option key={one} value={one}>
                {outsideReasonText[one]}
              </option>
            ))}
          </select>
          {reason === null && <span className={styles.read}>{words.reasonNote}</span>}
        </label>
      )}
      <div className={styles.ways}>
        <Action weight="primary" type="submit" isDisabled={!isWhole || isSending}>
          {words.send}
        </Action>
        <Action onPress={onClose}>{words.close}</Action>
      </div>
    </form>
  )
}
