// The visit's state machine as a table: which state may follow which. The desk asks before every move, so that an
// impossible sequence is a bug that shows at once and not a strange row in the audit trail.
import type { VisitState } from '../ground/states.ts'

const followers: Record<VisitState, readonly VisitState[]> = {
  reading: ['identifying', 'failed', 'cancelled'],
  identifying: ['asking', 'failed', 'cancelled'],
  asking: ['answered', 'offline', 'failed', 'cancelled'],
  choosing: ['answered', 'cancelled'],
  answered: ['confirmed', 'failed', 'cancelled'],
  confirmed: ['handedOver'],
  handedOver: ['acknowledged'],
  acknowledged: [],
  // A visit that ended before anybody was identified starts again under its own number.
  failed: ['reading'],
  cancelled: ['reading'],
  // Answered later without the card, refused then, or overtaken by another visit of the same patient.
  offline: ['answered', 'failed', 'cancelled'],
}

export const mayFollow = (from: VisitState, to: VisitState): boolean => followers[from].includes(to)
