// ORCA as a lane: a real store, the real hand-over, the real client, and a stand-in at the other end of the line.

import { onTestFinished } from 'vitest'
import type { Benefit, Eligibility } from '../../../src-main/eligibility/model.ts'
import type { LogEntry } from '../../../src-main/ground/log.ts'
import { renderDelivery } from '../../../src-main/handover/formats/render.ts'
import type { HeldBenefit } from '../../../src-main/handover/orca/compare.ts'
import { type OrcaConnection, type OrcaLimits, openOrca } from '../../../src-main/handover/orca/connection.ts'
import { createOrcaDeliverer } from '../../../src-main/handover/orca/orca-deliverer.ts'
import { createOutbox, type Outbox } from '../../../src-main/handover/outbox/outbox.ts'
import type { DeliveryRow } from '../../../src-main/store/deliveries.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { dutyAlone } from '../../store/new-visit.ts'
import { benefit, confirmedVisit, eligibility, openTestStore } from '../../store/samples.ts'
import { destinationOf } from '../destination-of.ts'
import { until } from '../outbox.ts'
import { saying } from '../saying.ts'
import { password, type SamplePatient, type StandInOrca, startOrca } from './stand-in-orca.ts'

export const orcaDestination = (settings: Readonly<Record<string, unknown>> = {}) =>
  destinationOf('orca', {
    id: 'orca',
    url: 'http://127.0.0.1:8000',
    user: 'madoguchi',
    passwordFile: '/orca-password',
    ...settings,
  })

export const withReception = { reception: { departmentCode: '01', physicianCode: '10001' } }

/** The patient of the store's samples, as ORCA has them. */
export const samplePatient = (changes: Partial<SamplePatient> = {}): SamplePatient => ({
  number: '00012',
  name: '髙﨑　陽翔',
  nameKana: 'タカサキ　ハルト',
  birthDate: eligibility.patient.birthDate,
  sex: '1',
  benefits: [],
  ...changes,
})

export const access = (orca: Pick<StandInOrca, 'url'>) => ({
  url: orca.url,
  pathPrefix: '',
  user: 'madoguchi',
  password,
  ca: null,
  identity: null,
})

/** As long as a loaded machine may take. */
const patient: OrcaLimits = { connectMs: 30_000, answerMs: 30_000 }
/** For an ORCA that never answers. */
export const quick: OrcaLimits = { connectMs: 2_000, answerMs: 1_000 }

export interface OrcaLane {
  readonly orca: StandInOrca
  readonly store: Store
  readonly log: LogEntry[]
  /** The patient's number as the clinic links it after a visit; null: not yet. */
  linkedNumber: string | null
  /** A confirmed visit with a row for ORCA; returns the row's id. */
  confirm(said?: Partial<Said>): Promise<string>
  row(id: string): Promise<DeliveryRow>
  /** The row once nothing more becomes of it by itself, handed over by a hand-over of its own. */
  settled(id: string): Promise<DeliveryRow>
  /** The 公費 of the first patient in ORCA, without ORCA's ids. */
  benefits(): readonly Omit<HeldBenefit, 'id'>[]
  /** How many calls went to paths that begin so. */
  calls(path: string): number
  start(): Outbox
  /** One that stops for ever at its call number `step`, or is closed where it comes to rest before; resolves then. */
  startDying(step: number, moment: 'before' | 'after'): Promise<void>
}

interface Said {
  readonly benefits: readonly Benefit[]
  readonly patient: Partial<Eligibility['patient']>
  readonly patientNumber: string | null
}

/** `settings` of the destination; `now`: the moment of handing over. */
export async function openLane({
  now = '2026-11-23T00:15:00Z',
  limits = patient,
  ...settings
}: Readonly<Record<string, unknown>> & {
  readonly now?: string
  readonly limits?: OrcaLimits
} = {}): Promise<OrcaLane> {
  const orca = await startOrca()
  orca.patients.push(samplePatient())
  const store = openTestStore()
  const log: LogEntry[] = []
  const destination = orcaDestination(settings)
  const clock = { now: () => new Date(now) }
  const render = ({ benefits = [benefit], patient, patientNumber = null }: Partial<Said>, id?: string) => {
    const [first, ...others] = benefits
    const answers = {
      ...eligibility.answers,
      medicalSubsidy: first ? { state: 'present' as const, items: [first, ...others] } : { state: 'absent' as const },
    }
    const visit = {
      visitId: 'visit',
      visitNumber: 1,
      visitDay: '2026-11-23',
      confirmedAt: '2026-11-23T09:15:02.123+09:00',
      training: false,
      patientNumber,
      confirmedName: null,
      ...saying({ ...eligibility, patient: { ...eligibility.patient, ...patient }, answers }),
    }
    return renderDelivery(visit, destination, {}, id)
  }
  const visits = new Map<string, Partial<Said>>()
  const row = async (id: string) => {
    const delivery = await store.delivery(id)
    if (!delivery) throw new Error('no such delivery')
    return delivery
  }
  const create = (line: OrcaConnection) =>
    createOutbox({
      dutyOf: dutyAlone,
      store,
      destinations: [
        {
          id: 'orca',
          takenWithinMin: null,
          folder: null,
          newDeliverer: () => createOrcaDeliverer(line, destination, clock),
        },
      ],
      renderAgain: async ({ id }) => render({ ...visits.get(id), patientNumber: lane.linkedNumber }, id),
      clock,
      log: { write: (entry) => log.push(entry) },
      pauseMs: { first: 2, longest: 10, look: 5 },
    })
  const start = () => {
    const handover = create(openOrca(access(orca), limits))
    onTestFinished(() => handover.close())
    handover.wake()
    return handover
  }
  const lane: OrcaLane = {
    orca,
    linkedNumber: null,
    store,
    log,
    async confirm(said = {}) {
      const delivery = render(said)
      visits.set(delivery.id, said)
      await confirmedVisit(store, [delivery])
      return delivery.id
    },
    row,
    async settled(id) {
      await until(start(), async () => !['queued', 'publishing'].includes((await row(id)).state))
      return row(id)
    },
    benefits: () => orca.patients[0]?.benefits.map(({ id: _id, ...rest }) => rest) ?? [],
    calls: (path) => orca.asked.filter((call) => call.path.startsWith(path)).length,
    start,
    async startDying(step, moment) {
      const line = openOrca(access(orca), limits)
      onTestFinished(() => line.close())
      const died = Promise.withResolvers<void>()
      let calls = 0
      const handover = create({
        ...line,
        async call(...call) {
          const isLast = ++calls === step
          if (!isLast || moment === 'after') {
            const answer = await line.call(...call)
            if (!isLast) return answer
          }
          died.resolve()
          return new Promise(() => undefined)
        },
      })
      handover.wake()
      const isDead = died.promise.then(() => true)
      if (!(await Promise.race([isDead, handover.settled().then(() => false)]))) await handover.close()
    },
  }
  return lane
}
