// `npm run dist`: the installers that this computer's system can make, in release/. It needs Electron's binary and, for
// some, electron-builder's tools, both from the network; what it cannot make it names, each in one sentence.
import { fetchElectron } from './electron-binary.mjs'
import { installersElsewhere, installersHere, layProgram } from './installers.mjs'

const say = (name, sentence) => process.stderr.write(`${name}: ${sentence}\n`)
const cannot = (error) => `作れませんでした（${String(error.message ?? error).split('\n')[0]}）。`

async function makeAll() {
  if (!(await fetchElectron({ again: true, failure: 'Electron の本体を取得できません。' }))) {
    for (const [name] of installersHere) say(name, 'Electron の本体がないため、作れません。')
    return false
  }
  let program
  try {
    program = await layProgram()
  } catch (error) {
    for (const [name] of installersHere) say(name, cannot(error))
    return false
  }
  let isWhole = true
  for (const [name, make] of installersHere) {
    try {
      for (const file of await make(program)) process.stdout.write(`${file}\n`)
    } catch (error) {
      say(name, cannot(error))
      isWhole = false
    }
  }
  return isWhole
}

if (process.platform !== 'win32' && process.platform !== 'linux') {
  process.stderr.write('インストーラーは、Windows と Linux の上でだけ作れます。\n')
  process.exit(2)
}
const isWhole = await makeAll()
for (const [name, instead] of installersElsewhere) say(name, `${instead}（docs/release.md）。`)
process.exit(isWhole ? 0 : 2)
