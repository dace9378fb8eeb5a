// How near a re-query of a day's bookings comes to the rate that the hub allows: the real client, the real sandbox hub at
// its usual rate, the encrypted store, a thousand linked patients.

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBookings } from '../../src-main/background/bookings/bookings.ts'
import { systemClock } from '../../src-main/ground/clock.ts'
import { ok, type Result } from '../../src-main/ground/result.ts'
import { createPmhSource } from '../../src-main/hub/pmh/client.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { dutyAlone } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'
import type { Figures } from './measure.ts'

const count = 1_000
const personsPerMinute = 600
const at = '2026-11-23T09:00:00.000+09:00'
const columns = { patientNumber: '患者番号', nameKana: 'カナ', birthDate: '生年月日' }

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** `share`: of the allowed rate; 1 is as fast as the hub answers. */
export async function benchBookings(dataDir: string, migrationsDir: string): Promise<Figures> {
  const folder = join(dataDir, 'bookings')
  mkdirSync(folder)
  const pki = await openTrainingPki(join(dataDir, 'training'), new Date())
  const hub = await startSandboxHub({ pki, clock: systemClock, personsPerMinute })
  const { ca, clientCertificate: certificate, clientKey: key } = pki.hub
  const source = createPmhSource({ url: hub.url, ca, identity: { certificate, key }, proxy: null, clock: systemClock })
  const store = value(openStore({ file: join(folder, 'madoguchi.db'), key: randomBytes(32), migrationsDir }))
  const lines = ['患者番号,カナ,生年月日']
  for (let number = 1; number <= count; number++) {
    const patient = {
      ref: randomUUID(),
      name: '予約',
      nameKana: 'ヨヤク',
      birthDate: '1979-04-12',
      sex: 'other',
    } as const
    const visit = { id: randomUUID(), day: '2026-11-23', number, reader: '', startedAt: at, updatedAt: at, patient }
    const rest = { state: 'cancelled', failure: null, patientNumber: null, confirmedName: null, report: null } as const
    value(await store.saveVisit({ ...visit, ...rest }, []))
    value(await store.linkPatientNumber({ visitId: visit.id, number: String(number), isMoved: false, at }))
    lines.push(`${number},ﾖﾔｸ,S54.4.12`)
  }
  let changed = () => undefined as unknown
  const bookings = await openBookings({
    source,
    store,
    clock: systemClock,
    log: silentLog,
    dutyOf: dutyAlone,
    columns: () => null,
    rememberColumns: async () => ok(undefined),
    changed: () => changed(),
  })
  value(bookings.read(Buffer.from(lines.join('\n'))))
  const start = performance.now()
  const finished = new Promise<void>((resolve) => {
    changed = () => bookings.view().run?.state === 'finished' && resolve()
  })
  value(await bookings.start(columns, '2026-11-24'))
  await finished
  const seconds = (performance.now() - start) / 1_000
  await bookings.close()
  await source.close()
  await hub.close()
  store.close()
  return { 'bookings.seconds': seconds, 'bookings.shareOfAllowedRate': (count * 60) / personsPerMinute / seconds }
}
