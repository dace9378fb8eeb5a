// Brings outbox rows into their destination's folder, each exactly once, whenever and wherever the program was stopped.
//
//   queued      write name.tmp, fsync                          → commit `publishing`
//   publishing  rename to name (never over another), fsync     → read back → commit `delivered`
//
// The commit in the middle is what makes a restart decidable. Found `queued`, the name was never shown: start anew.
// Found `publishing`, the temporary file says that the rename is still to come, the final name that it has happened.
// Both gone: the receipt computer has taken the file, or the folder is another one (a share that is not mounted yet
// after the power came back leaves an empty folder in its place). That cannot be told apart, so nothing is written and
// nothing is called delivered: a person looks. A second import, or a lost one, would be worse than a question. Only a run
// that gave the name itself, in this very folder, knows that the file was taken.
// From the rename on the file is the receipt computer's: one that lets nobody else read while it reads has it.
// The folder is not synced before the commit: should a power failure take the temporary file's name away on a file system
// that does not keep it with the content, the same question is asked.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failureClass } from '../../ground/failures.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { DeliveryRow } from '../../store/deliveries.ts'
import type { DeliveryPorts, OurFile, Outcome, Traits } from '../deliverer.ts'
import { type FilePort, fileWork, find } from './durable-file.ts'

/** How a folder takes its files. */
export interface FileTarget {
  /** Absolute path. */
  readonly folder: string
  /** An empty file `<name>.end` says that the file is whole. */
  readonly endMarker: boolean
  /** Every row lands under one and the same name (`receipt.txt`), and waits until the file before it has been taken. */
  readonly sharedName: boolean
}

/** Bytes that are left to the receipt computer on a disk that is nearly full: its own work must not stop because of us. */
export const roomForOthers = 1_048_576

/** What the name of every file ends with that is not finished. */
export const unfinishedEnd = '.tmp'

/** Carries the row's id also where the final name is one and the same: nobody can guess it, and no row finds another's. */
export const temporaryName = ({ id, fileName }: Pick<DeliveryRow, 'id' | 'fileName'>): string =>
  fileName.includes(id) ? `${fileName}${unfinishedEnd}` : `${fileName}.${id}${unfinishedEnd}`

/** Rows that share their commits: enough to make these cheap, few enough that a file is soon seen. */
const atOnce = 50

/** A folder that is away or full is so for every file; a file keeps its bytes whatever is known later. */
export const fileTraits: Traits = { isOwnFault: () => false, rendersAnew: false }

/** The first rows, as many as go together: under a shared name the next file waits for the one before to be taken. */
export const together = (deliveries: readonly DeliveryRow[], { sharedName }: FileTarget): readonly DeliveryRow[] =>
  deliveries.slice(0, sharedName ? 1 : atOnce)

/** What is to be done for a row after the look at its folder. */
type Plan =
  | { readonly kind: 'over'; readonly outcome: Outcome }
  /** Its temporary file lies there whole. */
  | { readonly kind: 'publish' }

/** The folder as it is now, and what this run has shown. */
export interface FolderPorts extends DeliveryPorts {
  readonly files: FilePort
  /** Which folder it is, as FilePort.identity. */
  readonly identity: string
  /** By row, the folder in which its name was given. */
  readonly shown: Map<string, string>
}

/** Nothing behind it may overtake it. */
const holdsUp = (outcome: Outcome) => !outcome.ok && failureClass[outcome.error.code] === 'transient'

/**
 * The rows of one folder together: every step is made for all of them before the next, so that they share the two commits
 * and the folder's sync. Each row for itself goes through the states above.
 */
export async function deliverFiles(
  deliveries: readonly DeliveryRow[],
  target: FileTarget,
  ports: FolderPorts,
): Promise<readonly Outcome[]> {
  const plans: { readonly delivery: DeliveryRow; readonly plan: Plan }[] = []
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
  const shown: { readonly delivery: DeliveryRow; readonly place: number }[] = []
  for (const { delivery, plan } of plans) {
    const commit = committed.get(delivery.id)
    if (plan.kind === 'over') outcomes.push(plan.outcome)
    else if (commit && !commit.ok) outcomes.push(commit)
    else {
      const named = await show(delivery, target, ports)
      if (named.ok) shown.push({ delivery, place: outcomes.length })
      outcomes.push(named)
    }
    if (outcomes.some(holdsUp)) break
  }
  const [first] = shown
  if (!first) return outcomes

  const synced = await fileWork(first.delivery.destination, () => ports.files.syncFolder(target.folder))
  // Each has been shown, so each has its own end, whatever became of the one before.
  for (const { delivery, place } of shown) {
    const seen = await readBack(delivery, target, ports.files)
    outcomes[place] = !seen.ok ? seen : seen.value === 'ours' && !synced.ok ? synced : ok('delivered')
  }
  return outcomes
}

export const isOurs = (content: Uint8Array, { sha256 }: OurFile) =>
  createHash('sha256').update(content).digest('hex') === sha256
