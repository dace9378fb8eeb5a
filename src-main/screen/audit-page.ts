// 操作の記録 on the desk's screen: what was looked at and changed, by day or by patient. Asked for when somebody turns to it, and
// never told of otherwise; that somebody did is a row of it (agent/calls.ts).
import { auditKindOf } from '../contract/audit-events.ts'
import {
  type AuditQuery,
  type AuditRowView,
  type AuditView,
  auditExportRows,
  auditSheetRows,
} from '../contract/audit-trail.ts'
import { subjectOf } from '../contract/call-kinds.ts'
import type { PartWith } from '../contract/part.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Audit, TracedRow } from '../store/audit.ts'
import type { StaffList } from '../store/staff.ts'
import { showHidden } from '../text/hidden.ts'

export interface AuditPagePorts {
  readonly store: Pick<Audit, 'traces'> & Pick<StaffList, 'staff'>
  readonly today: () => string
  readonly lookedAt: { turnTo(page: 'audit'): void }
}

export function createAuditPage({ store, today, lookedAt }: AuditPagePorts) {
  let looked: AuditView | null = null

  const tracesOf = (query: AuditQuery, skip: number, limit: number) => {
    const { what, atDesk } = query
    return store.traces({
      day: query.kind === 'day' ? query.day : null,
      subject: subjectOf(query),
      fits: ({ event, desk }) => (what === null || auditKindOf(event) === what) && (atDesk === null || desk === atDesk),
      skip,
      limit,
    })
  }

  const viewsOf = async (rows: readonly TracedRow[]): Promise<AuditRowView[]> => {
    const names = new Map((await store.staff()).map(({ id, name }) => [id, name]))
    return rows.map((row) => rowView(row, names))
  }

  const lookUp = async (query: AuditQuery): Promise<AuditView> => {
    const { rows, total } = await tracesOf(query, query.sheet * auditSheetRows, auditSheetRows)
    return { today: today(), query, total, rows: await viewsOf(rows), exported: null }
  }
  const ofToday = () => lookUp({ kind: 'day', day: today(), what: null, atDesk: null, sheet: 0 })

  return {
    calls: {
      async openAudit(query): Promise<Result<void>> {
        looked = await lookUp(query)
        lookedAt.turnTo('audit')
        return ok(undefined)
      },
      async exportAudit(): Promise<Result<void>> {
        if (!looked) return fail('VISIT_NOT_CURRENT')
        const { rows } = await tracesOf(looked.query, 0, auditExportRows)
        looked = { ...looked, exported: await viewsOf(rows) }
        return ok(undefined)
      },
    },
    pages: {
      audit: {
        async open() {
          looked = await ofToday()
          return ok(undefined)
        },
        view: async () => ({ name: 'audit', ...(looked ?? (await ofToday())) }),
      },
    },
  } satisfies PartWith
}

/** `names`: of the staff, by their ids. */
const rowView = (row: TracedRow, names: ReadonlyMap<string, string>): AuditRowView => ({
  id: row.id,
  at: row.at,
  event: row.event,
  code: row.code,
  staff: row.staffId && (names.get(row.staffId) ?? row.staffId),
  desk: row.desk,
  about: row.about,
  setting: row.change?.setting ?? null,
  visit: row.visit,
  patient:
    row.patient === null ? null : { pseudonym: row.patient.slice(0, 12), name: row.name && showHidden(row.name) },
})
