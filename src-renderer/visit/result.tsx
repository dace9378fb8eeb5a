// What the source answered, ready to be acted on: the person to compare with, every 公費 as its own card, vouchers, and
// whether the receipt computer has its file.
import { type ReactNode, useState } from 'react'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { monthOf } from '../../src-main/eligibility/cap/sheet.ts'
import { stepsOf } from '../../src-main/eligibility/handed.ts'
import { referenceOf } from '../../src-main/ground/reference.ts'
import { visitRules } from '../../src-main/ground/states.ts'
import { screen } from '../../src-main/words/desk.ts'
import { adviceText, leftOutText } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { certificateText } from '../../src-main/words/states.ts'
import { faceReader } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { eraDate } from '../format.ts'
import { Icon } from '../parts/icon.tsx'
import { Reference } from '../parts/reference.tsx'
import { AdviceList } from './advice-list.tsx'
import type { OpenCapSheet } from './benefit-card.tsx'
import { ByHand } from './by-hand.tsx'
import { ChoosePatient } from './choose-patient.tsx'
import { ClaimOrder } from './claim-order.tsx'
import { Deliveries } from './deliveries.tsx'
import { DifferencePanel, isWorthShowing } from './difference-panel.tsx'
import { isElsewhere, isReadOnly } from './elsewhere.ts'
import { HelpsQuestion } from './helps-question.tsx'
import { HandedSubsidy, SaidSubsidy } from './medical-subsidy.tsx'
import { NamePanel } from './name-panel.tsx'
import { PatientStrip } from './patient-strip.tsx'
import styles from './result.module.css'
import { SharePanel } from './share-panel.tsx'
import { TerminalReport } from './terminal-report.tsx'
import { Vouchers } from './vouchers.tsx'

