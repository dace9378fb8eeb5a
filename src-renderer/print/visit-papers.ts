// Which papers there are of a visit, the one that is wanted most first. A visit of which nobody has said yet whom it is about
// has none.
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { failureOrigin } from '../../src-main/ground/failures.ts'
import type { Paper } from './paper.ts'
import { certificates } from './papers/certificates.ts'
import { doseRecord } from './papers/dose-record.ts'
import { emergencySheet } from './papers/emergency-sheet.ts'
import { receptionSlip } from './papers/reception-slip.ts'

export function papersOfVisit(visit: VisitView, { clinicName }: Pick<Reception['papers'], 'clinicName'>): Paper[] {
  if (visit.state === 'choosing' || visit.doubt) return []
  // Nobody could be asked who the patient is, or what there is.
  const isHubLost = visit.failure !== null && failureOrigin(visit.failure.code) === 'hub'
  const emergency = visit.state === 'offline' || isHubLost ? [emergencySheet(visit)] : []
  if (!visit.patient || !visit.answers) return emergency
  const doses = doseRecord(visit, clinicName)
  return [...emergency, receptionSlip(visit, clinicName), certificates(visit), ...(doses ? [doses] : [])]
}
