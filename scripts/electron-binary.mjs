// Electron's own binary, which comes from outside the package registry: one short try, its failure remembered for later
// starts.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** `again` tries although it has failed before. Says `failure` when it has tried in vain; true when the binary is there. */
export async function fetchElectron({ again = false, failure = noElectron } = {}) {
  const { recall, remember } = createSetUp().memory
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const installed = () => existsSync(join(folder, 'path.txt')) && existsSync(electronBinary())
  if (installed()) return true
  if (!again && recall().electronFailed === version) return false
  say('準備中: Electron を取得しています（最長60秒）…')
  const got = await runChild(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 60_000 })
  if (got.code === 0 && installed()) return true
  if (!again) remember({ electronFailed: version })
  say(failure)
  return false
}
