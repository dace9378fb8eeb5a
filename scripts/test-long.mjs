// `npm run test:long [-- --only PART] [--json]`: what takes hours where `npm test` takes minutes, the parts of test/long one after
// the other (scripts/long-parts.mjs). MINUTES (60) are shared among them; SEED throws the same dice again. A line for each part, or
// one JSON object at the end; 1 where one of them found something, with the command that repeats it.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { partsIn, runParts } from './long-parts.mjs'
import { root } from './place.mjs'

/** What cannot be understood is refused: no run of less than was meant may pass. */
function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, json: { type: 'boolean' } } })
const { MINUTES: givenMinutes = '60', SEED: givenSeed = String(Date.now() % 1_000_000) } = process.env
const [minutes, seed] = [Number(givenMinutes), Number(givenSeed)]
if (!(minutes > 0 && minutes < 100_000)) refuse(`MINUTES is how long all parts take together: ${givenMinutes}`)
if (!Number.isSafeInteger(seed) || seed < 0) refuse(`SEED is a whole number: ${givenSeed}`)

const all = partsIn(join(root, 'test/long'))
const wanted = values.only ?? all.map(({ name }) => name)
const unknown = wanted.filter((name) => !all.some((part) => part.name === name))
if (unknown.length > 0) refuse(`No such part: ${unknown}. There are: ${all.map(({ name }) => name).join(', ')}`)

process.stderr.write(`seed ${seed}, ${minutes} minutes\n`)
const report = await runParts({
  parts: all.filter(({ name }) => wanted.includes(name)),
  minutes,
  seed,
  say: (line) => (values.json ? process.stderr : process.stdout).write(`${line}\n`),
})
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
process.exitCode = report.isClean ? 0 : 1
