// What one program of a whole computer may have, in whosever session it runs: on a terminal server, or where users switch,
// several people's agents would else work at the same thing, each with a data folder of its own. A claim is a name of the
// system that is free again when its process has gone, however that ends, and behind it whoever asks is told who has it.
import { createHash } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { systemCode } from './system-error.ts'

/** `heldBy`: the other user, null where it is this one's or nobody says; undefined: it is ours until `release`. */
export interface Claim {
  readonly heldBy: string | null | undefined
  release(): Promise<void>
}

const holderSchema = z.string().min(1).max(200)

/** How long whoever has it is waited for to tell who it is, and to end, in milliseconds. */
const tellMs = 1_000
const waitMs = 3_000

/** Only where names of the system end with their process; elsewhere nothing is claimed. */
function addressOf(what: string, platform: NodeJS.Platform): string | null {
  const name = `madoguchi-${createHash('sha256').update(what).digest('hex').slice(0, 32)}`
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`
  return platform === 'linux' ? `\0${name}` : null
}

function ourselves(): string {
  try {
    return userInfo().username
  } catch {
    // A user without a name, in a container.
    return ''
  }
}

/** `what`: the same words for the same thing, whoever claims it. */
export async function claimOnComputer(what: string, options: { us?: string; waitMs?: number } = {}): Promise<Claim> {
  const address = addressOf(what, process.platform)
  const nothing = async () => undefined
  if (address === null) return { heldBy: undefined, release: nothing }
  const us = options.us ?? ourselves()
  const end = performance.now() + (options.waitMs ?? waitMs)
  for (;;) {
    // Asked first: Wine gives the name of a pipe to everybody who wants it, Windows and Linux to one.
    const holder = await holderOf(address)
    const release = holder === null ? await taken(address, us) : null
    if (release) return { heldBy: undefined, release }
    // An agent that is just ending lets go of it.
    if (performance.now() >= end) {
      const name = holder?.name ?? null
      return { heldBy: name === us ? null : name, release: nothing }
    }
    await pause(100)
  }
}

/** What gives it back; null: somebody else has it. */
function taken(address: string, us: string): Promise<(() => Promise<void>) | null> {
  const { promise, resolve } = Promise.withResolvers<(() => Promise<void>) | null>()
  const server = createServer((asking) => {
    asking.on('error', () => undefined)
    asking.end(us)
  })
  server.unref()
  server.once('error', (error) => {
    // A system that gives no such names: no reason not to open.
    resolve('code' in error && error.code === 'EADDRINUSE' ? null : async () => undefined)
  })
  // Another user may read from it, and no more; what Linux has of that kind is open to all.
  server.listen({ path: address, readableAll: process.platform === 'win32' }, () => {
    resolve(() => new Promise((closed) => void server.close(() => closed())))
  })
  return promise
}

/** Whoever has it, by the name it tells; null: nobody. */
async function holderOf(address: string): Promise<{ readonly name: string | null } | null> {
  const socket = connect(address)
  const timer = setTimeout(() => socket.destroy(), tellMs)
  try {
    return { name: holderSchema.parse(await text(socket)) }
  } catch (error) {
    const isNobody = ['ENOENT', 'ECONNREFUSED'].includes(systemCode(error) ?? '')
    // Else it has just gone, lets nobody ask, or speaks differently.
    return isNobody ? null : { name: null }
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}
