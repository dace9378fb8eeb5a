// Brings outbox rows into their destination's folder, each exactly once, whenever and wherever the program was stopped.
//
//   queued      write name.tmp, fsync                          → commit `publishing`
//   publishing  rename to name (never over another), fsync     → read back → commit `delivered`
//
// The commit in the middle is what makes a restart decidable. Found `queued`, the name was never shown: start anew.
// Found `publishing`, the temporary file says that the rename is still to come, the final name that it has happened.
// Both gone: the receipt computer has taken the file, or the folder is another one (a share that is not mounted yet
// after the power came back leaves an empty folder in its place). That cannot be told apart, so nothing is written and
// nothing is called delivered: a person looks. A second import, or a lost one, would be worse than a question.
// The folder is not synced before the commit: should a power failure take the temporary file's name away on a file system
// that does not keep it with the content, the same question is asked.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failureClass } from '../contract/failures.ts'
import { type Failure, fail, ok, type Result } from '../contract/result.ts'
import type { DeliveryRecord } from '../store/store.ts'
import { type FilePort, fileWork } from './durable-file.ts'

/** How a folder takes its files. */
export interface FileTarget {
  /** Absolute path. */
  readonly folder: string
  /** An empty file `<name>.end` says that the file is whole. */
  readonly endMarker: boolean
  /** Every row lands under one and the same name (`receipt.txt`), and waits until the file before it has been taken. */
  readonly sharedName: boolean
}

export interface DeliveryPorts {
  readonly payload: (deliveryId: string) => Promise<Uint8Array | null>
  /** Commits the state `publishing` of rows, all at once; an answer for each. */
  readonly commitPublishing: (deliveries: readonly DeliveryRecord[]) => Promise<readonly Result<void>[]>
}

/** `delivered`: it is or was there whole; `acknowledged`: and has been taken in. */
export type Outcome = Result<'delivered' | 'acknowledged'>

/**
 * Brings rows to their destination, in their order, as many of them as it likes to take at once (one at least). Returns
 * the outcomes of the first ones; after one that holds the lane up, none.
 * Errors: by their class. Transient ones (DESTINATION_ codes) are tried again later, nothing is lost; ambiguous ones
 * (DESTINATION_CONFLICT, DELIVERY_UNVERIFIED) are for a person; permanent ones mean that the destination refuses.
 */
type Deliver = (deliveries: readonly DeliveryRecord[], ports: DeliveryPorts) => Promise<readonly Outcome[]>

/** What became of a file that was delivered. `refused`: the receipt computer has put its name under `err/`. */
export type Fate = 'waiting' | 'acknowledged' | 'refused'

export interface Deliverer {
  /** Not before the last one is through. */
  readonly deliver: Deliver
  /** The fates of delivered rows, in their order. Errors: transient ones (the destination cannot be looked at now). */
  look(deliveries: readonly DeliveryRecord[]): Promise<Result<readonly Fate[]>>
  /** Names of files that were begun and never shown: ours, or another program's. Errors: as above. */
  unfinished(): Promise<Result<readonly string[]>>
  /** Removes what a crash has left of a row that is not wanted any more. */
  clear(delivery: DeliveryRecord): Promise<Result<void>>
  /** Lets go of what it runs on, at once. */
  close(): Promise<void>
}

/** Bytes that are left to the receipt computer on a disk that is nearly full: its own work must not stop because of us. */
const roomForOthers = 1_048_576

export const temporaryName = (name: string) => `${name}.tmp`

/** Rows that share their commits: enough to make these cheap, few enough that a file is soon seen. */
const atOnce = 50

/** The first rows, as many as go together: under a shared name the next file waits for the one before to be taken. */
export const together = (
  deliveries: readonly DeliveryRecord[],
  { sharedName }: FileTarget,
): readonly DeliveryRecord[] => deliveries.slice(0, sharedName ? 1 : atOnce)

/** What is to be done for a row after the look at its folder. */
type Plan =
  | { readonly kind: 'over'; readonly outcome: Outcome }
  /** Its temporary file lies there whole. */
  | { readonly kind: 'publish' }

/** Nothing behind it may overtake it. */
const holdsUp = (outcome: Outcome) => !outcome.ok && failureClass[outcome.error.code] === 'transient'

/**
 * The rows of one folder together: every step is made for all of them before the next, so that they share the two commits
 * and the folder's sync. Each row for itself goes through the states above.
 */
