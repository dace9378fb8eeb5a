// `npm run madoguchi` as clinic IT uses it, on the built product: damage stops the start and names the way out, the way
// out works, and no number is given twice on it.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src-main/ground/clock.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openDatabase } from '../../src-main/store/sqlite/database.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { startHeadless } from '../headless.ts'
import { eventually, must, root } from '../support.ts'

function run(entry: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/main', entry), ...args], {
    encoding: 'utf8',
    cwd: root,
  })
  return { status, stdout, stderr }
}

const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional(),
  copies: z.array(z.object({ day: z.string(), file: z.string() })).optional(),
  lost: z.array(z.object({ day: z.string(), from: z.number(), to: z.number() })).nullish(),
  copy: z.string().nullish(),
  aside: z.string().nullish(),
  broken: z.unknown().optional(),
})

function madoguchi(dataDir: string, ...args: string[]) {
  const { status, stdout } = run('madoguchi.js', ...args, '--json', '--data', dataDir)
  expect(stdout.trim().split('\n').length).toBe(1)
  return { status, ...answerSchema.parse(JSON.parse(stdout)) }
}

const checkIn = (dataDir: string) =>
  answerSchema.parse(JSON.parse(run('headless.js', '--once', '--json', '--data', dataDir).stdout))

const rowsSchema = z.object({ deliveries: z.array(z.object({ visitNumber: z.number(), state: z.string() })) })

/** 受付番号 of today's visits, the latest first. */
function numbers(dataDir: string): number[] {
  const { stdout } = run('headless.js', '--deliveries', '--json', '--data', dataDir)
  return [...new Set(rowsSchema.parse(JSON.parse(stdout)).deliveries.map(({ visitNumber }) => visitNumber))]
}

const databaseOf = (dataDir: string) => join(dataDir, 'madoguchi.db')

/** Everything behind the first page, which alone shows whether the key fits. */
function damage(file: string): void {
  const content = readFileSync(file)
  writeFileSync(file, content.fill(7, 4_096))
}

fault('database', 'The database is damaged', {
  seen: 'STORE_DAMAGED',
  data: 'Nothing is changed by itself; the newest whole copy is put in its place on a word, and which numbers are missing is said.',
  recovery: 'Clinic IT types one command, which the message names.',
})
test('damage is told with the way out, the newest whole copy is put in its place, and what is missing is said', {
  timeout: 300_000,
}, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  expect(madoguchi(dataDir, 'restore')).toMatchObject({ status: 2, error: { code: 'STORE_KEY_MISSING' } })
  const desk = await openDesk(dataDir, {
    clock: systemClock,
    safekeepingPauseMs: { first: 1, between: 60_000 },
  })
  await desk.checkIn('nanbyo')
  const copies = () =>
    existsSync(join(dataDir, 'backup'))
      ? readdirSync(join(dataDir, 'backup')).filter((name) => name.endsWith('.db'))
      : []
  await eventually('a copy is there', () => copies().length === 1)
  // What has changed since is in the copy that the end makes, in place of the one before.
  await desk.checkIn('kodomo')
  await desk.stop()
  expect(copies()).toEqual([expect.stringMatching(/^madoguchi-0002-\d{4}-\d{2}-\d{2}\.db$/)])
  // A copy that is newer, and damaged.
  const [copy = ''] = copies()
  copyFileSync(join(dataDir, 'backup', copy), join(dataDir, 'backup', copy.replace('0002', '0003')))
  damage(join(dataDir, 'backup', copy.replace('0002', '0003')))
  expect(checkIn(dataDir).ok).toBe(true)
  expect(numbers(dataDir)).toEqual([3, 2, 1])

  damage(databaseOf(dataDir))
  const refused = run('headless.js', '--data', dataDir)
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' })
  expect(refused.stderr).toContain('npm run madoguchi -- restore')
  expect(madoguchi(dataDir, 'check')).toMatchObject({ status: 2, ok: false, error: { code: 'STORE_DAMAGED' } })
  const inWords = run('madoguchi.js', 'check', '--data', dataDir).stderr
  expect(inWords).toContain(copy)
  expect(inWords).toContain('npm run madoguchi -- restore')

  const restored = madoguchi(dataDir, 'restore')
  expect(restored).toMatchObject({
    status: 0,
    ok: true,
    copy: join(dataDir, 'backup', copy),
    lost: [{ from: 3, to: 3 }],
  })
  expect(existsSync(restored.aside ?? '')).toBe(true)
  expect(readdirSync(dataDir).filter((name) => name.includes('ready'))).toEqual([])
  expect(madoguchi(dataDir, 'check')).toMatchObject({ status: 0, ok: true })
  expect(checkIn(dataDir).ok).toBe(true)
  expect(numbers(dataDir)).toEqual([4, 2, 1])
})

