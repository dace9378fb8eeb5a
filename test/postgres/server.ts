// A PostgreSQL of our own: Debian's, in a folder of its own, on a port and a socket of its own, with a certificate of a CA of its
// own and passwords by SCRAM, as a hospital's would be. Nothing of it is left when it is stopped. What is written need not be on
// the disk (`isDurable`): tests kill desks, and the server only where they say so.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { systemCode, unlessMissing } from '../../src-main/ground/system-error.ts'
import { issue, newAuthority, p256, serverAuth } from '../../src-main/stand-ins/certificates/authority.ts'
import type { ServerAccess } from '../../src-main/store/postgres/access.ts'

const run = promisify(execFile)

/** Debian keeps them by version, and not in the path. */
const versions = '/usr/lib/postgresql'

/** The folder of its programs; null: it is not on this computer. */
export function postgresPrograms(): string | null {
  const folders = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : []
  return folders.map((version) => join(versions, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null
}

/** What a test has to know of it. */
export interface PostgresPlace {
  readonly bin: string
  /** Its folder, with the sockets. */
  readonly folder: string
  readonly port: number
  /** PEM. */
  readonly ca: string
  /** Of whoever may do everything, for looking at it; a desk has a user of its own. */
  readonly administrator: { readonly user: string; readonly password: string }
  readonly desk: { readonly user: string; readonly password: string; readonly database: string }
}

export interface TestPostgres extends PostgresPlace {
  /** Without farewell, as when the power goes. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** Neither it nor PgBouncer runs as root. */
export function ownerOf(): Owner | null {
  if (process.getuid?.() !== 0) return null
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m)
  if (!line) throw new Error('there is no user postgres, which its package makes')
  return { uid: Number(line[1]), gid: Number(line[2]) }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

const day = 86_400_000

/** PEM, of a CA that nobody else knows. */
export async function serverCertificate() {
  const from = new Date(Date.now() - day)
  const to = new Date(Date.now() + 30 * day)
  const authority = await newAuthority('CN=A hospital', p256, from, to)
  const server = await issue(authority, p256, {
    subject: 'CN=database',
    notBefore: from,
    notAfter: to,
    usages: [serverAuth],
    names: [
      { type: 'ip', value: '127.0.0.1' },
      { type: 'dns', value: 'localhost' },
    ],
  })
  return { ...server, ca: authority.certificate }
}

/** Options of setpriv: it ends with us, also where we are killed. */
export const asOwner = (owner: Owner | null): readonly string[] => [
  '--pdeathsig=INT',
  ...(owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] : []),
]

/** Whom it asks how: users with these names are asked for their password as no server may. */
export const askedWrongly = { md5: 'asked_md5', password: 'asked_cleartext', trust: 'asked_nothing' } as const
const rules = [
  ...Object.entries(askedWrongly).map(([method, user]) => `hostssl all ${user} 127.0.0.1/32 ${method}`),
  'hostssl all all 127.0.0.1/32 scram-sha-256',
  'local all all scram-sha-256',
]

/** The processes of a server: those of its connections do not end with the first one, but only when they look for it. */
function processesOf(pid: number): readonly number[] {
  const children = unlessMissing(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), '')
  return [pid, ...children.split(' ').filter(Boolean).map(Number)]
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** `connections`: how many it takes. */
export async function startPostgres({ isDurable = false, connections = 100 } = {}): Promise<TestPostgres> {
  const bin = postgresPrograms()
  if (!bin) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-postgres-'))
  const owner = ownerOf()
  const own = (path: string) => owner && chownSync(path, owner.uid, owner.gid)
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    own(join(folder, name))
  }
  own(folder)
  const data = join(folder, 'data')
  const place: PostgresPlace = {
    bin,
    folder,
    port: await freePort(),
    ca: '',
    administrator: { user: 'administrator', password: randomBytes(12).toString('hex') },
    desk: { user: 'desk', password: randomBytes(12).toString('hex'), database: 'hospital' },
  }
  const { ca, certificate, privateKey } = await serverCertificate()
  write('password', place.administrator.password)
  write('server.crt', certificate)
  write('server.key', privateKey)
  // Texts are ordered as a hospital's database may order them: not by code points.
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=ja-JP']
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', place.administrator.user, '--pwfile', join(folder, 'password'), '--no-sync', ...locale],
    { ...owner, cwd: folder },
  )
  rmSync(join(folder, 'password'))
  write('data/pg_hba.conf', `${rules.join('\n')}\n`)
  const settings = {
    port: place.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    password_encryption: 'scram-sha-256',
    shared_buffers: '32MB',
    max_connections: `${connections}`,
    log_min_messages: 'fatal',
    ...(!isDurable && { fsync: 'off', full_page_writes: 'off' }),
  }
  let child: ChildProcess | null = null
  const end = async (signal: 'SIGKILL' | 'SIGINT') => {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    if (signal === 'SIGINT') ending.kill(signal)
    else for (const pid of processesOf(ending.pid ?? 0)) killOne(pid)
    await gone
  }
  const test: TestPostgres = {
    ...place,
    ca,
    async start() {
      const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      const command = [...asOwner(owner), join(bin, 'postgres'), '-D', data, ...args]
      const begin = () => spawn('setpriv', command, { cwd: folder, stdio: 'ignore' })
      child = begin()
      await ready(place, () => {
        // One that was killed leaves memory behind that the system may still be giving back.
        if (child?.exitCode != null) child = begin()
      })
    },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await test.start()
  await prepare(test)
  return test
}

/** Tries for an administrator's connection. */
const patience = 100

/** As who may do everything, on the socket. */
export async function administratorOf(
  { folder, port, administrator, desk }: PostgresPlace,
  database = desk.database,
): Promise<Client> {
  for (let left = patience; ; left--) {
    const client = new Client({ host: folder, port, database, ...administrator })
    try {
      await client.connect()
      return client
    } catch (error) {
      // Where the queue before a socket of the file system is full, Linux says so at once instead of waiting as on a network.
      if (systemCode(error) !== 'EAGAIN' || left === 0) throw error
      await sleep(100)
    }
  }
}

async function ready(place: PostgresPlace, notYet: () => void): Promise<void> {
  const end = performance.now() + 60_000
  for (;;) {
    try {
      const client = await administratorOf(place, 'postgres')
      await client.end()
      return
    } catch (error) {
      if (performance.now() > end) throw error
      notYet()
      await sleep(20)
    }
  }
}

async function prepare(place: TestPostgres): Promise<void> {
  const client = await administratorOf(place, 'postgres')
  const { user, password, database } = place.desk
  await client.query(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`)
  await client.query(`CREATE DATABASE ${database} OWNER ${user}`)
  for (const [method, name] of Object.entries(askedWrongly)) {
    if (method === 'md5') await client.query("SET password_encryption TO 'md5'")
    await client.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`)
    await client.query('RESET password_encryption')
  }
  await client.end()
}

/** As a desk has it. */
export const accessTo = ({ port, ca, desk }: PostgresPlace, site: string): ServerAccess => ({
  ...{ host: '127.0.0.1', port, ca, site, connections: 3 },
  ...desk,
})

let sites = 0

/** The same with a site of its own in the one database. */
export function newSite(place: PostgresPlace): ServerAccess {
  sites++
  return accessTo(place, `t${process.pid}_${sites}`)
}
