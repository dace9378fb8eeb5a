// This checkout on the drive C: of the tests' Windows: its files as they are now, the build, and the packages that the lock
// file names for Windows, with the hashes that it names (npm looks at them). Packages stay from run to run.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './npm.mjs'
import { root } from './place.mjs'
import { driveC, runWindowsNode } from './windows-machine.mjs'

/** Below C:. */
export const checkout = 'madoguchi'

const leftBehind = new Set(['.git', 'node_modules', 'release', 'test-results'])
const lock = 'package-lock.json'

export async function copyCheckout(say) {
  const target = join(driveC, checkout)
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(target)) {
    if (name !== 'node_modules') rmSync(join(target, name), { recursive: true, force: true })
  }
  for (const name of readdirSync(root)) {
    if (!leftBehind.has(name)) cpSync(join(root, name), join(target, name), { recursive: true })
  }
  await installPackages(target, say)
  // What `npm start` looks for there: neither npm nor a second build are needed.
  const remember = `import('./scripts/set-up-memory.mjs').then(({ openMemory }) => {
    const memory = openMemory(process.cwd())
    memory.installed()
    memory.buildEnds()
  })`
  const code = await runWindowsNode(checkout, ['-e', remember])
  if (code !== 0) throw new Error(`Windows' Node does not run here (${code})`)
}

async function installPackages(target, say) {
  // Written when they are whole.
  const mark = join(target, 'node_modules', 'installed-lock.json')
  const locked = readFileSync(join(root, lock))
  if (existsSync(mark) && readFileSync(mark).equals(locked)) return
  say('Installing the packages for Windows …')
  const { code, output } = await npm(target, [
    ...['ci', '--os=win32', '--cpu=x64', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=warn'],
  ])
  if (code !== 0) throw new Error(`npm ended with ${code}:\n${output.slice(-2_000)}`)
  writeFileSync(mark, locked)
}
