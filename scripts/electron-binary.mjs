// Electron's own binary, which comes from outside the package registry: one short try, its failure remembered for later
// starts.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { runChild } from './child.mjs'
import { isWindows, node, root } from './place.mjs'
import { createSetUp } from './set-up.mjs'

const say = (text) => process.stderr.write(`${text}\n`)
const folder = join(root, 'node_modules', 'electron')
const noElectron = 'Electron を取得できませんでした。ブラウザー画面で起動します（もう一度試すには npm run electron）。'

export function electronBinary() {
  const name = isWindows
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'
  return join(folder, 'dist', name)
}

/** A checkout may be an administrator's (a service's, say): nobody else can put anything there. */
function isOurs() {
  const user = process.geteuid?.() ?? 0
  return user === 0 || statSync(folder).uid === user
}

/** `again` tries although it has failed before. Says `failure` when it has tried in vain; true when the binary is there. */
export async function fetchElectron({ again = false, failure = noElectron } = {}) {
  const { recall, remember } = createSetUp().memory
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const installed = () => existsSync(join(folder, 'path.txt')) && existsSync(electronBinary())
  if (installed()) return true
  if (!again && (recall().electronFailed === version || !isOurs())) return false
  say('準備中: Electron を取得しています（最長60秒）…')
  const got = await runChild(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 60_000 })
  if (got.code === 0 && installed()) return true
  try {
    if (!again) remember({ electronFailed: version })
  } catch {
    // Then the next start tries once more; this one goes on.
  }
  say(failure)
  return false
}
