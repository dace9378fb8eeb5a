// What the source answered, ready to be acted on: the person to compare with, every 公費 as its own card, vouchers, and
// whether the receipt computer has its file.
import type { ReactNode } from 'react'
import { certificateText, screen, sentence, sexText } from '../../src-main/contract/ja.ts'
import { adviceText } from '../../src-main/contract/ja-eligibility.ts'
import type { Answers, VisitView } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'
import { ageOn, birthDate, clinicTime, eraDate } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import { BenefitCard } from './benefit-card.tsx'
import { CategoryAnswer } from './category-answer.tsx'
import { Deliveries, DeliverySummary } from './deliveries.tsx'
import styles from './result.module.css'
import { VoucherCard } from './voucher-card.tsx'

/** `children` are the ways on, shown beside the person. */
export function Result(props: {
  readonly visit: VisitView
  readonly today: string
  readonly act: Act
  readonly children: ReactNode
}) {
  const { visit, today, act } = props
  const { patient, answers, failure } = visit
  // A file that cannot get out is work for a person now; one on its way is only good to know.
  const isHeldUp = visit.deliveries.some((delivery) => delivery.failure !== null)
  const deliveries = <Deliveries deliveries={visit.deliveries} act={act} />
  return (
    <section className={styles.result} aria-label={screen.result}>
      <div className={styles.head}>
        <div>
          <p className={styles.meta}>
            {screen.number(visit.number)}
            {visit.fetchedAt && visit.state !== 'offline' && (
              <span>{screen.fetchedAt(clinicTime(visit.fetchedAt))}</span>
            )}
          </p>
          {patient ? (
            <>
              <p className={styles.kana}>{patient.nameKana}</p>
              <h2 className={styles.name}>{patient.name}</h2>
              <p className={styles.person}>
                <span>{birthDate(patient.birthDate)}</span>
                <span>{screen.age(ageOn(today, patient.birthDate))}</span>
                <span>{sexText[patient.sex]}</span>
              </p>
            </>
          ) : (
            <h2 className={styles.name}>{screen.unknownPatient}</h2>
          )}
        </div>
        <div className={styles.ways}>
          {props.children}
          <DeliverySummary deliveries={visit.deliveries} />
        </div>
      </div>

      {answers && isUndisclosed(answers) && (
        <p className={styles.undisclosed}>
          <Icon name="warning" />
          {adviceText({ code: 'UNDISCLOSED', values: {} })}
        </p>
      )}
      {visit.certificate && visit.certificate.status !== 'valid' && (
        <p className={styles.certificate}>
          <Icon name="warning" />
          {certificateText[visit.certificate.status](eraDate(visit.certificate.validTo))}
        </p>
      )}
      {failure && (
        <p className={styles.failure} role="alert">
          <Icon name="error" />
          <span>
            <strong>{sentence(failure).message}</strong>
            {sentence(failure).next}
          </span>
        </p>
      )}

      {isHeldUp && deliveries}

      {answers && (
        <>
          <CategoryAnswer category="medicalSubsidy" answer={answers.medicalSubsidy}>
            {(benefit, isToday) => (
              <BenefitCard
                key={`${benefit.certificateTypeId} ${benefit.certificateSubKey} ${benefit.historyKey}`}
                benefit={benefit}
                isToday={isToday}
              />
            )}
          </CategoryAnswer>
          <div className={styles.vouchers}>
            <CategoryAnswer category="vaccination" answer={answers.vaccination}>
              {(voucher) => <VoucherCard key={voucher.id} voucher={voucher} />}
            </CategoryAnswer>
            <CategoryAnswer category="checkup" answer={answers.checkup}>
              {(voucher) => <VoucherCard key={voucher.id} voucher={voucher} />}
            </CategoryAnswer>
          </div>
        </>
      )}
      {!isHeldUp && deliveries}
    </section>
  )
}

/** Protected persons stand out before anybody reads a card: one undisclosed certificate, however old, is enough. */
function isUndisclosed({ medicalSubsidy: answer }: Answers): boolean {
  if ('items' in answer) return answer.items.some(({ undisclosed }) => undisclosed)
  return answer.state === 'unreachable' && (answer.cached?.items ?? []).some(({ undisclosed }) => undisclosed)
}
