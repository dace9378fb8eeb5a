// `npm run test:long`: its parts, their minutes, and what it makes of how they end.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { root, temporaryFolder } from '../support.ts'

const outcomeSchema = z.object({
  lines: z.array(z.string()),
  report: z.object({
    seed: z.int(),
    minutes: z.number(),
    isClean: z.boolean(),
    parts: z.array(z.object({ part: z.string(), isClean: z.boolean(), exitCode: z.int(), counts: z.unknown() })),
  }),
})

/** In a process of its own, as a tool behind the door is. `parts`: by their names, what stands in them. */
function run(parts: Readonly<Record<string, string>>) {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(parts)) writeFileSync(join(folder, `${name}.ts`), text)
  const program = `
    import { partsIn, runParts } from ${JSON.stringify(pathToFileURL(join(root, 'scripts/long-parts.mjs')).href)}
    const lines = []
    const parts = partsIn(${JSON.stringify(folder)})
    const report = await runParts({ parts, minutes: 6, seed: 17, say: (line) => lines.push(line) })
    process.stdout.write(JSON.stringify({ lines, report }))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  return outcomeSchema.parse(JSON.parse(stdout))
}

const tells = 'process.stdout.write(JSON.stringify({ minutes: Number(process.env.MINUTES), seed: process.env.SEED }))'

test('the minutes are shared by what the parts declare, and each is given the seed', () => {
  const { report, lines } = run({ large: `// Share of the minutes: 2\n${tells}`, small: tells })
  expect(report).toMatchObject({ seed: 17, minutes: 6, isClean: true })
  expect(report.parts.map(({ part, counts }) => [part, counts])).toEqual([
    ['large', { minutes: 4, seed: '17' }],
    ['small', { minutes: 2, seed: '17' }],
  ])
  expect(lines).toHaveLength(2)
})

test('one that finds something is said with what repeats it, and the next ones run all the same', () => {
  const { report, lines } = run({ first: `${tells}\nprocess.exitCode = 1`, second: tells })
  expect(report.isClean).toBe(false)
  expect(report.parts.map(({ isClean }) => isClean)).toEqual([false, true])
  expect(lines[0]).toContain('MINUTES=3 SEED=17 npm run test:long -- --only first')
})

test('one that breaks, or has counted nothing, is not clean', () => {
  const { report, lines } = run({
    broken: 'throw new Error()',
    quiet: '',
    told: `${tells}\nprocess.exitCode = 3`,
  })
  expect(report.parts.map(({ isClean, exitCode }) => [isClean, exitCode])).toEqual([
    [false, 1],
    [false, 0],
    [false, 3],
  ])
  expect(lines[1]).toContain('COUNTED NOTHING')
})
