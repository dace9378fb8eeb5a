// `npm run test:installers`: the Debian package on a fresh Debian, the Windows installer and the MSI on a fresh Windows of
// Wine: made, installed, used, made newer, refused when older, taken away. By hand: it takes some minutes, the network, and
// root on Debian; elsewhere a sentence says so. Names of files choose among them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { step } from './behind-door.mjs'
import { aloneIn } from './set-up-memory.mjs'
import { makeWindows, whyNoWindows, windowsFolder } from './windows-machine.mjs'

const say = (text) => process.stderr.write(`${text}\n`)
const tools = { makensis: 'nsis', wixl: 'wixl', 'wixl-heat': 'wixl', 'dpkg-deb': 'dpkg', mmdebstrap: 'mmdebstrap' }

/** Installs what is missing, and returns the packages that cannot be had. */
function missingTools() {
  const missing = () => [
    ...new Set(Object.keys(tools).flatMap((name) => (existsSync(`/usr/bin/${name}`) ? [] : [tools[name]]))),
  ]
  if (missing().length > 0) {
    const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing()], options)
  }
  return missing()
}

const reason = whyNoWindows() ?? (missingTools().length > 0 ? `missing: ${missingTools().join(' ')}` : null)
if (reason) {
  say(`!! LEFT OUT: the installers: ${reason}`)
  process.exitCode = 2
} else {
  mkdirSync(windowsFolder, { recursive: true })
  await aloneIn(windowsFolder, say, () => makeWindows(say))
  await step(
    ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.installers.config.ts'],
    ...process.argv.slice(2),
  )
}
