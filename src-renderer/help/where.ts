// Where one is, as a section of the guide: what has gone wrong comes before what is shown, and what is shown before what goes
// on at the counter. A page or a state that has no section does not compile.
import type { PageName } from '../../src-main/contract/pages.ts'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { maySeePatients } from '../../src-main/contract/rights.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import { openByHand } from '../../src-main/eligibility/handed.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import type { VisitState } from '../../src-main/ground/states.ts'
import { sectionOfFailure } from '../../src-main/words/guide/of-failures.ts'
import type { SectionId } from '../../src-main/words/guide/sections.ts'

export interface Place {
  readonly section: SectionId
  /** What the screen says just now, with what to do about it. */
  readonly failure: Failure | null
}

const ofPage: Record<Exclude<PageName, 'counter'>, SectionId> = {
  staleNumbers: 'patientNumber',
  bookings: 'bookings',
  destinations: 'destinations',
  localMaster: 'localMaster',
  terminalQuestion: 'terminalQuestion',
  capSheet: 'cap',
  past: 'past',
  audit: 'audit',
  report: 'report',
  clinicRules: 'clinicRules',
  settings: 'settings',
  firstRun: 'settings',
  signals: 'signals',
  selfTest: 'selfTest',
  supportBundle: 'selfTest',
  staff: 'staff',
  training: 'training',
  conflicts: 'siteServer',
}

/** Where nothing in the visit says more. */
const ofState: Record<VisitState, SectionId> = {
  reading: 'card',
  identifying: 'pin',
  asking: 'card',
  choosing: 'sameName',
  answered: 'difference',
  confirmed: 'result',
  handedOver: 'result',
  acknowledged: 'result',
  failed: 'cardTrouble',
  offline: 'hubDown',
  cancelled: 'undo',
}

const about = (section: SectionId): Place => ({ section, failure: null })
const because = (failure: Failure): Place => ({ section: sectionOfFailure[failure.code], failure })

/** `refusal`: what the screen has just refused. */
export function placeOf(reception: Reception, isCovered: boolean, refusal: Failure | null): Place {
  const { page, shown, current } = reception
  if (isCovered) return about('cover')
  if (refusal) return because(refusal)
  if (page.name !== 'counter') return about(ofPage[page.name])
  if (!maySeePatients(reception.staff)) return about('signIn')
  const visit = shown ?? current
  return visit ? ofVisit(visit, reception) : ofWaiting(reception)
}

function ofVisit(visit: VisitView, { pinEntry }: Reception): Place {
  const { state, failure, hold, deliveries, desk } = visit
  if (desk?.had === 'there' || desk?.had === 'gone') return about('otherDesks')
  if (failure) return because(failure)
  if (hold) return because(hold)
  const heldUp = deliveries.find((delivery) => delivery.failure)?.failure
  if (heldUp) return because(heldUp)
  if (visit.doubt) return about('personDoubt')
  if (visit.face) return about('face')
  if (state === 'identifying' && visit.pin?.triesLeft === 0) return about('pinBlocked')
  if (state === 'identifying' && pinEntry.side === 'patient') return about('patientScreen')
  if (state === 'answered') return about(ofQuestion(visit))
  return about(ofHanded(visit) ?? ofState[state])
}

/** The gravest of what is asked. */
function ofQuestion({ assessment }: VisitView): SectionId {
  const together = assessment?.order.together
  if (together && !together.used) return 'claimOrder'
  const kinds = undecided(assessment?.differences ?? [], []).map(({ kind }) => kind)
  if (kinds.some((kind) => kind === 'ended' || kind === 'lapsed' || kind === 'withdrawn')) return 'ended'
  return kinds.every((kind) => kind === 'absent') ? 'absent' : 'difference'
}

function ofHanded({ handed, answers }: VisitView): SectionId | null {
  if (!handed) return null
  if (openByHand(handed) > 0) return 'byHand'
  if (handed.state === 'ended') return 'ended'
  const hasVoucher = answers?.vaccination.state === 'present' || answers?.checkup.state === 'present'
  if (handed.state !== 'present') return hasVoucher ? 'vouchers' : 'absent'
  return null
}

function ofWaiting({ readerFailure, clockDoubt, hub, terminal, settings, visits }: Reception): Place {
  if (readerFailure) return because(readerFailure)
  if (clockDoubt) return about('clock')
  if (hub.state === 'down') return about('hubDown')
  const [failure] = [...(terminal?.failures ?? []), ...settings.failures]
  if (failure) return because(failure)
  if (settings.fallback) return because(settings.fallback)
  // While the other one works there is nothing to do about it.
  if (terminal?.otherDesk?.since === null) return about('twoDesks')
  return about(visits.length === 0 ? 'morning' : 'card')
}