/** Where a row's file lies once it has arrived. */
export const pathOf = ({ fileName }: Pick<DeliveryRow, 'fileName'>, { folder }: Pick<FileTarget, 'folder'>) =>
  join(folder, fileName)
export const temporaryPathOf = (delivery: DeliveryRow, { folder }: FileTarget) => join(folder, temporaryName(delivery))

/** The name is there: whatever must follow it but the sync. Doing it again changes nothing. */
async function mark(final: string, target: FileTarget, files: FilePort): Promise<void> {
  if (target.endMarker) await files.writeDurably(`${final}.end`, new Uint8Array())
}

async function show(
  delivery: DeliveryRow,
  target: FileTarget,
  { files, shown, identity }: FolderPorts,
): Promise<Outcome> {
  const final = pathOf(delivery, target)
  const named = await fileWork(delivery.destination, async () => {
    await files.rename(temporaryPathOf(delivery, target), final)
    shown.set(delivery.id, identity)
    await mark(final, target, files)
  })
  return named.ok ? ok('delivered') : named
}

/** `theirs`: the receipt computer was quicker than our look, and has taken it or has it open for itself alone. */
async function readBack(
  delivery: DeliveryRow,
  target: FileTarget,
  files: FilePort,
): Promise<Result<'ours' | 'theirs'>> {
  const { destination } = delivery
  const found = await find(destination, pathOf(delivery, target), files)
  if (!found.ok) return found
  switch (found.value.kind) {
    case 'nothing':
      return ok('theirs')
    case 'file':
      return isOurs(found.value.content, delivery) ? ok('ours') : fail('DELIVERY_UNVERIFIED', { destination })
    case 'other':
      return fail('DELIVERY_UNVERIFIED', { destination })
    case 'held': {
      // Unless it is the share that has gone: Windows says the same then.
      const isFolder = await fileWork(destination, () => files.isFolder(target.folder))
      if (!isFolder.ok) return isFolder
      return isFolder.value ? ok('theirs') : fail('DESTINATION_MISSING', { destination })
    }
  }
}

/** Looks at what is there of a row, and puts its bytes under the temporary name where they are not. */
async function prepare(delivery: DeliveryRow, target: FileTarget, ports: FolderPorts): Promise<Plan> {
  const { destination } = delivery
  const { files } = ports
  const final = pathOf(delivery, target)
  const over = (outcome: Outcome): Plan => ({ kind: 'over', outcome })
  const refuse = (code: Failure['code']) => over(fail(code, { destination }))
  const finish = async () => {
    const finished = await fileWork(destination, async () => {
      await mark(final, target, files)
      await files.syncFolder(target.folder)
    })
    return over(finished.ok ? ok('delivered') : finished)
  }

  const found = await find(destination, final, files)
  if (!found.ok) return over(found)
  const there = found.value
  if (there.kind === 'other') return refuse('DESTINATION_CONFLICT')
  if (there.kind === 'file') {
    // Renamed by a run that ended there: the name may not be on the disk yet.
    if (isOurs(there.content, delivery)) return finish()
    return refuse(target.sharedName ? 'DESTINATION_NOT_TAKEN' : 'DESTINATION_CONFLICT')
  }
  if (delivery.state === 'publishing') {
    const begun = await find(destination, temporaryPathOf(delivery, target), files)
    if (!begun.ok) return over(begun)
    const { value: prepared } = begun
    if (prepared.kind === 'held') return over({ ok: false, error: prepared.failure })
    if (prepared.kind === 'nothing') {
      // Renamed, and somebody has it open; or taken before our eyes.
      if (there.kind === 'held') return finish()
      if (ports.shown.get(delivery.id) === ports.identity) return over(ok('delivered'))
      const isFolder = await fileWork(destination, () => files.isFolder(target.folder))
      if (!isFolder.ok) return over(isFolder)
      return refuse(isFolder.value ? 'DELIVERY_UNVERIFIED' : 'DESTINATION_MISSING')
    }
    if (there.kind === 'nothing' && prepared.kind === 'file' && isOurs(prepared.content, delivery)) {
      return { kind: 'publish' }
    }
    // Damaged since it was written; the name was never shown, so it is simply written again.
  }
  if (there.kind === 'held') return over({ ok: false, error: there.failure })
  return write(delivery, target, ports)
}

async function write(delivery: DeliveryRow, target: FileTarget, { files, payload }: FolderPorts): Promise<Plan> {
  const { destination } = delivery
  const over = (outcome: Outcome): Plan => ({ kind: 'over', outcome })
  const temporary = temporaryPathOf(delivery, target)
  const content = await payload(delivery.id)
  if (content === null) return over(fail('DELIVERY_UNVERIFIED', { destination }))
  const room = await fileWork(destination, () => files.room(target.folder))
  if (!room.ok) return over(room)
  if (room.value !== null && room.value < content.length + roomForOthers) {
    return over(fail('DESTINATION_FULL', { destination }))
  }
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
