// 操作の記録, as the page shows it: a day with everything that a row can be of, one patient, a day without a row.
import type { AuditRowView, AuditView } from '../../src-main/contract/audit-trail.ts'
import type { Reception } from '../../src-main/contract/reception.ts'

const today = '2026-11-23'

const row = (id: number, time: string, event: string, changes: Partial<AuditRowView> = {}): AuditRowView => ({
  id,
  at: `${today}T${time}.120+09:00`,
  event,
  code: null,
  staff: null,
  desk: 1,
  about: null,
  setting: null,
  visit: null,
  patient: null,
  ...changes,
})

const satou = { pseudonym: '3f0c91b27a6d', name: '佐藤　美咲' }
const long = { pseudonym: '91b27a6d3f0c', name: '長谷川バルテレミー　アレクサンドリーヌ' }
const gone = { pseudonym: '7a6d3f0c91b2', name: null }

const rows: readonly AuditRowView[] = [
  row(4120, '16:42:07', 'openAudit', { about: today }),
  row(4119, '16:40:55', 'certificatesPrinted', { visit: { day: today, number: 31 }, patient: satou }),
  row(4118, '16:40:12', 'showVisit', { visit: { day: today, number: 31 }, patient: satou }),
  row(4117, '15:20:30', 'lookBack', { about: '2026-11-12' }),
  row(4116, '15:18:02', 'lookBack', { patient: gone }),
  row(4115, '14:02:44', 'deliveryConflict', {
    desk: null,
    code: 'DESTINATION_CONFLICT',
    visit: { day: today, number: 30 },
    patient: long,
  }),
  row(4114, '14:02:41', 'confirmed', { visit: { day: today, number: 30 }, patient: long }),
  row(4113, '13:30:00', 'settingChanged', { setting: 'retentionDays' }),
  row(4112, '09:00:01', 'storeRestored', { desk: null }),
]

export const auditScenes = (empty: Reception) => {
  const audit = (changes: Partial<AuditView>): Reception => ({
    ...empty,
    page: {
      name: 'audit',
      today,
      query: { kind: 'day', day: today, what: null, atDesk: null, sheet: 0 },
      total: rows.length,
      rows: [...rows],
      exported: null,
      ...changes,
    },
  })
  const person = { kind: 'name', nameKana: 'サトウ　ミサキ', birthDate: '1979-11-24' } as const
  const ofPatient = rows.filter(({ patient }) => patient === satou)
  return {
    auditDay: audit({ total: 4120 }),
    auditPatient: audit({
      query: { ...person, what: 'looked', atDesk: null, sheet: 0 },
      rows: ofPatient,
      total: ofPatient.length,
    }),
    auditNone: audit({ rows: [], total: 0 }),
    auditSaved: audit({ exported: [...rows] }),
  }
}
