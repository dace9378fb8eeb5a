// The line to the server: encrypted, to a server that the site's own CA vouches for, and with a password that is proved without
// being sent (SCRAM). A server that asks for it otherwise, or for none, is told nothing. Nothing of the session is relied on, so
// that PgBouncer may hand every transaction to another connection behind it.
import { TLSSocket } from 'node:tls'
import { Client, type ClientConfig, type CustomTypesConfig, Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import type { ServerAccess } from './access.ts'
import { UnfitServer } from './failures.ts'

/** How long things may take, in milliseconds. */
export interface Limits {
  readonly connectMs: number
  /** A statement, with waiting for the site's lock. The server gives up first, so that both know it. */
  readonly statementMs: number
  /** A desk that is silent in a transaction has gone: what it holds is let go of. */
  readonly silentMs: number
}

export const usualLimits: Limits = { connectMs: 5_000, statementMs: 10_000, silentMs: 5_000 }

/** How much longer than the server the desk waits for its word. */
const graceMs = 2_000

/** Proves the password by SCRAM and by nothing else. */
class ScramClient extends Client {
  /** The server has shown that it knows the password too. */
  isProved = false

  constructor(config?: ClientConfig) {
    let unfit: UnfitServer | null = null
    const password = config?.password
    super({
      ...config,
      // Asked for by pg before it answers: whatever the server wants instead of SCRAM, it does not get.
      password: async () => {
        if (unfit) throw unfit
        return typeof password === 'function' ? password() : (password ?? '')
      },
    })
    const refuse = () => {
      unfit = new UnfitServer('password')
      this.connection.stream.destroy(unfit)
    }
    this.connection.once('authenticationCleartextPassword', refuse)
    this.connection.once('authenticationMD5Password', refuse)
    this.connection.once('authenticationSASLFinal', () => {
      this.isProved = true
    })
  }
}

/** A connection that listens. */
export interface Ear {
  /** Not behind a pooler. */
  readonly hears: boolean
  /** Rejects where it is gone without a word. */
  check(): Promise<void>
  close(): Promise<void>
}

function configOf(access: ServerAccess, { connectMs, statementMs }: Limits): ClientConfig {
  const { host, port, database, user, password, ca } = access
  return {
    host,
    port,
    database,
    user,
    password: () => password,
    // A list, because an empty text would stand for every CA that this computer trusts. A socket's path: nothing of it leaves this computer.
    ssl: host.startsWith('/') ? false : { ca: [ca], rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    enableChannelBinding: true,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs + graceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'madoguchi',
  }
}

/** Whether what answers is a pooler, not the server: it gives the number of a process that is not `process`, which has worked. */
export const isPooler = (client: object, process: number): boolean =>
  !('processID' in client && client.processID === process)

/** One for itself, where `told` is called with what is said on the channel; `lost` once it is gone. Throws what the server says. */
export async function openEar(
  access: ServerAccess,
  limits: Limits,
  { channel, told, lost }: { readonly channel: string; told(payload: string): void; lost(): void },
): Promise<Ear> {
  const client = new ScramClient(configOf({ ...access, ...access.direct }, limits))
  client.on('error', () => undefined)
  client.on('end', lost)
  client.on('notification', ({ payload = '' }) => told(payload))
  const close = () => client.end().catch(() => undefined)
  try {
    await client.connect()
    if (!client.isProved) throw new UnfitServer('password')
    const { rows } = await client.query('SELECT pg_backend_pid() AS process')
    // What a pooler gives is another's afterwards: it would be left listening for nobody.
    const hears = !isPooler(client, processRow.parse(rows)[0].process)
    if (hears) await client.query(`LISTEN "${channel}"`)
    return { hears, check: async () => void (await client.query('SELECT 1')), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * One for a look, with the day until which the server's certificate is good; null: it is reached over a socket. Throws what the server
 * says.
 */
export async function onOne<T>(
  access: ServerAccess,
  limits: Limits,
  look: (client: Client, certificateEnds: Date | null) => Promise<T>,
): Promise<T> {
  const client = new ScramClient(configOf(access, limits))
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (!client.isProved) throw new UnfitServer('password')
    const { stream } = client.connection
    return await look(client, stream instanceof TLSSocket ? new Date(stream.getPeerCertificate().valid_to) : null)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const processRow = z.tuple([z.object({ process: z.coerce.number() })])

export interface OpenPool {
  readonly pool: Pool
  /** Whoever waits for the server is told at once that it does not answer, and so is whoever asks it from now on. */
  cutOff(): void
}

/** A few connections, made when they are wanted. `types`: how values are read. */
export function openPool(access: ServerAccess, types: CustomTypesConfig, limits: Limits): OpenPool {
  const open = new Set<ScramClient>()
  class PooledClient extends ScramClient {
    constructor(config?: ClientConfig) {
      super(config)
      open.add(this)
      this.once('end', () => open.delete(this))
    }
  }
  const pool = new Pool({
    ...configOf(access, limits),
    types,
    max: access.connections,
    // What is asked goes out without waiting for what was asked before.
    pipeline: true,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    Client: PooledClient,
    // Of a new one, before anything is asked of it: a server that wants no password is told no more either.
    verify: (client, done) => {
      done(client instanceof ScramClient && client.isProved ? undefined : new UnfitServer('password'))
    },
  })
  // Whoever uses a connection that breaks is told by what they asked of it.
  pool.on('error', () => undefined)
  pool.on('connect', (client: PoolClient) => {
    client.on('error', () => undefined)
  })
  return {
    pool,
    cutOff() {
      // No connection comes up in so short a time: whoever stands in line for one is told so.
      pool.options.connectionTimeoutMillis = 1
      for (const client of open) client.connection.stream.destroy()
    },
  }
}
