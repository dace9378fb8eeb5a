// The session in which the desktop program is tried: an ordinary user, with Chromium's sandbox on, who is signed in to a
// desktop with a session bus and an unlocked keyring. As root a user is made for it; everybody else is one. Each display is
// opened by who needs it (display.ts).
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { eventually } from '../support.ts'

/** What the tests are told of it, in an environment variable. */
export const sessionSchema = z.object({
  /** Starts the program as that user, who is signed in. */
  program: z.string(),
  /** The same for somebody whose computer keeps no secrets: no bus, no keyring. */
  programWithoutKeyring: z.string(),
  /** Starts any other program as that user: its name and words follow. */
  asUser: z.string(),
  /** null: the user who runs the tests. */
  user: z.object({ uid: z.int(), gid: z.int() }).nullable(),
  isStandIn: z.boolean(),
})
export type DesktopSession = z.infer<typeof sessionSchema>
export const sessionVariable = 'MADOGUCHI_DESKTOP_SESSION'

const userName = 'madoguchi-desktop'

/** Made once on a computer; it owns nothing but the folders of its sessions. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  if (spawnSync('id', ['-u', userName]).status !== 0) {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  }
  const id = (what: string) => Number(execFileSync('id', [what, userName], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Why there can be no sandbox for that user, in a sentence; null when there can. */
function missingForSandbox(asUser: readonly string[]): string | null {
  const [command = '', ...rest] = [...asUser, 'unshare', '--user', '--pid', '--net', '--fork', 'true']
  if (spawnSync(command, rest).status === 0) return null
  const helper = spawnSync('unshare', ['--pid', '--net', '--fork', 'true'])
  if (process.getuid?.() === 0 && helper.status === 0) return null
  return 'users have no name spaces here, which Chromium’s sandbox is made of (sysctl user.max_user_namespaces; in a container also its seccomp profile)'
}

export interface OpenedSession {
  readonly told: DesktopSession
  close(): void
}

/** `executable` of the program. Where there are no sessions of this kind (Windows), it is started as it is. */
export async function openSession(executable: string, isStandIn: boolean): Promise<OpenedSession | string> {
  if (process.platform !== 'linux') {
    const told = { program: executable, programWithoutKeyring: executable, asUser: '', user: null, isStandIn }
    return { told, close: () => undefined }
  }
  const user = ordinaryUser()
  const become = user
    ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--inh-caps=-all']
    : []
  const missing = missingForSandbox(become)
  if (missing) return missing

  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-desktop-'))
  chmodSync(folder, 0o755)
  const own = (name: string) => {
    const path = join(folder, name)
    mkdirSync(path, { mode: 0o700 })
    if (user) chownSync(path, user.uid, user.gid)
    return path
  }
  const environment = {
    HOME: own('home'),
    XDG_RUNTIME_DIR: own('run'),
    // Which keyring there is is guessed from the desktop.
    XDG_CURRENT_DESKTOP: 'GNOME',
  }
  /** A program of its own by which another is started as that user, within the session or outside any. */
  const starter = (name: string, words: readonly string[], bus: string | null) => {
    const path = join(folder, name)
    const set = Object.entries({ ...environment, ...(bus && { DBUS_SESSION_BUS_ADDRESS: bus }) })
    const unset = bus ? [] : ['-u', 'DBUS_SESSION_BUS_ADDRESS']
    const command = [...become, 'env', ...unset, ...set.map(([key, value]) => `${key}=${value}`), ...words]
    // As the door starts it: a core dump would hold a database's key.
    writeFileSync(path, `#!/bin/sh\nulimit -c 0\nexec ${command.map(quoted).join(' ')} "$@"\n`)
    chmodSync(path, 0o755)
    return path
  }

  const alone = starter('as-user-alone', [], null)
  const children: ChildProcess[] = []
  const close = () => {
    for (const child of children.reverse()) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const bus = await startBus(alone, children)
    const asUser = starter('as-user', [], bus)
    await startKeyring(asUser, children)
    const told = {
      program: starter('madoguchi', [executable], bus),
      programWithoutKeyring: starter('madoguchi-without-keyring', [executable], null),
      asUser,
      user,
      isStandIn,
    }
    return { told, close }
  } catch (error) {
    close()
    throw error
  }
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** Its address. */
async function startBus(asUser: string, children: ChildProcess[]): Promise<string> {
  const bus = spawn(asUser, ['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(bus)
  const [line] = await once(bus.stdout, 'data')
  return String(line).trim()
}

/** The user's keyring, unlocked as at log-on. */
async function startKeyring(asUser: string, children: ChildProcess[]): Promise<void> {
  const keyring = spawn(asUser, ['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'], {
    // It tells its warnings that it has no console and no memory of its own.
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  children.push(keyring)
  keyring.stdin.end('the password of a test\n')
  const owner = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
  await eventually('the keyring is on the session bus', () =>
    spawnSync(asUser, ['dbus-send', ...owner, 'string:org.freedesktop.secrets'], { encoding: 'utf8' }).stdout.includes(
      'true',
    ),
  )
}
