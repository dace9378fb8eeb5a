// What goes wrong in training, switched from the screen: the switches of the stand-ins, under the names that a counter has for
// them. They hold until somebody ends them, or training is left; nothing of them is kept over a start.
import { existsSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingFault } from '../contract/training.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { systemCode } from '../ground/system-error.ts'
import type { VirtualReader } from '../stand-ins/card/virtual-reader.ts'
import type { SandboxHub } from '../stand-ins/hub/calls.ts'
import type { Fault } from '../stand-ins/hub/faults.ts'
import type { Quirks } from '../stand-ins/terminal/quirks.ts'
import type { SandboxTerminal } from '../stand-ins/terminal/sandbox-terminal.ts'

/** The hub has one fault at a time: a second one takes the place of the first. */
const ofHub: Partial<Record<TrainingFault, Fault>> = {
  hubDown: { kind: 'down' },
  hubSlow: { kind: 'slow', ms: 5_000 },
  hubBusy: { kind: 'rateLimit', retryAfterS: 30 },
  hubCertificate: { kind: 'expiredCertificate' },
  hubClock: { kind: 'clockOff', seconds: 1_200 },
  hubOtherPerson: { kind: 'otherPerson', reference: 'same' },
}

const ofTerminal: Partial<Record<TrainingFault, Quirks>> = {
  terminalSilent: { answerNever: true },
  terminalEncrypted: { encrypted: true },
}

/** The card is pulled in the middle of its certificate. */
const pulledAt = 4

/** How often the receipt computer that takes nothing looks, in milliseconds. */
const refusingMs = 300

/** Errors: DESTINATION_BUSY, where another program holds a file of the folder that is to go: then all is as it was. */
export interface TrainingFaults {
  on(): readonly TrainingFault[]
  /** Resolves when it holds, or no longer does. */
  switchTo(fault: TrainingFault, isOn: boolean): Promise<Result<void>>
  endAll(): Promise<Result<void>>
}

export function createTrainingFaults(ports: {
  readonly sandbox: Pick<SandboxHub, 'setFault'>
  readonly reader: Pick<VirtualReader, 'setQuirks' | 'setPlugged'>
  readonly terminal: Pick<SandboxTerminal, 'setQuirks'> | null
  /** The folders of the training's own destinations; those of a clinic are left alone. */
  readonly folders: readonly string[]
}): TrainingFaults {
  const { sandbox, reader, terminal, folders } = ports
  let on: readonly TrainingFault[] = []
  let stopRefusing = () => {}
  // One that was killed in the middle of a rehearsal.
  for (const folder of folders) bringBack(folder)

  const hold = async (): Promise<void> => {
    const isOn = (fault: TrainingFault) => on.includes(fault)
    const hubFault = on.map((fault) => ofHub[fault]).find((fault) => fault !== undefined)
    await sandbox.setFault(hubFault ?? null)
    reader.setPlugged(!isOn('readerGone'))
    reader.setQuirks(isOn('cardPulled') ? { pulledAt } : {})
    terminal?.setQuirks(Object.assign({}, ...on.map((fault) => ofTerminal[fault])))
    for (const folder of folders) (isOn('folderAway') ? takeAway : bringBack)(folder)
    stopRefusing()
    stopRefusing = isOn('receiptRefuses') ? refuseFiles(folders) : () => {}
  }
  // One after the other: the hub's door opens and closes.
  let last: Promise<unknown> = Promise.resolve()
  const change = (next: (now: readonly TrainingFault[]) => readonly TrainingFault[]): Promise<Result<void>> => {
    const changing = last.then(async (): Promise<Result<void>> => {
      const before = on
      on = next(before)
      try {
        await hold()
        return ok(undefined)
      } catch (error) {
        if (systemCode(error) === null) throw error
        on = before
        return fail('DESTINATION_BUSY')
      }
    })
    last = changing.catch(() => undefined)
    return changing
  }

  return {
    on: () => on,
    switchTo: (fault, isOn) =>
      change((now) => {
        const others = now.filter((each) => each !== fault && !(isOn && ofHub[fault] && ofHub[each]))
        return isOn ? [...others, fault] : others
      }),
    endAll: () => change(() => []),
  }
}

const awayOf = (folder: string) => `${folder}.away`

function takeAway(folder: string): void {
  if (existsSync(folder) && !existsSync(awayOf(folder))) renameSync(folder, awayOf(folder))
}

/** Under its name again; an empty folder that was made in its place gives way, one with files takes them in. */
function bringBack(folder: string): void {
  const away = awayOf(folder)
  if (!existsSync(away)) return
  if (!existsSync(folder)) {
    renameSync(away, folder)
    return
  }
  for (const name of readdirSync(away))
    if (!existsSync(join(folder, name))) renameSync(join(away, name), join(folder, name))
  if (readdirSync(away).length === 0) rmdirSync(away)
}

/** A receipt computer that puts every file aside as wrong that comes from now on; returns what ends that. */
function refuseFiles(folders: readonly string[]): () => void {
  const before = new Set(folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : [])))
  const look = async (folder: string) => {
    const names = (await readdir(folder)).filter((name) => /\.(csv|json|xml|txt)$/.test(name) && !before.has(name))
    if (names.length > 0) await mkdir(join(folder, 'err'), { recursive: true })
    for (const name of names) await rename(join(folder, name), join(folder, 'err', name))
  }
  // A file that is just being brought is there at the next look.
  const timer = setInterval(() => folders.map((folder) => look(folder).catch(() => undefined)), refusingMs)
  timer.unref()
  return () => clearInterval(timer)
}
