// The use case of asking the terminal by the insurance numbers: the answer becomes a visit like a result of its face
// reader. The numbers of the last question stay in memory: should staff say the patient's 診察券番号 next, the terminal is told
// it as 照会番号.
import { randomUUID } from 'node:crypto'
import type { TerminalQuestionFields, TerminalQuestionView } from '../../contract/terminal-question.ts'
import { type Log, numbered } from '../../ground/log.ts'
import type { Failure } from '../../ground/result.ts'
import type { TerminalRequests } from '../../hub/terminal/requests.ts'
import type { TerminalVisits } from './visits.ts'

export interface TerminalQuestions {
  view(): TerminalQuestionView
  /** In place of one that is under way: its answer counts no more. */
  ask(query: TerminalQuestionFields): void
  /** Waits no longer, or puts away what went wrong. */
  drop(): void
  /** The visit's patient has this 診察券番号. Told to the terminal only where it answered about this visit. */
  numbered(visitId: string, patientNumber: string): void
  /** Another day: what was asked and answered before is put away. */
  dayTurned(): void
}

export interface TerminalQuestionPorts {
  readonly requests: Pick<TerminalRequests, 'confirm' | 'register'>
  readonly receive: TerminalVisits['receive']
  /** The answer has become this visit. */
  readonly onVisit: (visitId: string) => void
  readonly changed: () => void
  readonly log: Log
}

export function createTerminalQuestions({
  requests,
  receive,
  onVisit,
  changed,
  log,
}: TerminalQuestionPorts): TerminalQuestions {
  let question: TerminalQuestionView['question'] = null
  let registration: TerminalQuestionView['registration'] = null
  /** The question that may still be answered. */
  let current: symbol | null = null
  /** The last question that was answered, with the visit it became. */
  let asked: { readonly visitId: string; readonly query: TerminalQuestionFields } | null = null

  const become = (next: TerminalQuestionView['question']) => {
    question = next
    changed()
  }
  /** With the number under which the log tells of it. */
  const noted = (failure: Failure) => numbered(log, 'terminalQuestion', failure)
  const withIdentifier = (query: TerminalQuestionFields) => ({ ...query, arbitraryIdentifier: randomUUID() })

  return {
    view: () => ({ question, registration }),
    ask(query) {
      const mine = Symbol('question')
      current = mine
      become({ state: 'asking' })
      void requests.confirm(withIdentifier(query)).then((message) => {
        if (current !== mine) return
        current = null
        if (!message.ok) return become({ state: 'failed', failure: noted(message.error) })
        // Its file is read and done with: only the answer itself is the arrival.
        const arrival = { name: `question ${randomUUID()}`, sha256: '', isLeftOver: false, isAsked: true, message }
        receive(arrival, (visitId) => {
          asked = { visitId, query }
          onVisit(visitId)
        })
        become(null)
      })
    },
    drop() {
      current = null
      become(null)
    },
    numbered(visitId, patientNumber) {
      if (asked?.visitId !== visitId) return
      const { query } = asked
      registration = { visitId, state: 'sending', failure: null }
      changed()
      void requests.register({ query: withIdentifier(query), referenceNumber: patientNumber }).then((answer) => {
        if (registration?.visitId !== visitId) return
        registration = answer.ok
          ? { visitId, state: 'done', failure: null }
          : { visitId, state: 'failed', failure: noted(answer.error) }
        changed()
      })
    },
    dayTurned() {
      asked = null
      registration = null
      if (question?.state === 'failed') question = null
    },
  }
}
