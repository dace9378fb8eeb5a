// A desk whose line is cut: how long the copy takes that it keeps of its site, how long a look takes that finds another desk's check-in,
// and how long what it wrote alone takes to come to the site.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../src-main/ground/result.ts'
import { keepCopy, mergeAway, openAway } from '../../src-main/store/away/away.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { statement } from '../../src-main/store/sql/work.ts'
import type { Store } from '../../src-main/store/store.ts'
import { at } from '../store/new-visit.ts'
import { median } from './measure.ts'
import { storeCheckIn } from './store-check-in.ts'

const done = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

interface AwayTimes {
  /** Of the patients' links and numbers, in milliseconds; and how large it is then. */
  readonly copyMs: number
  readonly copyBytes: number
  readonly lookMs: number
  readonly mergeMs: number
}

interface AwayOptions {
  readonly key: Uint8Array
  /** Of the desk's own engine. */
  readonly migrationsDir: string
  readonly patients: number
  /** Check-ins without the server. */
  readonly visits: number
}

const addNumber = statement(`
  INSERT INTO patient_numbers (patient_key, patient_ref, person_key, number, number_key, confirmed_name, confirmed_of)
  VALUES (@patient, @ref, @patient, @number, @numberKey, @name, @of)`)
const addCard = statement(`
  INSERT INTO card_links (card_key, patient_key, expires_on, brings_number, certificate_ends_on)
  VALUES (@patient, @patient, '2030-12-31', 1, '2030-12-31')`)

async function addPatients(store: Store, count: number): Promise<void> {
  const atOnce = 2_000
  for (let from = 0; from < count; from += atOnce) {
    const added = await store.site?.topic.ledger.write(function* () {
      for (let index = from; index < Math.min(count, from + atOnce); index++) {
        const [patient, number] = [String(index).padStart(64, '0'), String(index)]
        const row = {
          patient,
          ref: `hub-ref-${number}`,
          number,
          numberKey: number,
          name: '高崎　陽翔',
          of: '髙﨑　陽翔',
        }
        yield* addNumber.tell(row)
        yield* addCard.tell(row)
      }
    })
    if (!added?.ok) throw new Error(added?.error.code)
  }
}

export async function timesAway(access: ServerAccess, options: AwayOptions): Promise<AwayTimes> {
  const { key, migrationsDir, patients, visits } = options
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-bench-away-'))
  const open = async (id: string) => {
    const desk = { id, name: id, version: '0' }
    return done(await openSiteStore({ access, key, migrationsDir: join(migrationsDir, 'postgres'), desk }))
  }
  const [desk, colleague] = [await open('away'), await open('colleague')]
  try {
    await addPatients(colleague, patients)
    const place = {
      dataDir,
      keyStore: createKeyFile(join(dataDir, 'database.key')),
      migrationsDir,
      clock: { now: () => new Date(at) },
    }
    done(await openData(place)).store.close()
    const keeper = keepCopy(desk, { ...place, isBusy: () => true })
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return performance.now() - start
    }
    const refresh = async () => done(await keeper.refresh())
    const copyMs = await timed(refresh)
    const looks: number[] = []
    for (let number = 0; number < 10; number++) {
      await storeCheckIn(colleague, number)
      looks.push(await timed(refresh))
    }
    await keeper.close()
    const copyBytes = statSync(join(dataDir, 'away', 'copy.db')).size
    const away = done(await openAway(place))
    for (let number = 0; number < visits; number++) await storeCheckIn(away.store, number)
    away.store.close()
    const merged = { visits: 0 }
    const mergeMs = await timed(async () => {
      merged.visits = done(await mergeAway(desk, place))?.visits ?? 0
    })
    if (merged.visits !== visits) throw new Error('not all visits have come')
    return { copyMs, copyBytes, lookMs: median(looks), mergeMs }
  } finally {
    desk.close()
    colleague.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
