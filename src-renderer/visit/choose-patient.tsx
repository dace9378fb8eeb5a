// A result of the terminal that could be about several people, or about nobody the clinic knows: staff compare and say
// whom. Nothing is chosen beforehand, and it takes two steps, because a file under the wrong person is not taken back.
import { type FormEvent, useState } from 'react'
import { RadioGroup } from 'react-aria-components'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { isDayUnknown } from '../../src-main/eligibility/model.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sexText } from '../../src-main/words/states.ts'
import { faceReader } from '../../src-main/words/terminal.ts'
import type { Act } from '../act.ts'
import { birthDate, plainDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { Choice } from '../parts/choice.tsx'
import { Headline } from '../parts/headline.tsx'
import panel from '../parts/panel.module.css'
import { Tag } from '../parts/tag.tsx'
import styles from './choose-patient.module.css'

/** The choice that is none of the candidates; they are chosen by their place. */
const newcomer = 'newcomer'

export function ChoosePatient({ visit, act }: { readonly visit: VisitView; readonly act: Act }) {
  const { candidates } = visit
  const [chosen, setChosen] = useState<string | null>(null)
  const isAlone = candidates.length === 0
  // Nobody is entered as new without a day of birth.
  const mayBeNew = !isDayUnknown(visit.patient?.birthDate ?? '')
  const isNew = isAlone || chosen === newcomer
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!isAlone && chosen === null) return
    const patientRef = isNew ? null : candidates[Number(chosen)]?.ref
    if (patientRef !== undefined) void act('choosePatient', { visitId: visit.id, patientRef })
  }
  return (
    <section className={panel.asking} aria-labelledby="choose-patient">
      <Headline level={3} id="choose-patient" className={panel.title}>
        {faceReader.question}
        <Tag tone="care" icon="warning">
          {faceReader.waits}
        </Tag>
      </Headline>
      <form className={styles.form} onSubmit={send}>
        {!isAlone && (
          <RadioGroup className={styles.people} aria-labelledby="choose-patient" value={chosen} onChange={setChosen}>
            {candidates.map((candidate, place) => (
              <Candidate key={candidate.ref} place={place} candidate={candidate} />
            ))}
            {mayBeNew && <Choice value={newcomer}>{faceReader.none}</Choice>}
          </RadioGroup>
        )}
        <div className={styles.ways}>
          {(mayBeNew || !isAlone) && (
            <Action weight="primary" type="submit" isDisabled={!isAlone && chosen === null}>
              {isNew ? faceReader.first : faceReader.same}
            </Action>
          )}
          <Action weight="quiet" onPress={() => act('cancelVisit', { visitId: visit.id })}>
            {faceReader.refuse}
          </Action>
          {!isAlone && chosen === null && <span className={styles.note}>{faceReader.chooseFirst}</span>}
        </div>
      </form>
    </section>
  )
}

/** Kana and birth date mostly agree, so what tells these people apart stands beside them. */
function Candidate(props: { readonly place: number; readonly candidate: VisitView['candidates'][number] }) {
  const { name, nameKana, birthDate: born, sex, patientNumber, lastSeen, certificates } = props.candidate
  return (
    <Choice value={String(props.place)}>
      <span className={styles.who}>
        <span className={styles.kana}>{nameKana}</span>
        <strong>{name}</strong>
        <span>{birthDate(born)}</span>
        <span>{sexText[sex]}</span>
        <span className={styles.apart}>
          {screen.patientNumber.label} <strong>{patientNumber ?? screen.patientNumber.none}</strong>
        </span>
        <span className={styles.apart}>{faceReader.lastSeen(plainDate(lastSeen))}</span>
        <span className={styles.apart}>{faceReader.certificates(certificates)}</span>
      </span>
    </Choice>
  )
}
