// What is printed on the card opens its face in the chip (照合番号B), for a patient who cannot use the PIN. Typed by staff from
// the card; a wrong one costs a try, so it leaves only when it can be right, and the last try only after it was agreed
// to. Nothing typed here outlives the visit.
import { type FormEvent, useState } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { dayOfEra, type EraName, eraNames } from '../format.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { LastTry } from '../pin/last-try.tsx'
import { useEscape } from '../use-escape.ts'
import styles from './face-form.module.css'

type PrintedYear = EraName | 'western'
const printedYears: readonly PrintedYear[] = [...eraNames, 'western']

const empty = { printedYear: '昭和' as PrintedYear, year: '', month: '', day: '', expiryYear: '', securityCode: '' }

/** The failures that this form tells itself; the others end the visit or are told above. */
const own: readonly Failure['code'][] = ['FACE_CODE_WRONG', 'FACE_CODE_LAST_TRY', 'FACE_CODE_BLOCKED']

export function FaceForm(props: { readonly visit: VisitView; readonly act: Act; readonly onBack: () => void }) {
  const { visit, act, onBack } = props
  const [front, setFront] = useState(empty)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isAgreed, setAgreed] = useState(false)
  const [isSending, setSending] = useState(false)
  const first = useFreshContent<HTMLSelectElement>()
  useEscape(onBack)

  const { printedYear, year, month, day, expiryYear, securityCode } = front
  const birthDate = dayOfEra(printedYear, Number(year), Number(month), Number(day))
  const isLast = failure?.code === 'FACE_CODE_LAST_TRY'
  const isWhole = birthDate !== null && /^20\d{2}$/.test(expiryYear) && /^\d{4}$/.test(securityCode)
  const maySend = isWhole && !isSending && failure?.code !== 'FACE_CODE_BLOCKED' && (!isLast || isAgreed)

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!maySend) return
    setSending(true)
    const refusal = await act('readFace', {
      visitId: visit.id,
      birthDate,
      printedYear: printedYear === 'western' ? 'western' : 'era',
      expiryYear,
      securityCode,
      lastTry: isLast && isAgreed,
    })
    setSending(false)
    setAgreed(false)
    setFailure(refusal && own.includes(refusal.code) ? refusal : null)
  }

  const number = (name: 'year' | 'month' | 'day' | 'expiryYear' | 'securityCode', digits: number, label: string) => (
    <label className={styles.part}>
      <input
        className={digits > 2 ? styles.wide : styles.narrow}
        inputMode="numeric"
        autoComplete="off"
        maxLength={digits}
        value={front[name]}
        readOnly={isSending}
        onChange={(event) => setFront({ ...front, [name]: event.target.value.replace(/[^0-9]/g, '') })}
      />
      {label}
    </label>
  )

  return (
    <form className={styles.form} onSubmit={send} autoComplete="off">
      <h2 className={styles.title}>{screen.face.title}</h2>
      <p className={styles.note}>{screen.face.note}</p>
      <fieldset className={styles.row}>
        <legend>{screen.face.birthDate}</legend>
        <label className={styles.part}>
          <span className="visually-hidden">{screen.face.printedYear}</span>
          <select
            ref={first}
            className={styles.select}
            value={printedYear}
            onChange={(event) =>
              setFront({ ...front, printedYear: printedYears.find((name) => name === event.target.value) ?? '昭和' })
            }
          >
            {printedYears.map((name) => (
              <option key={name} value={name}>
                {name === 'western' ? screen.face.western : name}
              </option>
            ))}
          </select>
        </label>
        {number('year', printedYear === 'western' ? 4 : 2, screen.face.year)}
        {number('month', 2, screen.face.month)}
        {number('day', 2, screen.face.day)}
      </fieldset>
      <fieldset className={styles.row}>
        <legend>{screen.face.expiryYear}</legend>
        {number('expiryYear', 4, screen.face.expiryYearUnit)}
      </fieldset>
      <fieldset className={styles.row}>
        <legend>{screen.face.securityCode}</legend>
        {number('securityCode', 4, screen.face.securityCodeUnit)}
      </fieldset>

      {isLast ? (
        <LastTry
          warning={sentence({ code: 'FACE_CODE_LAST_TRY' }).message}
          consent={screen.face.lastTryConfirm}
          isAgreed={isAgreed}
          onChange={setAgreed}
        />
      ) : (
        failure && (
          <p className={styles.wrong} role="alert">
            <Icon name="error" />
            {sentence(failure).message}
            {sentence(failure).next}
          </p>
        )
      )}
      <div className={styles.actions}>
        <Action weight="primary" type="submit" isDisabled={!maySend}>
          {isSending ? screen.face.sending : screen.face.send}
        </Action>
        <Action onPress={onBack}>{screen.face.back}</Action>
      </div>
      <div className={styles.other}>
        <p>{screen.face.tapNote}</p>
        <Action isDisabled={isSending} onPress={() => act('identifyByTap', { visitId: visit.id })}>
          {screen.face.tap}
        </Action>
      </div>
      <p className="visually-hidden" role="status">
        {isSending ? screen.face.sending : ''}
      </p>
    </form>
  )
}
