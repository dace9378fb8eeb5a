// A visit as it was known then: who, what the source had said, what went to the receipt computer. Looked at, never acted on;
// its strip says that it is past, in words, and stays in sight.
import type { PastVisitView } from '../../src-main/contract/past.ts'
import { byHandText, certificateBasisText, eligibilityScreen } from '../../src-main/words/eligibility.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { pastScreen as words } from '../../src-main/words/past.ts'
import { answerText, categoryText, countedStateText, deliveryStateText, sexText } from '../../src-main/words/states.ts'
import { ageText, birthDate, clinicMoment, clinicTime, eraDay, numberParts, plainDate } from '../format.ts'
import { BackAction } from '../parts/back-action.tsx'
import { Headline } from '../parts/headline.tsx'
import { Icon } from '../parts/icon.tsx'
import panel from '../parts/panel.module.css'
import table from '../parts/table.module.css'
import { Tag } from '../parts/tag.tsx'
import styles from './past-page.module.css'

const categories = ['medicalSubsidy', 'vaccination', 'checkup'] as const
type Certificate = PastVisitView['byHand'][number]

export function PastRecord({ visit, onBack }: { readonly visit: PastVisitView; readonly onBack: () => void }) {
  const { patient, failure, note } = visit
  return (
    <article className={styles.record}>
      <div className={styles.strip}>
        <p className={styles.past} role="status">
          <Tag tone="plain" icon="waiting">
            {words.record}
          </Tag>
          {words.isPast(eraDay(visit.day))}
        </p>
        <div className={styles.who}>
          <div>
            <p className={`${styles.note} ${styles.facts}`}>
              {patient && <span>{patient.nameKana}</span>}
              <span>{words.numberOf(visit.number)}</span>
              <span>{clinicTime(visit.startedAt)}</span>
              <span>{countedStateText[visit.state]}</span>
            </p>
            <Headline className={styles.name}>{patient?.name ?? words.unknown}</Headline>
            {patient && (
              <p className={styles.facts}>
                <span>{birthDate(patient.birthDate)}</span>
                <span>{words.ageThen(ageText(visit.day, patient.birthDate))}</span>
                <span>{sexText[patient.sex]}</span>
                {visit.patientNumber !== null && (
                  <span>
                    {words.number} {visit.patientNumber}
                  </span>
                )}
              </p>
            )}
          </div>
          <BackAction onBack={onBack}>{words.backToList}</BackAction>
        </div>
      </div>
      {failure && (
        <p className={styles.care}>
          <Icon name="warning" />
          {sentence(failure).message}
        </p>
      )}
      {note !== null && (
        <section className={panel.panel}>
          <h3>{words.noteTitle}</h3>
          <p>{note}</p>
        </section>
      )}
      <Answers visit={visit} />
      <section className={panel.panel}>
        <h3>{visit.confirmedAt === null ? words.said : words.handed}</h3>
        {visit.certificates.length === 0 && <p>{words.noCertificates}</p>}
        <ul className={styles.certificates}>
          {visit.certificates.map((certificate, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing of a record moves
            <li key={place}>
              <CertificateOf {...certificate} />
              {certificate.basis !== null && (
                <p className={styles.note}>
                  {certificate.isOnClaim ? words.onClaim : words.notOnClaim}
                  {certificate.endedOn !== null && `　${words.endedOn(plainDate(certificate.endedOn))}`}
                  {certificateBasisText[certificate.basis] !== '' && `　${certificateBasisText[certificate.basis]}`}
                </p>
              )}
            </li>
          ))}
        </ul>
      </section>
      {visit.byHand.length > 0 && (
        <section className={panel.panel}>
          <h3>{words.byHand}</h3>
          <ul className={styles.certificates}>
            {visit.byHand.map((certificate, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing of a record moves
              <li key={place}>
                <CertificateOf {...certificate} />
                <p className={styles.note}>{byHandText(certificate)}</p>
              </li>
            ))}
          </ul>
          <p>{visit.enteredAt === null ? words.notEntered : words.entered(clinicMoment(visit.enteredAt))}</p>
        </section>
      )}
      <Sent visit={visit} />
    </article>
  )
}

function Answers({ visit }: { readonly visit: PastVisitView }) {
  const { answers, fetchedAt, source } = visit
  return (
    <section className={panel.panel}>
      <h3>{words.known}</h3>
      {!answers && <p>{words.noAnswer}</p>}
      {fetchedAt && source && <p>{words.asked(clinicMoment(fetchedAt), eligibilityScreen.source[source])}</p>}
      {visit.isAskedLater && <p>{words.askedLater}</p>}
      {answers && (
        <table className={table.table} aria-label={words.answers}>
          <tbody>
            {categories.map((category) => (
              <tr key={category}>
                <th scope="row">{categoryText[category]}</th>
                <td>{answerText[answers[category].state].label}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Sent({ visit }: { readonly visit: PastVisitView }) {
  const { deliveries, confirmedAt } = visit
  return (
    <section className={panel.panel}>
      <h3>{words.sent}</h3>
      {confirmedAt !== null && <p>{words.confirmedAt(clinicMoment(confirmedAt))}</p>}
      {deliveries.length === 0 ? (
        <p>{words.notSent}</p>
      ) : (
        <table className={table.table} aria-label={words.sent}>
          <tbody>
            {deliveries.map(({ id, destination, state, failure, updatedAt }) => (
              <tr key={id}>
                <th scope="row">{destination}</th>
                <td>{deliveryStateText[state]}</td>
                <td>{clinicMoment(updatedAt)}</td>
                <td>{failure && sentence(failure).message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function CertificateOf({
  name,
  payerNumber,
  recipientNumber,
  validFrom,
  validTo,
}: Omit<Certificate, 'reason' | 'destinations'>) {
  return (
    <>
      <strong>{name}</strong>
      <p className={styles.facts}>
        <span>
          {words.payerNumber} <Grouped number={payerNumber} />
        </span>
        <span>
          {words.recipientNumber} <Grouped number={recipientNumber} />
        </span>
      </p>
      <p>
        {words.period(plainDate(validFrom), validTo === '9999-12-31' ? eligibilityScreen.openEnd : plainDate(validTo))}
      </p>
    </>
  )
}

function Grouped({ number }: { readonly number: string | null }) {
  if (number === null) return words.missing
  return (
    <b className={styles.number}>
      {numberParts(number).map(({ place, text }) => (
        <span key={place}>{text}</span>
      ))}
    </b>
  )
}
