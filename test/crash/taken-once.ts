// What holds however often a program was killed during check-ins: whatever was committed is taken in by the receipt computer
// once for each destination, whole. For both shells; only how their agent is called and killed differs.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clinicDay, systemClock } from '../../src-main/ground/clock.ts'
import { isIn, underWayStates } from '../../src-main/ground/states.ts'
import type { KeyStore } from '../../src-main/store/key-store.ts'
import { storeAfter } from '../ended-desk.ts'
import { importedFormats, startImportingComputer } from '../handover/importing-computer.ts'
import type { openClient } from '../headless.ts'
import { eventually } from '../support.ts'

/** A call and the state after it. */
export type Call = Awaited<ReturnType<typeof openClient>>

/**
 * Kills come within the time of three check-ins, as this computer takes for one, and in what is left of it others go through.
 * At most this long, whatever one took while others worked here: each kill has a share of its test's time.
 */
const longestWaitMs = 10_000

/** The longest wait for a kill; `first`: a check-in, to measure. */
export async function longestBeforeKill(first: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await first()
  return Math.min(3 * (performance.now() - began), longestWaitMs)
}

/** A clinic that hands over in every format, and the receipt computer that takes it in. `imports`: its folders, to be made. */
export function openClinic(dataDir: string, imports: string) {
  for (const format of importedFormats) mkdirSync(join(imports, format), { recursive: true })
  const destinations = importedFormats.map((format) => ({
    id: format,
    format,
    folder: join(imports, format),
    ...(format === 'xml' && { institutionCode: '1312345678' }),
  }))
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ mode: 'training', destinations }))
  const importer = startImportingComputer(imports, join(imports, '../imported.jsonl'))
  const firstDay = clinicDay(systemClock.now())
  return {
    /** After the program has ended: throws what was lost, doubled or torn; else says in lines how it went. */
    async lookThrough(keyStore: KeyStore, leastCommitted: number): Promise<readonly string[]> {
      const taken = await importer.finish()
      const store = await storeAfter(dataDir, keyStore)
      // It may have become midnight meanwhile.
      const days = new Set([firstDay, clinicDay(systemClock.now())])
      const visits = (await Promise.all([...days].map((day) => store.visitsOfDay(day)))).flat()
      store.close()

      const committed = visits.filter(({ eligibility }) => eligibility !== null)
      assert.ok(committed.length > leastCommitted, `only ${committed.length} visits were committed`)
      return importedFormats.map((format) => {
        const entries = taken.filter((entry) => entry.format === format)
        const deliveries = committed.flatMap(({ visit, deliveries }) =>
          deliveries.filter((delivery) => delivery.format === format).map((delivery) => ({ visit, ...delivery })),
        )
        assert.equal(deliveries.length, committed.length)
        // Held back for want of the patient's number, where the kill came before the desk gave it.
        const shown = deliveries.filter(({ state }) => state !== 'rejected')
        const held = deliveries.length - shown.length
        if (format !== 'receipt') assert.equal(held, 0)
        // Each of these once and whole, nothing else, and nothing left lying.
        const idOf = ({ visit, id }: (typeof shown)[number]) =>
          format === 'receipt' ? String(visit.number).padStart(3, '0') : id
        assert.deepEqual(entries.map(({ id }) => id).sort(), shown.map(idOf).sort())
        assert.deepEqual(readdirSync(join(imports, format)).sort(), ['ack', 'err'])
        // What the receipt computer refused is never shown as taken in.
        const refused = new Set(entries.flatMap(({ fate, id }) => (fate === 'refused' ? [id] : [])))
        const misjudged = shown.filter((row) => row.state === 'refused' && !refused.has(idOf(row)))
        assert.deepEqual(misjudged, [])
        assert.deepEqual(
          shown.filter((row) => row.state === 'acknowledged' && refused.has(idOf(row))),
          [],
        )
        const asked = shown.filter(({ state }) => state === 'conflict').length
        return (
          `${format}: ${entries.length} taken once (${refused.size} refused), ` +
          `${asked} ask a person, ${held} wait for a number`
        )
      })
    },
  }
}

/** One check-in; what it confirms is committed when this is over. */
export async function checkIn(call: Call): Promise<void> {
  await call('insertTrainingCard', { persona: 'nanbyo' })
  for (;;) {
    const answer = await call('reception', {})
    const current = answer.ok ? answer.value.current : null
    if (!current?.pin) continue
    await call('enterPin', { visitId: current.id, pin: '1234', lastTry: false })
    // A line of receipt.txt needs the patient's number; the desk gives it where none is known.
    await call('linkPatientNumber', { visitId: current.id, patientNumber: '12', isMoved: false })
    break
  }
  await call('removeTrainingCard', {})
}

/** Check-ins one after the other until the agent is gone: then `call` throws. */
export async function checkInUntilGone(open: () => Promise<Call>): Promise<void> {
  try {
    const call = await open()
    for (;;) await checkIn(call)
  } catch {
    // The kill.
  }
}

/** A last start has brought everything home by itself, or shows it to a person. */
export const untilNothingIsUnderWay = (call: Call, limitMs: number): Promise<void> =>
  eventually(
    'nothing is under way any more',
    async () => {
      const answer = await call('reception', {})
      if (!answer.ok) return false
      for (const { id, state } of answer.value.visits) {
        if (state !== 'confirmed') continue
        await call('showVisit', { visitId: id })
        const answered = await call('reception', {})
        const visit = answered.ok ? (answered.value.shown ?? answered.value.current) : null
        if (visit?.id !== id || visit.deliveries.some((row) => isIn(underWayStates, row.state))) return false
      }
      return true
    },
    // `receipt.txt` goes through one by one, as the receipt computer takes it.
    limitMs,
  )