/** `children` are the ways on, shown beside the person. */
export function Result(props: {
  readonly visit: VisitView
  readonly today: string
  readonly act: Act
  /** The number that was not given to a visit, and who has it. */
  readonly numberTaken: Reception['numberTaken']
  /** The patient at the counter, not one looked up. */
  readonly isCurrent: boolean
  readonly children: ReactNode
}) {
  const { visit, today, act } = props
  const { answers, failure } = visit
  // A file that cannot get out is work for a person now; one on its way is only good to know.
  const isHeldUp = visit.deliveries.some((delivery) => delivery.failure !== null)
  // It stands above the answer where it was so from the beginning; what is being read does not jump when it turns out later.
  const [isHeldUpFirst] = useState(isHeldUp)
  const { assessment } = visit
  const mayChange = !isReadOnly(visit)
  const isAsking = mayChange && visitRules.mayDo(visit.state, 'decide')
  const isChoosing = mayChange && visitRules.mayDo(visit.state, 'choose')
  // Where a person has to decide, the question is what is new; else it is the person.
  const isQuestionFirst = isChoosing || (isAsking && props.isCurrent)
  const origin = { source: visit.source, fetchedAt: visit.fetchedAt }
  const onCapSheet: OpenCapSheet = (certificate) =>
    act('openCapSheet', { visitId: visit.id, certificate, month: monthOf(visit.day) })
  const benefits = assessment?.benefits.map(({ benefit }) => benefit) ?? []
  const replaced = visit.handed ? replacedIn(visit.handed) : []
  const day = visit.asOf ?? visit.day
  const onClaim =
    visit.handed?.items
      .slice(0, visit.handed.onClaim)
      .map(({ benefit }, at) => ({ benefit, local: visit.handed?.assessed[at]?.local ?? null })) ?? []
  const order = visit.handed?.next ?? assessment?.order
  const together = assessment?.order.together
  const isHelpsOpen = isAsking && props.isCurrent && together?.used === null
  const differences = assessment && isWorthShowing(assessment.differences) && (
    <DifferencePanel
      // Another answer asks other questions.
      key={visit.fetchedAt}
      differences={assessment.differences}
      benefits={benefits}
      day={day}
      onDecide={isAsking ? (decisions) => act('decideDifferences', { visitId: visit.id, decisions }) : null}
      // The terminal answers when a card is laid, not when it is asked again.
      hasFocus={isAsking && props.isCurrent && !isHelpsOpen}
      isHelpsOpen={isHelpsOpen}
      onAskAgain={visit.source === 'terminal' || !mayChange ? null : () => act('askAgain', { visitId: visit.id })}
    />
  )
  const deliveries = <Deliveries deliveries={visit.deliveries} act={mayChange ? act : null} />
  return (
    <section className={styles.result} aria-label={screen.result}>
      <PatientStrip
        visit={visit}
        today={today}
        act={act}
        isCurrent={props.isCurrent}
        isFirst={!isQuestionFirst}
        numberTaken={props.numberTaken}
      >
        {props.children}
      </PatientStrip>

      <ByHand visit={visit} act={act} />
      {isUndisclosed(visit) && (
        <p className={styles.undisclosed}>
          <Icon name="warning" />
          {adviceText({ code: 'UNDISCLOSED', values: {} })}
        </p>
      )}
      {visit.certificate && visit.certificate.status !== 'valid' && (
        <p className={styles.certificate}>
          <Icon name="warning" />
          {certificateText[visit.certificate.status](
            eraDate(visit.certificate.validTo),
            eraDate(visit.certificate.countsTo),
          )}
        </p>
      )}
      {visit.askedLater && (
        <p className={styles.certificate}>
          <Icon name={visit.askedLater.differs === false ? 'ok' : 'warning'} />
          {screen.askedLater(visit.askedLater.differs)}
        </p>
      )}
      {failure && (
        <p className={styles.failure} role="alert">
          <Icon name="error" />
          <span>
            <strong>{sentence(failure).message}</strong>
            {sentence(failure).next} <Reference number={referenceOf(visit.id)} />
          </span>
        </p>
      )}

      {visit.state === 'offline' && <p className={styles.askedWhenBack}>{screen.askedWhenBack}</p>}
      {isChoosing && <ChoosePatient visit={visit} act={act} />}
      {visit.report && <TerminalReport report={visit.report} />}
      {isHelpsOpen && together && (
        <HelpsQuestion
          key={`helps ${visit.fetchedAt}`}
          together={together}
          benefits={benefits}
          onUse={(used) => void act('chooseHelps', { visitId: visit.id, used })}
        />
      )}
      {isAsking && differences}
      {isHeldUpFirst && deliveries}
      {assessment && assessment.patient.length > 0 && <AdviceList advice={assessment.patient} />}
      {assessment && assessment.name.faults.length > 0 && mayChange && (
        <NamePanel visit={visit} name={assessment.name} act={act} />
      )}

      {visit.source === 'terminal' && answers?.medicalSubsidy.state === 'unreachable' && (
        <p className={styles.certificate}>
          <Icon name="warning" />
          {faceReader.assumed}
        </p>
      )}
      {answers && assessment && order && (
        <>
          {visit.handed ? (
            <HandedSubsidy
              handed={visit.handed}
              said={answers.medicalSubsidy}
              day={day}
              origin={origin}
              onCapSheet={onCapSheet}
              paid={visit.paid}
            />
          ) : (
            <SaidSubsidy
              answer={answers.medicalSubsidy}
              assessment={assessment}
              today={today}
              day={day}
              origin={origin}
              onCapSheet={onCapSheet}
              paid={visit.paid}
            />
          )}
          {order.steps.length + order.leftOut.length + replaced.length > 1 && (
            <ClaimOrder
              benefits={visit.handed ? visit.handed.items.map(({ benefit }) => benefit) : benefits}
              order={order}
              replaced={replaced}
              handedOrder={visit.handed ? stepsOf(visit.handed) : null}
              origin={origin}
              act={act}
              onOrder={
                props.isCurrent
                  ? (sequence) => act('orderBenefits', { visitId: visit.id, sequence: [...sequence] })
                  : null
              }
            />
          )}
          {onClaim.length > 0 && (
            <SharePanel
              key={`share ${visit.id}`}
              certificates={onClaim}
              day={day}
              paid={visit.paid}
              sharePercent={visit.sharePercent}
            />
          )}
          {!isAsking && differences}
          {/* The terminal is not asked about vaccinations and checkups. */}
          {visit.source !== 'terminal' && <Vouchers visit={visit} answers={answers} today={today} act={act} />}
        </>
      )}
      {!isHeldUpFirst && (isHeldUp || (!isAsking && !isElsewhere(visit))) && deliveries}
    </section>
  )
}

/** What another registration of the same certificate stands for. */
const replacedIn = ({ leftOut }: NonNullable<VisitView['handed']>) =>
  leftOut.flatMap(({ benefit: { certificateName: name }, reason }) =>
    reason === 'duplicate' || reason === 'overlap' ? [{ name, text: leftOutText({ reason, destinations: [] }) }] : [],
  )

/** Protected persons stand out before anybody reads a card: one undisclosed certificate, however old, is enough. */
const isUndisclosed = ({ assessment, handed }: VisitView): boolean =>
  [...(assessment?.benefits ?? []), ...(handed?.items ?? [])].some(({ benefit }) => benefit.undisclosed)
