// What has been, in the running agent: as counts and as visits.
import { createReports, type ReportPorts } from '../reports/part.ts'
import { createPast, type PastPorts } from '../screen/past.ts'

export const createLookingBack = (ports: ReportPorts & PastPorts) => [createReports(ports), createPast(ports)] as const
