// 予防接種 and 健診: the card stands for a paper voucher. Whether it can be used today comes first, with the reasons; then
// what the patient answered, and what was registered.
import { type ReactNode, useState } from 'react'
import type { RegistrationView } from '../../src-main/contract/reception.ts'
import { doctorFirst } from '../../src-main/eligibility/questionnaire.ts'
import { isOutside } from '../../src-main/eligibility/registrations.ts'
import type { VoucherAdvice, VoucherJudgement } from '../../src-main/eligibility/voucher-advice.ts'
import type { CheckupVoucher, VaccinationVoucher } from '../../src-main/eligibility/vouchers.ts'
import { screen } from '../../src-main/words/desk.ts'
import {
  checkupVerdictText,
  doseVerdictText,
  registrationStateText,
  vaccinationScreen,
  voucherAdviceText,
} from '../../src-main/words/vaccination.ts'
import { useIsHalfTyped } from '../drafts.tsx'
import { plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { Explanation, type Origin } from './explanation.tsx'
import styles from './voucher-card.module.css'

const verdictLook: Record<VoucherJudgement['verdict'], readonly [Tone, IconName]> = {
  today: ['good', 'ok'],
  check: ['care', 'warning'],
  wait: ['care', 'waiting'],
  no: ['bad', 'error'],
  given: ['plain', 'ok'],
}

const weightIcon: Record<VoucherAdvice['weight'], IconName> = {
  stop: 'error',
  wait: 'waiting',
  check: 'warning',
  know: 'unknown',
}

/** One 接種券 or 受診券. `children`: the form to register what was given or done; null where nothing can be registered. */
export function VoucherCard(props: {
  readonly voucher: VaccinationVoucher | CheckupVoucher
  /** null: not of today's answer, so it is not judged. */
  readonly judgement: VoucherJudgement | null
  /** What this visit has registered for it: nothing is registered twice. */
  readonly standing: RegistrationView | null
  readonly origin: Origin
  /** Where what is half typed is kept. */
  readonly draft: string
  readonly children: ((close: () => void) => ReactNode) | null
}) {
  const { voucher, judgement, standing, origin, draft, children } = props
  const bases = (judgement?.advice ?? []).flatMap(({ basis }) => basis ?? [])
  const [isOpen, setOpen] = useState(useIsHalfTyped(draft))
  const isDose = 'vaccineCode' in voucher
  const [tone, icon] = verdictLook[judgement?.verdict ?? 'check']
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h4 className={styles.name}>
          {voucher.name}
          {judgement?.dose && <span className={styles.dose}>{judgement.dose.label}</span>}
        </h4>
        {judgement && (
          <Tag tone={tone} icon={icon}>
            {isDose ? doseVerdictText(judgement) : checkupVerdictText(judgement)}
          </Tag>
        )}
      </header>
      <p className={styles.period}>
        {voucher.municipality}　{screen.period} {plainDate(voucher.validFrom)} ～ {plainDate(voucher.validTo)}
      </p>
      {judgement && judgement.advice.length > 0 && (
        <ul className={styles.advice}>
          {judgement.advice.map((line) => (
            <li key={`${line.code} ${JSON.stringify(line.values)}`} className={styles[line.weight]}>
              <Icon name={weightIcon[line.weight]} />
              <span>{voucherAdviceText(line)}</span>
            </li>
          ))}
        </ul>
      )}
      {voucher.questionnaire && (
        <details className={styles.questionnaire}>
          <summary>
            {vaccinationScreen.questionnaire(voucher.questionnaire.name, voucher.questionnaire.answers.length)}
          </summary>
          <dl>
            {doctorFirst(voucher.questionnaire.answers).map(({ question, answer, needsDoctor }) => (
              <div key={question} className={needsDoctor ? styles.forDoctor : styles.answer}>
                <dt>
                  {needsDoctor && (
                    <>
                      <Icon name="warning" />
                      <span className="visually-hidden">{vaccinationScreen.forDoctor}</span>
                    </>
                  )}
                  {question}
                </dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <Explanation origin={origin} bases={bases} />
      <p className={styles.standing} role="status">
        {standing && (
          <>
            <Tag tone={standing.state === 'registered' ? 'good' : 'plain'} icon="ok">
              {registrationStateText(standing)}
            </Tag>
            <span>{vaccinationScreen.standing}</span>
          </>
        )}
      </p>
      {children && !isOpen && standing === null && judgement?.verdict !== 'given' && (
        <Action onPress={() => setOpen(true)}>
          {isOutside(judgement?.verdict)
            ? vaccinationScreen.registerOutside
            : isDose
              ? vaccinationScreen.registerDose
              : vaccinationScreen.registerCheckup}
        </Action>
      )}
      {children && isOpen && standing === null && children(() => setOpen(false))}
    </article>
  )
}
