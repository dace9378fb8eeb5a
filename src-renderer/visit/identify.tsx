// The patient is to be identified: by the PIN at this screen or at the patient's own, or, where it cannot be used, by the
// face in the chip.
import { useCallback, useState } from 'react'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import type { Act } from '../act.ts'
import { later } from '../later.tsx'
import { Action } from '../parts/action.tsx'
import { Stage } from '../parts/stage.tsx'
import { PinEntry } from '../pin/pin-entry.tsx'
import { useEscape } from '../use-escape.ts'
import styles from './visit-panel.module.css'

const FaceComparison = later(async () => (await import('../face/face-comparison.tsx')).FaceComparison)
const FaceForm = later(async () => (await import('../face/face-form.tsx')).FaceForm)

export function Identify(props: {
  readonly visit: VisitView
  readonly pinEntry: Reception['pinEntry']
  readonly act: Act
}) {
  const { visit, pinEntry, act } = props
  const [isByFace, setByFace] = useState(false)
  const toFace = useCallback(() => setByFace(true), [])
  const toPin = useCallback(() => setByFace(false), [])
  if (visit.face) return <FaceComparison visit={visit} face={visit.face} act={act} />
  if (isByFace) return <FaceForm visit={visit} act={act} onBack={toPin} />
  if (visit.pin?.triesLeft === 0) return <PinBlocked visit={visit} act={act} onFace={toFace} />
  if (pinEntry.side === 'patient') return <PatientTypes visit={visit} act={act} onOther={toFace} />
  return <PinEntry visit={visit} isShuffled={pinEntry.isShuffled} act={act} onOther={toFace} />
}

/** The card's PIN is locked: what the city hall must do, and the way that is still open today. */
function PinBlocked(props: { readonly visit: VisitView; readonly act: Act; readonly onFace: () => void }) {
  const { visit, act } = props
  const { message } = sentence({ code: 'PIN_BLOCKED' })
  const cancel = useCallback(() => void act('cancelVisit', { visitId: visit.id }), [act, visit.id])
  useEscape(cancel)
  return (
    <Stage icon="error" look="bad" title={message} note={screen.face.insteadOfPin}>
      <div className={styles.ways}>
        <Action weight="primary" onPress={props.onFace}>
          {screen.face.start}
        </Action>
        <Action onPress={cancel}>{screen.cancel}</Action>
      </div>
    </Stage>
  )
}

/** Somebody else's screen is being typed on: only what the desk must know of it. */
function PatientTypes(props: { readonly visit: VisitView; readonly act: Act; readonly onOther: () => void }) {
  const { visit, act } = props
  const tries = visit.pin?.triesLeft ?? 0
  const cancel = useCallback(() => void act('cancelVisit', { visitId: visit.id }), [act, visit.id])
  useEscape(cancel)
  return (
    // Calm: a busy stage would hold back what is told below.
    <Stage icon="waiting" title={screen.patientTypes.title} note={screen.patientTypes.note}>
      <p className={tries === 1 || visit.pin?.wrong ? styles.tell : styles.note} role="status">
        {visit.pin?.wrong ? screen.pin.wrong(tries) : screen.pin.tries(tries)}
      </p>
      <div className={styles.ways}>
        <Action onPress={cancel}>{screen.cancel}</Action>
        <Action weight="quiet" onPress={props.onOther}>
          {screen.face.other}
        </Action>
      </div>
    </Stage>
  )
}
