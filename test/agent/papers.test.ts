// What is printed stands in the audit trail; size and printer of a paper are remembered for this desk.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDays } from '../../src-main/eligibility/calendar.ts'
import { fail } from '../../src-main/ground/result.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'

/** The rows of the trail about papers, when nobody has the database open. */
async function printedIn(dataDir: string): Promise<unknown[]> {
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  store.close()
  return rows.flatMap(({ visitId, event }) => (event.endsWith('Printed') ? [{ visit: visitId ?? '', event }] : []))
}

test('a paper that is printed is a row of the audit trail: which, of whose visit, and when it was not after all', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const { id: visitId } = await desk.checkIn('nanbyo')
  must(await desk.call('notePaper', { paper: 'receptionSlip', visitId, isPrinted: true }))
  must(await desk.call('notePaper', { paper: 'certificates', visitId, isPrinted: true }))
  must(await desk.call('notePaper', { paper: 'certificates', visitId, isPrinted: false }))
  must(await desk.call('notePaper', { paper: 'capSheet', visitId: null, isPrinted: true }))
  const unknown = { paper: 'receptionSlip', visitId: randomUUID(), isPrinted: true }
  expect(await desk.call('notePaper', unknown)).toEqual(fail('VISIT_NOT_CURRENT'))
  expect(await desk.call('notePaper', { paper: 'somethingElse', visitId, isPrinted: true })).toMatchObject(
    fail('REQUEST_INVALID'),
  )
  await desk.stop()
  expect(await printedIn(dataDir)).toEqual([
    { visit: visitId, event: 'receptionSlipPrinted' },
    { visit: visitId, event: 'certificatesPrinted' },
    { visit: visitId, event: 'certificatesNotPrinted' },
    { visit: '', event: 'capSheetPrinted' },
  ])
})

test('size and printer of a paper are in force at once, and at the next start; those of others stay', async () => {
  const dataDir = await dataFolder({ papers: { capSheet: { size: 'a5', printer: 'A4 tray' } } })
  const desk = await openDesk(dataDir)
  const format = { size: 'roll80', printer: 'Slip' }
  must(await desk.call('rememberPaper', { paper: 'receptionSlip', format }))
  const kept = { capSheet: { size: 'a5', printer: 'A4 tray' }, receptionSlip: format }
  expect(desk.agent.reception().papers.formats).toEqual(kept)
  expect(desk.agent.reception().settings.changed.map(({ setting }) => setting)).toEqual(['papers'])
  expect(await desk.call('rememberPaper', { paper: 'receptionSlip', format: { ...format, size: 'a3' } })).toMatchObject(
    fail('REQUEST_INVALID'),
  )
  await desk.stop()
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).papers).toEqual(kept)
  const later = await openDesk(dataDir)
  expect(later.agent.reception().papers.formats).toEqual(kept)
})

test('a dose that was registered says from which day the next may follow, as long as it stands and the rest is known', async () => {
  const desk = await openDesk(await dataFolder())
  const register = async (persona: string) => {
    const { id: visitId, answers, day } = await desk.checkIn(persona)
    const [voucher] = answers?.vaccination.state === 'present' ? answers.vaccination.items : []
    if (!voucher?.vaccineCode) throw new Error('the sample has no voucher')
    const entry = { voucherId: voucher.id, vaccineCode: voucher.vaccineCode, doseNumber: voucher.doseNumber ?? 2 }
    const content = {
      dose: { ...entry, givenOn: day, lotNumber: 'R1', site: 'oral', doseMl: null, physician: null },
    }
    must(await desk.call('register', { visitId, name: voucher.name, content, reason: null }))
    await eventually('it is registered', () => desk.current()?.registrations.at(-1)?.state === 'registered')
    return day
  }
  const day = await register('voucher-18')
  const first = desk.current()?.registrations[0]
  // Between two doses of ロタ lie 27 days.
  expect(first?.next).toEqual({ label: expect.stringContaining('3回目'), earliest: addDays(day, 28) })
  must(await desk.call('changeRegistration', { registrationId: first?.id, content: null }))
  expect(desk.current()?.registrations.map(({ next }) => next)).toEqual([null, null])
  must(await desk.call('closeVisit', { visitId: desk.current()?.id }))

  // The hub says nothing about what this child was given before.
  await register('kodomo')
  expect(desk.current()?.registrations.map(({ next }) => next)).toEqual([null])
})
