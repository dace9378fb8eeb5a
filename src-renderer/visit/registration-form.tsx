// What the clinic gave or did, entered by the keyboard or by the scanner: as few fields as the municipality needs, today's
// date and the dose at hand filled in, nothing else chosen beforehand.
import { type FormEvent, type ReactNode, useState } from 'react'
import { z } from 'zod'
import { lookThrough } from '../../src-main/eligibility/checkup/entry.ts'
import { lotOf } from '../../src-main/eligibility/gs1.ts'
import {
  type CheckupEntry,
  type OutsideReason,
  outsideReasons,
  type RegistrationContent,
} from '../../src-main/eligibility/registrations.ts'
import { checkupResults, type InjectionSite, injectionSites } from '../../src-main/eligibility/vouchers.ts'
import {
  checkupResultText,
  outsideReasonText,
  siteText,
  vaccinationScreen as words,
} from '../../src-main/words/vaccination.ts'
import { useDraft, useForget } from '../drafts.tsx'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { useEscape } from '../use-escape.ts'
import { CheckupItems, type Entered } from './checkup-items.tsx'
import styles from './registration-form.module.css'

/** As it was kept by this page itself. */
const enteredSchema = z.record(z.string(), z.string())

interface Sending {
  /** Where what is half typed is kept. */
  readonly draft: string
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
  const { draft, voucherId, vaccineCode, first, latest } = props
  const start = useFreshContent<HTMLInputElement>()
  const [lot, setLot] = useDraft(draft, 'lot', first.lotNumber ?? '')
  const [siteName, setSite] = useDraft(draft, 'site', first.site ?? '')
  const [number, setNumber] = useDraft(draft, 'number', first.doseNumber === null ? '' : String(first.doseNumber))
  const [givenOn, setGivenOn] = useDraft(draft, 'givenOn', first.givenOn)
  const site = injectionSites.find((one) => one === siteName) ?? ''
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
      <label className={form.labelled}>
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
      <label className={form.labelled}>
        {words.site}
        <select value={site} onChange={(event) => setSite(event.target.value)}>
          <option value="">{words.choose}</option>
          {injectionSites.map((one) => (
            <option key={one} value={one}>
              {siteText[one]}
            </option>
          ))}
        </select>
      </label>
      <label className={form.labelled}>
        {words.doseNumber}
        <input
          className={form.narrow}
          inputMode="numeric"
          value={number}
          onChange={(event) => setNumber(event.target.value.replace(/[^0-9]/g, '').slice(0, 2))}
        />
      </label>
      <label className={form.labelled}>
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
  const { draft, voucherId, checkupCode, first, latest } = props
  const start = useFreshContent<HTMLSelectElement>()
  const [resultName, setResult] = useDraft(draft, 'result', first.result ?? '')
  const [doneOn, setDoneOn] = useDraft(draft, 'doneOn', first.doneOn)
  const before = Object.fromEntries((first.measurements ?? []).map(({ item, value }) => [item, value]))
  const [enteredText, setEntered] = useDraft(draft, 'entered', JSON.stringify(before))
  const entered: Entered = enteredSchema.parse(JSON.parse(enteredText))
  const result = checkupResults.find((one) => one === resultName) ?? ''
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
          onEnter={(item, value) => setEntered(JSON.stringify({ ...entered, [item]: value }))}
          onUnpaid={setUnpaid}
        />
      }
      content={() =>
        result === '' ? null : { checkup: { voucherId, checkupCode, doneOn, result, measurements, physician: null } }
      }
    >
      <label className={form.labelled}>
        {words.result}
        <select ref={start} value={result} onChange={(event) => setResult(event.target.value)}>
          <option value="">{words.choose}</option>
          {checkupResults.map((one) => (
            <option key={one} value={one}>
              {checkupResultText[one]}
            </option>
          ))}
        </select>
      </label>
      <label className={form.labelled}>
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
  const { draft, needsReason, content, onSend } = props
  const [isSending, setSending] = useState(false)
  const [reasonName, setReason] = useDraft(draft, 'reason', '')
  const reason = outsideReasons.find((one) => one === reasonName) ?? null
  const forget = useForget()
  const onClose = () => {
    forget(draft)
    props.onClose()
  }
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
      <div className={form.fields}>{props.children}</div>
      {props.notes}
      {needsReason && (
        <label className={form.labelled}>
          {words.reason}
          <select value={reason ?? ''} onChange={(event) => setReason(event.target.value)}>
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
      <div className={form.ways}>
        <Action weight="primary" type="submit" isDisabled={!isWhole || isSending}>
          {words.send}
        </Action>
        <Action onPress={onClose}>{words.close}</Action>
      </div>
    </form>
  )
}
