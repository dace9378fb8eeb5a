// Hears what other desks have changed. The server tells that something was committed; what it was is read by its number, and so it
// is after every time the line was gone, and once in a while anyway: a word that was not heard costs time, never a change. Changes
// are numbered in the order in which they were committed (the site's lock), so „everything after the last one that was read“ is whole.
//
// The last one read is read again each time, with when it was made. Where it is not there any more (the desk was away for longer
// than changes are kept, or the server was put back to a copy), everything is read anew.
import { z } from 'zod'
import { type Change, changeKinds, type Heard } from '../../ground/changes.ts'
import { growingPause } from '../../ground/growing-pause.ts'
import type { Feed, FeedListener } from '../feed.ts'
import type { ServerAccess } from './access.ts'
import { type ChangeRow, changesAtOnce, changesBehind, newestChange } from './changes.ts'
import { type Ear, type Limits, openEar, usualLimits } from './connection.ts'
import type { OpenServer } from './opening.ts'

/** In milliseconds: between two looks where the server tells and nothing was told; where it does not tell; after a failure. */
interface FeedPauseMs {
  readonly look: number
  readonly deaf: number
  readonly first: number
  readonly longest: number
}

const usualPauseMs: FeedPauseMs = { look: 10_000, deaf: 1_000, first: 100, longest: 5_000 }

const kindSchema = z.enum(changeKinds)

export interface FeedPorts {
  readonly access: ServerAccess
  readonly server: Pick<OpenServer, 'runReading' | 'isOwn' | 'schema'>
  /** Told before all others: for what the store itself keeps in memory. */
  readonly first: FeedListener
  readonly limits?: Limits | undefined
  readonly pauseMs?: FeedPauseMs | undefined
}

/** From here on nothing is missed, whenever somebody begins to watch. */
export async function openFeed(ports: FeedPorts): Promise<Feed & { close(): Promise<void> }> {
  const { access, server, first, limits = usualLimits, pauseMs = usualPauseMs } = ports
  let place = await server.runReading(newestChange())
  const listeners = new Set<FeedListener>()
  let running: Promise<void> | null = null
  let isClosed = false
  let ear: Ear | null = null
  /** Something may have been committed that has not been read. */
  let isDue = true
  let wake = () => {}

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (isDue || isClosed) wake()
    })

  const tell = async (heard: Heard) => {
    await first(heard)
    for (const listener of listeners) await listener(heard)
  }

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const rows = await server.runReading(changesBehind(place))
      if (isClosed) return
      if (rows === null) {
        const next = await server.runReading(newestChange())
        await tell({ kind: 'everything' })
        place = next
        return
      }
      const heard = heardOf(rows.filter(({ writer }) => !server.isOwn(writer)))
      if (heard) await tell(heard)
      place = rows.at(-1) ?? place
      if (rows.length < changesAtOnce) return
    }
  }

  const listen = async (): Promise<Ear> => {
    let opened: Ear | null = null
    opened = await openEar(access, limits, {
      channel: server.schema,
      told(writer) {
        if (server.isOwn(writer)) return
        isDue = true
        wake()
      },
      lost() {
        if (ear === null || ear !== opened) return
        ear = null
        wake()
      },
    })
    return opened
  }

  /** Whether we listen. One that nobody has spoken on for long is asked whether it is still there. */
  const hear = async (): Promise<boolean> => {
    try {
      if (ear === null) ear = await listen()
      else if (!isDue) await ear.check()
      return true
    } catch {
      const gone = ear
      ear = null
      void gone?.close()
      return false
    }
  }
  const isCaughtUp = () =>
    catchUp().then(
      () => true,
      () => false,
    )

  const run = async () => {
    const pause = growingPause(pauseMs)
    while (!isClosed) {
      const isHeard = await hear()
      isDue = false
      // Also where nobody can be listened to, with the pauses of failures.
      const isWell = (await isCaughtUp()) && isHeard
      if (isWell) await rest(ear?.hears ? pauseMs.look : pauseMs.deaf)
      if (isWell && ear) pause.reset()
      else await rest(pause.next())
    }
    await ear?.close()
  }

  return {
    watch(listener) {
      listeners.add(listener)
      running ??= run()
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      wake()
      await running
    },
  }
}

/** null: nothing. A kind that a newer desk knows may be anything. */
function heardOf(rows: readonly ChangeRow[]): Heard | null {
  const changes = new Map<string, Change>()
  for (const { kind, id } of rows) {
    const known = kindSchema.safeParse(kind)
    if (!known.success) return { kind: 'everything' }
    changes.set(`${kind} ${id}`, { kind: known.data, id })
  }
  return changes.size === 0 ? null : { kind: 'changes', changes: [...changes.values()] }
}
