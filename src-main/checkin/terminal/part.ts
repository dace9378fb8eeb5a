// The 資格確認端末 at the counter: results of its face reader become visits, staff say whom one is about, and ask it about one
// person. Where the settings name no folders only what it has brought before is still there.

import type { DoorName } from '../../contract/callers.ts'
import type { OtherDesk } from '../../contract/other-desk.ts'
import type { PageName } from '../../contract/pages.ts'
import type { PartWith } from '../../contract/part.ts'
import type { Reception } from '../../contract/reception.ts'
import type { TerminalQuestionView } from '../../contract/terminal-question.ts'
import { type Clock, clinicMoment } from '../../ground/clock.ts'
import type { News } from '../../ground/news.ts'
import type { Failure } from '../../ground/result.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { DeskStanding, DeskTarget } from '../../hub/terminal/desk-watch.ts'
import {
  openTerminal,
  type TerminalFolders,
  type TerminalOptions,
  type TerminalStatus,
} from '../../hub/terminal/terminal.ts'
import type { Duty } from '../../store/duties.ts'
import type { Leases, SharedWork } from '../../store/leases.ts'
import type { TerminalNotes } from '../../store/terminal.ts'
import type { Desk } from '../desk.ts'
import { createFolderTurn } from './folder-turn.ts'
import { createTerminalQuestions } from './questions.ts'
import { openTerminalVisits, type TerminalVisitPorts } from './visits.ts'

export type TerminalPorts = Omit<TerminalVisitPorts, 'onLaidByProgram' | 'turn'> &
  Pick<TerminalOptions, 'entry'> & {
    readonly store: Pick<TerminalNotes, 'nextTerminalRequest'> & Pick<Leases, 'siteName'>
    /** Which of several desks beside the terminal this is, whatever it has its store in. */
    readonly among: Pick<DeskTarget, 'timing'> & { readonly desk: Omit<DeskTarget['desk'], 'site'> }
    readonly dutyOf: (what: SharedWork) => Duty
    /** null: the clinic has none. */
    readonly folders: TerminalFolders | null
    readonly counter: {
      readonly desk: Pick<Desk, 'current'>
      /** A visit there or at the kiosk. Errors: VISIT_NOT_CURRENT, also where this door may not. */
      cancel(visitId: string, door: DoorName): Promise<Result<void>>
    }
    /** What is looked up beside the counter. `suggest`: unless somebody is looking another one up. */
    readonly lookedAt: { page(): PageName; show(visitId: string): void; suggest(visitId: string): void }
    readonly news: News
  }

export async function openTerminalCorner(ports: TerminalPorts) {
  const { store, folders, counter, lookedAt, news, log } = ports
  const otherDesk = createOtherDeskView(ports.clock)
  /** Of the day. */
  let laidByPrograms = 0
  const { siteName: site } = store
  const turn = site === null ? null : createFolderTurn(ports)
  const among = { ...ports.among, desk: { ...ports.among.desk, site } }
  const visits = await openTerminalVisits({
    ...ports,
    turn,
    onLaidByProgram() {
      laidByPrograms++
      news.tell()
    },
  })
  visits.onChange((visitId) => {
    // Nobody else is being attended to: the result of the face reader shows by itself.
    if (!counter.desk.current()) lookedAt.suggest(visitId)
    news.tell(visitId)
  })
  const terminal =
    folders &&
    openTerminal({
      ...ports,
      folders,
      among,
      turn,
      nextNumber: (day) => store.nextTerminalRequest(day),
      onArrival: visits.receive,
      onChange: news.tell,
    })
  const questions =
    terminal?.requests &&
    createTerminalQuestions({
      requests: terminal.requests,
      receive: visits.receive,
      onVisit(visitId) {
        // Whoever asked looks at the answer, unless a patient has come to the counter meanwhile.
        if (lookedAt.page() === 'terminalQuestion') lookedAt.show(visitId)
      },
      changed: news.tell,
      log,
    })
  return {
    calls: {
      async askTerminal({ query }) {
        if (!questions) return fail('REQUEST_INVALID')
        questions.ask(query)
        return ok(undefined)
      },
      async dropTerminalQuestion() {
        questions?.drop()
        return ok(undefined)
      },
      takeOverTerminal: async () => terminal?.takeOver() ?? fail('REQUEST_INVALID'),
      choosePatient: ({ visitId, patientRef }) => visits.choose(visitId, patientRef),
      /** A visit at the counter, or one that waits for staff to say whom it is about. */
      async cancelVisit({ visitId }, { door }): Promise<Result<void>> {
        const cancelled = await counter.cancel(visitId, door)
        const isPatient = door === 'patient' || door === 'kiosk'
        return cancelled.ok || isPatient ? cancelled : visits.cancel(visitId)
      },
    },
    view: () => ({
      terminal: terminal && {
        ...terminalView(terminal.status(), visits.failure(), questions?.view() ?? null),
        otherDesk: otherDesk(terminal.status().desks),
        laidByPrograms,
      },
    }),
    pages: { terminalQuestion: { view: async () => ({ name: 'terminalQuestion' }) } },
    follows: { visit: visits.follow },
    candidates: visits.candidates,
    isUnkept: () => terminal?.status().desks.state.kind === 'unkept',
    /** The visit's patient has this 診察券番号. */
    numbered: (visitId: string, patientNumber: string) => questions?.numbered(visitId, patientNumber),
    dayTurned() {
      laidByPrograms = 0
      questions?.dayTurned()
    },
    settled: visits.settled,
    async close() {
      await terminal?.close()
      await visits.stop()
    },
  } satisfies PartWith
}

const terminalView = (
  { desks, folders, mapping }: TerminalStatus,
  storeFailure: Failure | null,
  asking: TerminalQuestionView | null,
): Omit<NonNullable<Reception['terminal']>, 'laidByPrograms' | 'otherDesk'> => ({
  failures: [
    ...folders.map(({ failure }) => failure),
    // Where a folder beside it says the same, that is enough.
    folders.some(({ failure }) => failure) ? null : desks.failure,
    mapping.failure,
    storeFailure,
  ].filter((failure) => failure !== null),
  mapping: { version: mapping.version, isAssumed: mapping.isAssumed },
  asking,
})

/** When another desk began, by our own clock; asked once for each change. */
function createOtherDeskView(clock: Clock): (standing: DeskStanding) => OtherDesk | null {
  let known: { readonly standing: DeskStanding; readonly view: OtherDesk | null } | null = null
  const viewOf = ({ state }: DeskStanding): OtherDesk | null => {
    if (state.kind !== 'elsewhere') return null
    const since = new Date(clock.now().getTime() - state.forS * 1_000)
    return { name: state.name, since: state.isQuiet ? null : clinicMoment(since) }
  }
  return (standing) => {
    if (known?.standing !== standing) known = { standing, view: viewOf(standing) }
    return known.view
  }
}
