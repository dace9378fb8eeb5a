// An invented visit with its answer, and stores on real files, for the tests of the store and of the hand-over.

import { spawnSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Benefit, Eligibility, Patient } from '../../src-main/eligibility/model.ts'
import type { VaccinationVoucher } from '../../src-main/eligibility/vouchers.ts'
import type { Result } from '../../src-main/ground/result.ts'
import type { DeliveryMove, NewDelivery } from '../../src-main/store/deliveries.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import type { Store } from '../../src-main/store/store.ts'
import type { VisitRow } from '../../src-main/store/visits.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { at, day, newVisit, registered } from './new-visit.ts'

export { at, day, newVisit, registered }

export const migrationsDir = join(root, 'migrations')

/** A small file system of its own, in memory; null where this user may not mount one. `size` as in mount(8). */
export function mountMemory(size: string): string | null {
  const folder = temporaryFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]))
  return folder
}

export interface StorePlace {
  readonly file: string
  readonly key: Uint8Array
  readonly migrationsDir: string
}

export const storePlace = (folder = temporaryFolder()): StorePlace => ({
  file: join(folder, 'madoguchi.db'),
  key: new Uint8Array(randomBytes(32)),
  migrationsDir,
})

/** An open store, closed after the test. */
export function openTestStore(place = storePlace()): Store {
  const store = must(openStore(place))
  onTestFinished(() => store.close())
  return store
}

/** Whatever is older than a day is expired by the time of that day. */
export const expireOn = async (store: Store, day: string, before = day) =>
  must(await store.retain({ at: `${day}T09:00:00.000+09:00`, before }))

export const patient: Patient = {
  ref: 'hub-ref-5f2c81',
  name: '髙﨑　陽翔',
  nameKana: 'タカサキ　ハルト',
  birthDate: '2021-02-28',
  sex: 'male',
}

/** The same, as it is judged for the day of the visit. */
export const benefit: Benefit = {
  ...registered,
  scheme: { code: '88', name: '乳幼児医療費助成（マル乳）', kind: 'local' },
  validity: 'valid',
  warnings: ['MONTHLY_CAP_ON_PAPER'],
}

export const voucher: VaccinationVoucher = {
  id: 'V-001',
  name: '麻しん風しん 第2期',
  municipality: '八王子市',
  validFrom: '2026-04-01',
  validTo: '2027-03-31',
  vaccineCode: 'measlesRubella',
  doseNumber: 2,
  questionnaire: null,
}

export const eligibility: Eligibility = {
  patient,
  asOf: day,
  fetchedAt: at,
  source: 'pmh',
  answers: {
    medicalSubsidy: { state: 'present', items: [registered] },
    vaccination: { state: 'present', items: [voucher] },
    checkup: { state: 'absent' },
  },
}

export function newDelivery(destination: string, changes: Partial<NewDelivery> = {}): NewDelivery {
  const id = randomUUID()
  return {
    id,
    destination,
    format: 'csv',
    state: 'queued',
    failure: null,
    fileName: `madoguchi_20261123_0001_${id}.csv`,
    payload: Buffer.from(`content of ${id}\r\n`),
    ...changes,
  }
}

/** A confirmed visit with its deliveries in the outbox. */
export async function confirmedVisit(
  store: Store,
  deliveries: readonly NewDelivery[],
  changes: Partial<VisitRow> = {},
): Promise<VisitRow> {
  const visit = newVisit({ state: 'confirmed', patient, ...changes })
  return must(await store.saveVisit(visit, [{ at, event: 'confirmed' }], { eligibility, deliveries }))
}

export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

/** Moves one delivery; the answer is the move's own. */
export async function moveDelivery(
  store: Store,
  delivery: DeliveryMove['delivery'],
  to: DeliveryMove['to'],
  event?: DeliveryMove['event'],
): Promise<Result<void>> {
  const [moved] = must(await store.moveDeliveries([{ delivery, to, event }]))
  if (!moved) throw new Error('no answer to the move')
  return moved
}
