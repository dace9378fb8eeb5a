// What has been, in the running agent: as counts, as visits, and as what was done.
import { createReports, type ReportPorts } from '../reports/part.ts'
import { type AuditPagePorts, createAuditPage } from '../screen/audit-page.ts'
import { createPast, type PastPorts } from '../screen/past.ts'

export const createLookingBack = (ports: ReportPorts & PastPorts & AuditPagePorts) =>
  [createReports(ports), createPast(ports), createAuditPage(ports)] as const