export async function deliverFiles(
  deliveries: readonly DeliveryRecord[],
  target: FileTarget,
  ports: DeliveryPorts & { readonly files: FilePort },
): Promise<readonly Outcome[]> {
  const plans: { readonly delivery: DeliveryRecord; readonly plan: Plan }[] = []
  for (const delivery of deliveries) {
    const plan = await prepare(delivery, target, ports)
    plans.push({ delivery, plan })
    if (plan.kind === 'over' && holdsUp(plan.outcome)) break
  }

  const asked = plans.flatMap(({ delivery, plan }) =>
    plan.kind === 'publish' && delivery.state !== 'publishing' ? [delivery] : [],
  )
  const answers = asked.length > 0 ? await ports.commitPublishing(asked) : []
  const committed = new Map(asked.map(({ id }, index) => [id, answers[index]]))

  const outcomes: Outcome[] = []
  const shown: { readonly delivery: DeliveryRecord; readonly place: number }[] = []
  for (const { delivery, plan } of plans) {
    const commit = committed.get(delivery.id)
    if (plan.kind === 'over') outcomes.push(plan.outcome)
    else if (commit && !commit.ok) outcomes.push(commit)
    else {
      const named = await show(delivery, target, ports.files)
      if (named.ok) shown.push({ delivery, place: outcomes.length })
      outcomes.push(named)
    }
    if (outcomes.some(holdsUp)) break
  }
  const [first] = shown
  if (!first) return outcomes

  const synced = await fileWork(first.delivery.destination, () => ports.files.syncFolder(target.folder))
  for (const { delivery, place } of shown) {
    outcomes[place] = synced.ok ? await readBack(delivery, target, ports.files) : synced
  }
  const stop = outcomes.findIndex(holdsUp)
  return stop < 0 ? outcomes : outcomes.slice(0, stop + 1)
}

const isOurs = (content: Uint8Array, { sha256 }: DeliveryRecord) =>
  createHash('sha256').update(content).digest('hex') === sha256
const pathOf = (delivery: DeliveryRecord, { folder }: FileTarget) => join(folder, delivery.fileName)

/** The name is there: whatever must follow it but the sync. Doing it again changes nothing. */
async function mark(final: string, target: FileTarget, files: FilePort): Promise<void> {
  if (target.endMarker) await files.writeDurably(`${final}.end`, new Uint8Array())
}

async function show(delivery: DeliveryRecord, target: FileTarget, files: FilePort): Promise<Outcome> {
  const final = pathOf(delivery, target)
  const named = await fileWork(delivery.destination, async () => {
    await files.rename(temporaryName(final), final)
    await mark(final, target, files)
  })
  return named.ok ? ok('delivered') : named
}

async function readBack(delivery: DeliveryRecord, target: FileTarget, files: FilePort): Promise<Outcome> {
  const { destination } = delivery
  const read = await fileWork(destination, () => files.read(pathOf(delivery, target)))
  if (!read.ok) return read
  // Gone already: the receipt computer was quicker than our look.
  const isRight = read.value === null || isOurs(read.value, delivery)
  return isRight ? ok('delivered') : fail('DELIVERY_UNVERIFIED', { destination })
}

/** Looks at what is there of a row, and puts its bytes under the temporary name where they are not. */
async function prepare(
  delivery: DeliveryRecord,
  target: FileTarget,
  { files, payload }: DeliveryPorts & { readonly files: FilePort },
): Promise<Plan> {
  const { destination } = delivery
  const final = pathOf(delivery, target)
  const temporary = temporaryName(final)
  const over = (outcome: Outcome): Plan => ({ kind: 'over', outcome })
  const refuse = (code: Failure['code']) => over(fail(code, { destination }))

  const found = await fileWork(destination, () => files.read(final))
  if (!found.ok) return over(found)
  if (found.value) {
    if (!isOurs(found.value, delivery)) {
      return refuse(target.sharedName ? 'DESTINATION_NOT_TAKEN' : 'DESTINATION_CONFLICT')
    }
    // Renamed by a run that ended there: the name may not be on the disk yet.
    const finished = await fileWork(destination, async () => {
      await mark(final, target, files)
      await files.syncFolder(target.folder)
    })
    return over(finished.ok ? ok('delivered') : finished)
  }

  if (delivery.state === 'publishing') {
    const prepared = await fileWork(destination, () => files.read(temporary))
    if (!prepared.ok) return over(prepared)
    if (prepared.value && isOurs(prepared.value, delivery)) return { kind: 'publish' }
    if (prepared.value === null) {
      const isFolder = await fileWork(destination, () => files.isFolder(target.folder))
      if (!isFolder.ok) return over(isFolder)
      return refuse(isFolder.value ? 'DELIVERY_UNVERIFIED' : 'DESTINATION_MISSING')
    }
    // Damaged since it was written; the name was never shown, so it is simply written again.
  }

  const content = await payload(delivery.id)
  if (content === null) return refuse('DELIVERY_UNVERIFIED')
  const room = await fileWork(destination, () => files.room(target.folder))
  if (!room.ok) return over(room)
  if (room.value !== null && room.value < content.length + roomForOthers) return refuse('DESTINATION_FULL')
  const prepared = await fileWork(destination, async () => {
    try {
      await files.writeDurably(temporary, content)
    } catch (error) {
      // A torn temporary file would only take room on a full disk.
      await files.remove(temporary).catch(() => undefined)
      throw error
    }
  })
  return prepared.ok ? { kind: 'publish' } : over(prepared)
}
