// The parts of the system that tests use and npm cannot bring: Chromium and, for the real card path, pcscd with its
// virtual reader driver. As root on Debian they are installed; elsewhere it is said what to type and what is left out.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const has = (command) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin')
    .some((folder) => existsSync(`${folder}/${command}`))

const parts = [
  { command: 'chromium', packages: ['chromium', 'fonts-ipafont-gothic'], tests: 'the screen in a browser (test/e2e)' },
  { command: 'pcscd', packages: ['pcscd', 'libpcsclite1'], tests: 'the card through pcscd (test/card/pcsc)' },
  {
    file: '/usr/lib/pcsc/drivers/serial/libifdvpcd.so',
    packages: ['vsmartcard-vpcd'],
    tests: 'the card through pcscd (test/card/pcsc)',
  },
  { command: 'pkcs15-crypt', packages: ['opensc'], tests: 'OpenSC as an outside check of the card' },
  { command: 'sqlite3', packages: ['sqlite3'], tests: 'sqlite3 as an outside check of the database' },
  { command: 'xmllint', packages: ['libxml2-utils'], tests: 'xmllint as an outside check of the XML files' },
  { command: 'python3', packages: ['python3'], tests: 'Python as an outside check of the files' },
  { command: 'gcc', packages: ['gcc', 'libc6-dev'], tests: 'none (the card tests run slower without the reader shim)' },
]

const isMissing = ({ command, file }) => (command ? !has(command) : !existsSync(file))

/** Prints what stays missing. Windows and macOS are told which tests are left out, nothing is installed there. */
export function provideSystemParts() {
  let missing = parts.filter(isMissing)
  if (missing.length === 0) return
  const packages = missing.flatMap((part) => part.packages)
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (isDebianRoot) {
    process.stderr.write(`準備中: ${packages.join(' ')} を入れています…\n`)
    const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
    missing = parts.filter(isMissing)
  }
  for (const part of missing)
    process.stderr.write(`!! LEFT OUT: ${part.tests}: ${part.command ?? part.file} is missing\n`)
  if (missing.length > 0 && process.platform === 'linux') {
    process.stderr.write(
      `!! To run them too, type: sudo apt-get install --no-install-recommends ${missing.flatMap((part) => part.packages).join(' ')}\n`,
    )
  }
}
