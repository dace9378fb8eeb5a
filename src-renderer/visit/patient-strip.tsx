// Whose visit it is, and how it stands: in sight however far one reads, for the patient at the counter and for one who is
// looked up. Where there is little room, who it is stays, and the rest scrolls.
import type { ReactNode } from 'react'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { openByHand } from '../../src-main/eligibility/handed.ts'
import { screen } from '../../src-main/words/desk.ts'
import { pastScreen } from '../../src-main/words/past.ts'
import { sexText } from '../../src-main/words/states.ts'
import type { Act } from '../act.ts'
import { ageText, birthDate, clinicTime } from '../format.ts'
import { focusHeading } from '../keys/keep-focus.ts'
import { Action } from '../parts/action.tsx'
import { Headline } from '../parts/headline.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { DeliverySummary } from './deliveries.tsx'
import { isReadOnly } from './elsewhere.ts'
import { PatientNumber } from './patient-number.tsx'
import styles from './patient-strip.module.css'
import { standingOf } from './standing.ts'
import { VisitNote } from './visit-note.tsx'

const icons: Record<Tone, IconName> = { good: 'ok', care: 'warning', bad: 'error', plain: 'unknown' }

/** `children` are the ways on, shown beside the person. */
export function PatientStrip(props: {
  readonly visit: VisitView
  readonly today: string
  readonly act: Act
  /** The patient at the counter, not one looked up. */
  readonly isCurrent: boolean
  /** Nothing else is newer on the page: the name takes the focus. */
  readonly isFirst: boolean
  readonly numberTaken: Reception['numberTaken']
  readonly children: ReactNode
}) {
  const { visit, today, act, isCurrent, isFirst } = props
  const { patient } = visit
  const standing = standingOf(visit)
  return (
    <div className={isCurrent ? styles.strip : `${styles.strip} ${styles.looked}`}>
      <div className={styles.who}>
        <p className={styles.kana}>
          {patient && <span>{patient.nameKana}</span>}
          <span>{screen.number(visit.number)}</span>
          {visit.fetchedAt && visit.state !== 'offline' && <span>{screen.fetchedAt(clinicTime(visit.fetchedAt))}</span>}
          {!isCurrent && (
            <Tag tone="plain" icon="waiting">
              {screen.record}
            </Tag>
          )}
        </p>
        <Name isFirst={isFirst}>{patient?.name ?? screen.unknownPatient}</Name>
        {patient && (
          <p className={styles.person}>
            <span>{birthDate(patient.birthDate)}</span>
            <span>{ageText(today, patient.birthDate)}</span>
            <span>{sexText[patient.sex]}</span>
          </p>
        )}
      </div>
      <div className={styles.standing}>
        {standing && (
          <p className={styles[standing.tone]}>
            <Tag tone={standing.tone} icon={icons[standing.tone]}>
              {standing.word}
            </Tag>
            {standing.text}
            {visit.deliveries.some(({ failure }) => failure !== null) && (
              <Action weight="quiet" onPress={toFiles}>
                {screen.standing.toFiles}
              </Action>
            )}
          </p>
        )}
        {patient && visit.state !== 'choosing' && !isReadOnly(visit) && (
          <PatientNumber key={visit.id} visit={visit} taken={props.numberTaken} act={act} />
        )}
        {patient && visit.state !== 'choosing' && (
          <Action weight="quiet" onPress={() => void act('lookBack', { kind: 'visit', visitId: visit.id })}>
            {pastScreen.ofPerson}
          </Action>
        )}
        {!isReadOnly(visit) && <VisitNote key={`note ${visit.id}`} visit={visit} act={act} />}
      </div>
      <div className={styles.ways}>
        {props.children}
        {/* Where the sentence is about it, its place stays: what is beside it does not move. */}
        <div className={standing?.isOfDelivery ? styles.told : undefined}>
          <DeliverySummary deliveries={visit.deliveries} byHand={visit.handed ? openByHand(visit.handed) : 0} />
        </div>
      </div>
    </div>
  )
}

/** To what is said of each file, wherever it stands. */
const toFiles = () => focusHeading(document.getElementById('deliveries')?.parentElement ?? null)

function Name({ isFirst, children }: { readonly isFirst: boolean; readonly children: string }) {
  return isFirst ? <Headline className={styles.name}>{children}</Headline> : <h2 className={styles.name}>{children}</h2>
}
