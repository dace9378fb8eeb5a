// An outbox on a real store and real folders, for the tests of the hand-over.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LogEntry } from '../../src-main/ground/log.ts'
import type { FileTarget } from '../../src-main/handover/folder/bring-files.ts'
import type { FilePort } from '../../src-main/handover/folder/durable-file.ts'
import { createFolderDeliverer } from '../../src-main/handover/folder/folder-deliverer.ts'
import { createDeliveryThread } from '../../src-main/handover/folder/threaded-deliverer.ts'
import { createOutbox, type Outbox, type OutboxPorts } from '../../src-main/handover/outbox/outbox.ts'
import type { NewDelivery } from '../../src-main/store/deliveries.ts'
import type { Store } from '../../src-main/store/store.ts'
import { dutyAlone } from '../store/new-visit.ts'
import { confirmedVisit, newDelivery, openTestStore } from '../store/samples.ts'
import { temporaryFolder } from '../support.ts'

const deliveryThread = join(import.meta.dirname, '../../src-main/handover/folder/delivery-thread.ts')

const clock = { now: () => new Date('2026-11-23T00:15:00Z') }

/** Short enough that a test never waits for it, long enough that a held-up lane is seen as one. */
const pauseMs = { first: 2, longest: 10, look: 5 }

export interface TestOutbox {
  readonly store: Store
  /** The folder of the destination `receipt`; exists. */
  readonly folder: string
  readonly log: LogEntry[]
  /** A hand-over for `receipt`, closed after the test. */
  start(options?: Partial<OutboxOptions>): Outbox
  /** One that will stop for ever in the middle of a step: it cannot be closed. */
  startDying(options: Partial<OutboxOptions>): void
}

interface OutboxOptions extends OutboxPorts {
  /** The folder of each destination. */
  readonly folders: Readonly<Record<string, string>>
  /** How every folder takes its files. */
  readonly target: Partial<Omit<FileTarget, 'folder'>>
  readonly takenWithinMin: number
  /** What the deliveries do their work on, in this thread; as in the product when not given: the disk, in their own. */
  readonly files: FilePort
}

export function openOutbox(folder = join(temporaryFolder(), 'receipt')): TestOutbox {
  mkdirSync(folder, { recursive: true })
  const store = openTestStore()
  const log: LogEntry[] = []
  const create = ({
    files,
    folders = { receipt: folder },
    target: ways,
    takenWithinMin = 10,
    ...options
  }: Partial<OutboxOptions>) =>
    createOutbox({
      store,
      destinations: Object.entries(folders).map(([id, path]) => {
        const target = { folder: path, endMarker: false, sharedName: false, ...ways }
        const newDeliverer = () =>
          files ? createFolderDeliverer(target, files) : createDeliveryThread(deliveryThread, target)
        return { id, takenWithinMin, folder: path, newDeliverer }
      }),
      dutyOf: dutyAlone,
      renderAgain: async () => null,
      clock,
      log: { write: (entry) => log.push(entry) },
      pauseMs,
      ...options,
    })
  return {
    store,
    folder,
    log,
    start(options = {}) {
      const handover = create(options)
      onTestFinished(() => handover.close())
      return handover
    },
    startDying: (options) => create(options).wake(),
  }
}

/** A confirmed visit with one file for `receipt` in the outbox. */
export async function queued(store: Store, changes: Partial<NewDelivery> = {}) {
  const delivery = newDelivery('receipt', changes)
  const visit = await confirmedVisit(store, [delivery])
  return { delivery, visit }
}

/** Resolves as soon as the hand-over reports a change after which `condition` holds. */
export async function until(handover: Outbox, condition: () => Promise<boolean>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const look = () => void condition().then((holds) => holds && resolve(), reject)
  const stop = handover.onChange(look)
  look()
  await promise
  stop()
}

export const isDelivered = (store: Store, id: string) => async () => (await store.delivery(id))?.state === 'delivered'

/** Names and contents of everything that lies in a folder. */
export const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

/** What the folder must hold when exactly these files have arrived. */
export const arrived = (...deliveries: readonly NewDelivery[]): Record<string, string> =>
  Object.fromEntries(deliveries.map(({ fileName, payload }) => [fileName, Buffer.from(payload).toString()]))

/** As Node gives it: known as the system's by its call, whatever its code. */
export const systemError = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(code), { code, errno: -4094, syscall: 'open' })
