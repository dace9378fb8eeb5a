// 予防接種 and 健診 of one answer: the vouchers with what they are worth today, what was given before, and what was
// registered in this visit.
import type { VisitView } from '../../src-main/contract/reception.ts'
import type { AnswerOf } from '../../src-main/eligibility/model.ts'
import {
  isOutside,
  type OutsideReason,
  type RegistrationContent,
  voucherIdOf,
} from '../../src-main/eligibility/registrations.ts'
import { visitRules } from '../../src-main/ground/states.ts'
import type { Act } from '../act.ts'
import { CategoryAnswer } from './category-answer.tsx'
import { ChildhoodCheck } from './childhood-check.tsx'
import { isReadOnly } from './elsewhere.ts'
import type { Origin } from './explanation.tsx'
import { PastDoses } from './past-doses.tsx'
import { CheckupForm, DoseForm } from './registration-form.tsx'
import { Registrations } from './registrations.tsx'
import { VoucherCard } from './voucher-card.tsx'
import styles from './vouchers.module.css'

export function Vouchers(props: {
  readonly visit: VisitView
  readonly answers: NonNullable<VisitView['answers']>
  readonly today: string
  readonly act: Act
}) {
  const { visit, answers, today, act } = props
  const judgementOf = (voucherId: string) =>
    visit.assessment?.vouchers.find((judgement) => judgement.voucherId === voucherId) ?? null
  /** What was cached is no longer today's. */
  const originOf = (answer: AnswerOf<unknown>): Origin => ({
    source: visit.source,
    fetchedAt: answer.state === 'unreachable' ? (answer.cached?.fetchedAt ?? null) : visit.fetchedAt,
  })
  const mayRegister = !isReadOnly(visit) && visitRules.mayDo(visit.state, 'register')
  const register = (name: string) => (content: RegistrationContent, reason: OutsideReason | null) =>
    act('register', { visitId: visit.id, name, content, reason })
  const draftOf = (id: string) => `${visit.id} voucher-${id}`
  /** What this visit has registered for a voucher, as it stands. */
  const standingOf = (id: string) =>
    visit.registrations.find(({ content, isStanding }) => isStanding && content && voucherIdOf(content) === id) ?? null
  return (
    <>
      <div className={styles.vouchers}>
        <CategoryAnswer category="vaccination" answer={answers.vaccination} today={today}>
          {(voucher, isToday) => {
            const { id, name, vaccineCode } = voucher
            const judgement = isToday ? judgementOf(id) : null
            const first = { doseNumber: judgement?.dose?.number ?? voucher.doseNumber, givenOn: visit.day }
            return (
              <VoucherCard
                key={id}
                voucher={voucher}
                judgement={judgement}
                standing={standingOf(id)}
                draft={draftOf(id)}
                origin={originOf(answers.vaccination)}
              >
                {mayRegister && vaccineCode !== null
                  ? (onClose) => (
                      <DoseForm
                        voucherId={id}
                        vaccineCode={vaccineCode}
                        first={first}
                        latest={today}
                        draft={draftOf(id)}
                        needsReason={isOutside(judgement?.verdict)}
                        onSend={register(name)}
                        onClose={onClose}
                      />
                    )
                  : null}
              </VoucherCard>
            )
          }}
        </CategoryAnswer>
        <CategoryAnswer category="checkup" answer={answers.checkup} today={today}>
          {(voucher, isToday) => {
            const { id, name, checkupCode } = voucher
            const judgement = isToday ? judgementOf(id) : null
            return (
              <VoucherCard
                key={id}
                voucher={voucher}
                judgement={judgement}
                standing={standingOf(id)}
                draft={draftOf(id)}
                origin={originOf(answers.checkup)}
              >
                {mayRegister && checkupCode !== null
                  ? (onClose) => (
                      <CheckupForm
                        voucherId={id}
                        checkupCode={checkupCode}
                        first={{ doneOn: visit.day }}
                        latest={today}
                        draft={draftOf(id)}
                        needsReason={isOutside(judgement?.verdict)}
                        onSend={register(name)}
                        onClose={onClose}
                      />
                    )
                  : null}
              </VoucherCard>
            )
          }}
        </CategoryAnswer>
      </div>
      {visit.history && <PastDoses history={visit.history} />}
      {visit.assessment?.childhood && <ChildhoodCheck childhood={visit.assessment.childhood} />}
      <Registrations
        visitId={visit.id}
        registrations={visit.registrations}
        today={today}
        act={isReadOnly(visit) ? null : act}
      />
    </>
  )
}
