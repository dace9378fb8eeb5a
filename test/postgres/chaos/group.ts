// Desks of one process, from outside: begun, killed, stopped and begun again on the same journals, each desk with a line of its own.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ServerAccess } from '../../../src-main/store/postgres/access.ts'
import type { PostgresPlace } from '../server.ts'
import { type Line, openWire } from '../wire.ts'
import type { DesksTask } from './desks.ts'
import { type JournalLine, readJournal } from './journal.ts'

/** What the next commit on a line meets: it does not arrive; its answer is not heard; and nothing goes any more after that. */
type Aim = { readonly at: 'commit' | 'answer'; readonly isAwayAfter: boolean; readonly isHit: () => void }

export interface DeskLine extends Line {
  aim(aim: Aim | null): void
  end(): void
}

export interface Group {
  readonly ids: readonly string[]
  readonly lines: readonly [DeskLine, ...DeskLine[]]
  readonly state: 'up' | 'stopped' | 'down'
  /** All of its desks have their store. */
  readonly isOpen: boolean
  /** Every visit of its share has been begun and is through. */
  readonly isThrough: boolean
  /** How many of its share have not been begun. */
  left(): number
  start(): void
  /** Without farewell. Resolves once it is gone. */
  kill(): Promise<void>
  stop(): void
  goOn(): void
  /** No visit is begun any more. */
  enough(): void
  /** In order. */
  end(): Promise<void>
  journal(): readonly JournalLine[]
}

export interface GroupPlan {
  readonly place: PostgresPlace
  readonly site: ServerAccess
  readonly ids: readonly string[]
  /** As whom the server knows them all; each by its own id where there is none. */
  readonly user?: string
  readonly visits: number
  /** Absolute path without its end: a journal for each run. */
  readonly journals: string
  readonly task: Omit<DesksTask, 'desks' | 'journal' | 'visits'>
  /** A visit more is through. */
  readonly told: () => void
  /** It has ended, and nobody has ended it. */
  readonly hasFallen: (code: number | null) => void
}

const isCommit = (data: Buffer) => data.includes('INTO writers') && data.includes('COMMIT')

async function openLine(place: PostgresPlace): Promise<DeskLine> {
  let aim: Aim | null = null
  const hits = (at: Aim['at']) => (data: Buffer) => {
    if (aim?.at !== at || !isCommit(data)) return false
    const { isAwayAfter, isHit } = aim
    aim = null
    if (isAwayAfter) line.refuse(true)
    isHit()
    return true
  }
  const line = await openWire(place, {
    from: 'socket',
    to: 'socket',
    cutsBefore: hits('commit'),
    cutsAfter: hits('answer'),
  })
  return {
    ...line,
    aim(given) {
      aim = given
    },
  }
}

export async function openGroup(plan: GroupPlan): Promise<Group> {
  const { place, site, ids, journals, task } = plan
  const opened = await Promise.all(ids.map(() => openLine(place)))
  const [first, ...others] = opened
  if (!first) throw new Error('a group has a desk')
  const lines = [first, ...others] as const
  let child: ChildProcess | null = null
  let state: Group['state'] = 'down'
  let isOpen = false
  let isThrough = false
  let runs = 0
  let isEnough = false

  const journal = () => Array.from({ length: runs }, (_, run) => readJournal(`${journals}-${run + 1}`)).flat()
  const left = () => plan.visits - new Set(journal().flatMap((line) => (line.kind === 'told' ? [line.visit] : []))).size

  const gone = async (signal?: 'SIGKILL') => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const exited = once(ending, 'exit')
    if (signal) ending.kill(signal)
    await exited
  }

  return {
    ids,
    lines,
    get state() {
      return state
    },
    get isOpen() {
      return isOpen
    },
    get isThrough() {
      return isThrough
    },
    left,
    journal,
    start() {
      const visits = isEnough ? 0 : left()
      runs++
      const started = fork(join(import.meta.dirname, 'desks.ts'), { serialization: 'json' })
      child = started
      state = 'up'
      isThrough = false
      started.on('message', (message) => {
        if (message === 'open') isOpen = true
        if (message === 'through') isThrough = true
        if (message === 'visit') plan.told()
      })
      started.once('exit', (code) => {
        if (child !== started) return
        child = null
        state = 'down'
        plan.hasFallen(code)
      })
      const desks = ids.map((id, index) => {
        const { host, port } = lines[index] ?? first
        return { id, access: { ...site, host, port, user: plan.user ?? id } }
      })
      const given: DesksTask = {
        ...task,
        seed: task.seed + runs * 1_000,
        desks,
        visits,
        journal: `${journals}-${runs}`,
      }
      started.send(given)
    },
    async kill() {
      state = 'down'
      await gone('SIGKILL')
    },
    stop() {
      if (state === 'up' && child?.kill('SIGSTOP')) state = 'stopped'
    },
    goOn() {
      if (state === 'stopped' && child?.kill('SIGCONT')) state = 'up'
    },
    enough() {
      isEnough = true
      child?.send('enough')
    },
    async end() {
      if (state === 'down') return
      state = 'down'
      child?.send('end')
      await gone()
    },
  }
}
