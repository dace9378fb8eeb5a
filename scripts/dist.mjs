// `npm run dist`: the installers for this computer's own system, in release/. It needs Electron's binary and, from the
// network, electron-builder's tools; what it cannot have it names in one sentence.
import { build } from 'electron-builder'
import { fetchElectron } from './electron-binary.mjs'
import { root } from './place.mjs'

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(2)
}

if (process.platform !== 'win32' && process.platform !== 'linux') {
  stop('インストーラーは、Windows と Linux の上でだけ作れます。')
}
if (!(await fetchElectron({ again: true, failure: 'Electron の本体を取得できないため、インストーラーを作れません。' })))
  process.exit(2)
try {
  const files = await build({ projectDir: root, publish: 'never' })
  for (const file of files) process.stdout.write(`${file}\n`)
} catch (error) {
  const [reason] = String(error.message ?? error).split('\n')
  stop(`インストーラーを作れませんでした（${reason}）。`)
}
