// The parts of the system that tests use and npm cannot bring: Chromium, a desktop for the desktop program, for the real card
// path pcscd with its virtual reader driver, PostgreSQL, and programs of others that look at what we made. As root on Debian they are
// installed; elsewhere it is said what to type and which tests are left out.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

const has = (command) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin', ...postgresPrograms())
    .some((folder) => existsSync(`${folder}/${command}`))

/** Debian keeps PostgreSQL's programs by version, and not in the path. */
function postgresPrograms() {
  const versions = '/usr/lib/postgresql'
  return existsSync(versions) ? readdirSync(versions).map((version) => `${versions}/${version}/bin`) : []
}

const throughPcscd = 'the card through a real pcscd (test/card/pcsc)'

const othersFolders = 'full and read-only disks, folders of other users'

const onElectron = 'the desktop program on a real Electron (test/desktop)'
const onTwoDisplays = 'the desktop program on two displays (test/desktop/displays.spec.ts)'

/** Windows has a desktop. */
export const desktopParts =
  process.platform === 'linux'
    ? [
        { command: 'Xvfb', packages: ['xvfb', 'libgtk-3-0', 'libnss3', 'libgbm1'], tests: onElectron },
        { command: 'icewm', packages: ['icewm'], tests: onElectron },
        { command: 'xdotool', packages: ['xdotool'], tests: onElectron },
        { command: 'dbus-daemon', packages: ['dbus'], tests: onElectron },
        { command: 'dbus-send', packages: ['dbus'], tests: onElectron },
        { command: 'gnome-keyring-daemon', packages: ['gnome-keyring', 'libsecret-1-0'], tests: onElectron },
        { command: 'xrandr', packages: ['x11-xserver-utils'], tests: onTwoDisplays },
        {
          file: '/usr/lib/xorg/modules/drivers/dummy_drv.so',
          packages: ['xserver-xorg-core', 'xserver-xorg-video-dummy'],
          tests: onTwoDisplays,
        },
      ]
    : []

const onPostgres = 'the store on PostgreSQL (test/store/postgres)'

export const postgresParts = [
  { command: 'initdb', packages: ['postgresql'], tests: onPostgres },
  { command: 'pgbouncer', packages: ['pgbouncer'], tests: `${onPostgres} behind PgBouncer` },
]

export const browserParts = [
  {
    command: 'chromium',
    packages: ['chromium', 'fonts-ipafont-gothic'],
    tests: 'the screen in a browser (test/e2e, test/renderer)',
  },
  {
    command: 'chromium-headless-shell',
    packages: ['chromium-headless-shell'],
    slower: 'the tests of pages (test/renderer)',
  },
]

/** `tests`: what is left out without it; `slower`: what goes on without it. */
export const parts = [
  ...browserParts,
  { command: 'pcscd', packages: ['pcscd', 'libpcsclite1'], tests: throughPcscd },
  {
    file: '/usr/lib/pcsc/drivers/serial/libifdvpcd.so',
    packages: ['vsmartcard-vpcd'],
    tests: throughPcscd,
  },
  { command: 'opensc-tool', packages: ['opensc'], tests: throughPcscd },
  { command: 'sqlite3', packages: ['sqlite3'], tests: 'sqlite3 as an outside check of the database' },
  { command: 'xmllint', packages: ['libxml2-utils'], tests: 'xmllint as an outside check of the XML files' },
  { command: 'python3', packages: ['python3'], tests: 'Python as an outside check of the files' },
  { command: 'openssl', packages: ['openssl'], tests: 'openssl as an outside check of the line to the hub' },
  { command: 'iconv', packages: ['libc-bin'], tests: 'iconv as an outside check of the characters' },
  ...['pdfinfo', 'pdftotext', 'pdffonts'].map((command) => ({
    command,
    packages: ['poppler-utils'],
    tests: 'poppler as an outside check of what is printed',
  })),
  { command: 'makensis', packages: ['nsis'], tests: 'the script of the Windows installer (test/installer)' },
  { command: 'gcc', packages: ['gcc', 'libc6-dev'], slower: 'the tests of the card through a real pcscd' },
  ...postgresParts,
  ...desktopParts,
]

const isMissing = ({ command, file }) => (command ? !has(command) : !existsSync(file))

/** What to install for parts that are missing: one package may bring several. */
export const packagesOf = (missing) => [...new Set(missing.flatMap((part) => part.packages))]

/** What is said about a system, in lines. `missing`: of `parts`; `userId`: null where there are none. */
export function reportOf(missing, platform, userId) {
  const lines = missing.map(({ command, file, tests, slower }) =>
    tests ? `!! LEFT OUT: ${tests}: ${command ?? file} is missing` : `!! SLOWER: ${slower}: ${command} is missing`,
  )
  if (missing.length > 0 && platform === 'linux') {
    const packages = packagesOf(missing).join(' ')
    lines.push(`!! Where there is apt-get, type: sudo apt-get install --no-install-recommends ${packages}`)
  }
  // No package helps against that.
  if (platform === 'linux' && userId !== 0) {
    lines.push(`!! LEFT OUT: ${throughPcscd}: pcscd has to be started as root`)
    lines.push(`!! LEFT OUT: ${othersFolders}: only root can mount them and give files away`)
  }
  return lines
}

/** Whether there is a server to test on. */
export const hasPostgres = () => !postgresParts.some((part) => part.tests === onPostgres && isMissing(part))

/** Whether the desktop program can be tried on this system at all. */
export const hasDesktop = () => !desktopParts.some((part) => part.tests === onElectron && isMissing(part))

/** Prints what stays missing. Windows and macOS are told which tests are left out, nothing is installed there. */
export function provideSystemParts(wanted = parts) {
  let missing = wanted.filter(isMissing)
  const userId = process.getuid?.() ?? null
  if (missing.length > 0 && userId === 0 && existsSync('/usr/bin/apt-get')) {
    const packages = packagesOf(missing)
    process.stderr.write(`準備中: ${packages.join(' ')} を入れています…\n`)
    const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
    missing = wanted.filter(isMissing)
  }
  for (const line of reportOf(missing, process.platform, userId)) process.stderr.write(`${line}\n`)
}
