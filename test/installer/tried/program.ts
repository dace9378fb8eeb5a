// Lays the desktop program as electron-builder makes it for an installer, fuses and all: `node program.ts <folder> <version>`
// prints its folder as the last line. With the stand-in Electron (test/desktop/runtime.ts) the product's entry is reached by
// way of the one that gives Node 20 what it lacks.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layProgram } from '../../../scripts/installers.mjs'
import { fitDatabase } from '../../desktop/program.ts'
import { provideRuntime } from '../../desktop/runtime.ts'

const [output = '', version = ''] = process.argv.slice(2)
const runtime = await provideRuntime((text) => process.stderr.write(`${text}\n`))
if (typeof runtime === 'string') throw new Error(runtime)

const entry = 'node-20.mjs'
const work = mkdtempSync(join(tmpdir(), 'madoguchi-entry-'))
const text = readFileSync(join(import.meta.dirname, '../../desktop', entry), 'utf8')
// In an installed program nothing lies beside the archive that could name another one.
const inArchive = text.replaceAll('../madoguchi.asar/dist/main/', './')
if (inArchive === text) throw new Error(`${entry} names another program`)
writeFileSync(join(work, entry), inArchive)
const standIn = {
  electronVersion: '33.4.11',
  extraMetadata: { version, main: `dist/main/${entry}` },
  files: [{ from: work, to: 'dist/main', filter: [entry] }],
}
const program = await layProgram({
  output,
  config: { electronDist: runtime.folder, ...(runtime.isStandIn ? standIn : { extraMetadata: { version } }) },
})
rmSync(work, { recursive: true })
if (runtime.isStandIn) fitDatabase(join(program, 'resources/app.asar.unpacked'))
process.stdout.write(`${program}\n`)