fault('database', 'Somebody puts an older copy of the one file back', {
  seen: 'STORE_ROWS_MISSING',
  data: 'It is not opened as if nothing had happened; which numbers are missing is said.',
  recovery: 'Clinic IT goes back to a copy, or on with the rest, knowingly; no number is given twice.',
})
fault('database', 'There is no copy to go back to', {
  seen: 'STORE_COPY_MISSING',
  data: 'Everything stays as it is.',
  recovery: 'A copy from elsewhere is named, or the rest is gone on with.',
})
test('rows that are gone stop the start; who goes on knowingly gets no number twice', {
  timeout: 300_000,
}, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  expect(checkIn(dataDir).ok).toBe(true)
  expect(madoguchi(dataDir, 'accept-loss')).toMatchObject({ status: 0, ok: true, changed: false })
  const older = readFileSync(databaseOf(dataDir))
  expect(checkIn(dataDir).ok).toBe(true)
  // The one file put back from a copy that somebody made of it.
  writeFileSync(databaseOf(dataDir), older)
  expect(checkIn(dataDir).error?.code).toBe('STORE_ROWS_MISSING')
  const checked = madoguchi(dataDir, 'check')
  expect(checked).toMatchObject({ status: 2, error: { code: 'STORE_ROWS_MISSING' }, lost: [{ from: 2, to: 2 }] })
  expect(run('madoguchi.js', 'check', '--data', dataDir).stderr).toContain(`${checked.lost?.[0]?.day} の 0002`)
  expect(madoguchi(dataDir, 'restore')).toMatchObject({ status: 2, error: { code: 'STORE_COPY_MISSING' } })
  expect(madoguchi(dataDir, 'accept-loss')).toMatchObject({
    status: 0,
    ok: true,
    with: 'rest',
    copy: null,
    aside: expect.stringContaining('madoguchi-aside-'),
    lost: checked.lost,
  })
  expect(checkIn(dataDir).ok).toBe(true)
  expect(numbers(dataDir)).toEqual([3, 1])
})

test('a database that is not there any more is begun anew only when that is said', { timeout: 300_000 }, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  expect(checkIn(dataDir).ok).toBe(true)
  rmSync(databaseOf(dataDir))
  expect(checkIn(dataDir).error?.code).toBe('STORE_DAMAGED')
  expect(madoguchi(dataDir, 'accept-loss')).toMatchObject({ status: 2, error: { code: 'STORE_DAMAGED' } })
  expect(existsSync(databaseOf(dataDir))).toBe(false)
  expect(madoguchi(dataDir, 'accept-loss', '--empty')).toMatchObject({ status: 0, ok: true, copy: null })
  expect(checkIn(dataDir).ok).toBe(true)
  expect(numbers(dataDir)).toEqual([2])
})

test('where nobody can say which numbers were given, they go on far from any that was', {
  timeout: 300_000,
}, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  const anchor = databaseOf(dataDir).replace(/db$/, 'anchor')
  for (const what of ['anchor', 'anchor and database']) {
    expect(checkIn(dataDir).ok).toBe(true)
    rmSync(anchor)
    if (what !== 'anchor') rmSync(databaseOf(dataDir))
    const gone = run('madoguchi.js', 'accept-loss', '--empty', '--data', dataDir)
    expect(gone.status).toBe(0)
    expect(gone.stderr).toContain('離れた番号から続きます')
    expect(gone.stderr).toContain(what === 'anchor' ? '残っている記録で続けます' : '空のデータで始めます')
  }
  expect(checkIn(dataDir).ok).toBe(true)
  expect(numbers(dataDir)[0]).toBeGreaterThan(1_000)
})

fault('agents', 'A restore is typed while the desk runs', {
  seen: 'AGENT_ALREADY_RUNNING',
  data: 'Nothing is touched.',
  recovery: 'The desk is ended first.',
})
test('while an agent runs nothing is touched', { timeout: 120_000 }, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  const agent = await startHeadless(dataDir)
  for (const command of ['check', 'restore', 'accept-loss']) {
    expect(madoguchi(dataDir, command)).toMatchObject({ status: 2, error: { code: 'AGENT_ALREADY_RUNNING' } })
  }
  await agent.stop()
  expect(madoguchi(dataDir, 'check').ok).toBe(true)
})

fault('database', 'Somebody has changed a row of the audit trail', {
  seen: 'AUDIT_BROKEN',
  data: 'The row is named, and nothing is mended silently.',
  recovery: 'Whoever answers for the clinic’s security looks into it.',
})
test('the audit trail is proved whole, and a row that somebody has changed is named', {
  timeout: 120_000,
}, async () => {
  const dataDir = await dataFolder(undefined, systemClock)
  expect(checkIn(dataDir).ok).toBe(true)
  const { stdout } = run('madoguchi.js', 'audit', 'verify', '--json', '--data', dataDir)
  const proved = { ok: true, rows: expect.toSatisfy((rows) => rows > 3), acceptedUpTo: 0 }
  expect(JSON.parse(stdout)).toEqual({
    ...proved,
    head: { id: expect.any(Number), hash: expect.any(String) },
    notedOn: null,
    proof: { signedFrom: null, desks: [], unproved: [], atDesk: 0 },
  })
  const key = must(await openHeadlessKey(dataDir).load())
  if (!key) throw new Error('no key')
  const database = openDatabase(databaseOf(dataDir), key)
  database.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET event = 'answered' WHERE id = 2")
  database.close()
  expect(madoguchi(dataDir, 'audit', 'verify')).toMatchObject({
    status: 2,
    error: { code: 'AUDIT_BROKEN' },
    broken: { kind: 'changed', id: 2 },
  })
  expect(run('madoguchi.js', 'audit', 'verify', '--data', dataDir).stderr).toContain('2 番の記録')
  expect(run('madoguchi.js', 'audit', 'prove', '--data', dataDir).status).toBe(2)
})

test('what is no command is refused, and asked for help it says what there is', () => {
  expect(run('madoguchi.js', 'undo').status).toBe(2)
  const help = run('madoguchi.js', '--help').stderr
  for (const command of ['check', 'restore', 'accept-loss', 'audit', 'masters', 'doses'])
    expect(help).toContain(`  ${command} `)
})
