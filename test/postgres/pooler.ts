// A PgBouncer of our own before the tests' server, in transaction mode and with fewer connections than desks want: every
// transaction may be another one behind it.
import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { eventually } from '../support.ts'
import { asOwner, freePort, ownerOf, type PostgresPlace, serverCertificate } from './server.ts'

const program = '/usr/sbin/pgbouncer'
export const hasPooler = () => existsSync(program)

/** For ServerAccess. */
export async function startPooler({ folder, port, desk }: PostgresPlace) {
  const own = mkdtempSync(join(tmpdir(), 'madoguchi-pooler-'))
  const owner = ownerOf()
  const write = (name: string, text: string) => {
    const file = join(own, name)
    writeFileSync(file, text, { mode: 0o600 })
    if (owner) chownSync(file, owner.uid, owner.gid)
    return file
  }
  if (owner) chownSync(own, owner.uid, owner.gid)
  const { ca, certificate, privateKey } = await serverCertificate()
  const place = { host: '127.0.0.1', port: await freePort(), ca }
  const settings = {
    listen_addr: place.host,
    listen_port: place.port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: write('users', `"${desk.user}" "${desk.password}"\n`),
    pool_mode: 'transaction',
    default_pool_size: 2,
    client_tls_sslmode: 'require',
    client_tls_cert_file: write('server.crt', certificate),
    client_tls_key_file: write('server.key', privateKey),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  const database = `${desk.database} = host=${folder} port=${port}`
  const file = write('pgbouncer.ini', `[databases]\n${database}\n[pgbouncer]\n${lines.join('\n')}\n`)
  const child = spawn('setpriv', [...asOwner(owner), program, '-q', file], { cwd: own, stdio: 'ignore' })
  onTestFinished(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.kill('SIGKILL')) await gone
    rmSync(own, { recursive: true, force: true })
  })
  await eventually('the pooler listens', async () => {
    const socket = connect(place.port, place.host)
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    socket.destroy()
    return isThere
  })
  return place
}
