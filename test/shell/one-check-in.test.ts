// `npm start -- --once --json`, as scripts use it: one JSON object on stdout, the exit code, nothing else there.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src-main/ground/clock.ts'
import { dataFolder } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { root, temporaryFolder } from '../support.ts'

function run(script: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    encoding: 'utf8',
    cwd: root,
  })
  return { status, stdout, stderr }
}
const once = (...args: string[]) => run('dist/main/headless.js', '--once', '--json', ...args)

describe('one check-in without a screen', () => {
  fault('locale', 'A console has another code page, and the folder a rare kanji', {
    seen: 'nothing',
    class: 'transient',
    data: 'What a script reads is ASCII, and names come back whole.',
    recovery: 'Nothing is to be done.',
  })
  test('answers in ASCII, which no console garbles: names in Japanese come back whole', async () => {
    const dataDir = join(temporaryFolder(), '受付 𠮷田')
    const done = once('--data', dataDir)
    expect(done.stdout).toMatch(/^\p{ASCII}+$/u)
    for (const file of JSON.parse(done.stdout).files) expect(existsSync(file)).toBe(true)
    const refused = once('--data', dataDir, '--card', 'blocked')
    expect(refused.stdout).toMatch(/^\p{ASCII}+$/u)
    expect(JSON.parse(refused.stdout).error.message).toContain('暗証番号')
  })

  test('answers one JSON object with everything a script needs, and exit code 0', async () => {
    const dataDir = await dataFolder({}, systemClock)
    const { status, stdout } = once('--data', dataDir, '--card', 'kosei-hitorioya', '--date', '2026-11-23')
    expect(status).toBe(0)
    expect(stdout.trim().split('\n').length).toBe(1)
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({
      ok: true,
      answers: { medicalSubsidy: 'present', vaccination: 'absent', checkup: 'absent' },
      benefits: 2,
      byHand: 0,
      apdus: 12,
    })
    expect(answer.visitId).toMatch(/^[0-9a-f-]{36}$/)
    expect(Object.keys(answer.timings)).toEqual(['cardMs', 'hubMs', 'storeMs', 'handoverMs', 'totalMs'])
    expect(answer.files.map((file: string) => file.endsWith('.csv') || file.endsWith('.json'))).toEqual([true, true])
    for (const file of answer.files) expect(existsSync(file)).toBe(true)
    expect(JSON.parse(readFileSync(answer.files[1], 'utf8')).asOf).toBe('2026-11-23')
  })

  test.each([
    ['a blocked PIN', ['--card', 'blocked'], 'PIN_BLOCKED', 'permanent'],
    ['an expired certificate', ['--card', 'expired'], 'CARD_CERTIFICATE_EXPIRED', 'permanent'],
    ['a wrong PIN', ['--pin', '9999'], 'PIN_WRONG', 'permanent'],
    ['the last try, which it never spends', ['--card', 'last-try'], 'PIN_LAST_TRY', 'permanent'],
    ['a name that a destination cannot take', ['--card', 'gaiji'], 'TEXT_NOT_ENCODABLE', 'permanent'],
    ['a card that does not exist', ['--card', 'nobody'], 'REQUEST_INVALID', 'permanent'],
    ['a PIN that is none', ['--pin', '12345'], 'REQUEST_INVALID', 'permanent'],
    ['a day that is none', ['--date', '2026-02-30'], 'REQUEST_INVALID', 'permanent'],
    ['an unknown option', ['--nonsense'], 'REQUEST_INVALID', 'permanent'],
  ])('tells %s as code, class and two sentences, and exit code 2', async (_, args, code, failureClass) => {
    const { status, stdout, stderr } = once('--data', await dataFolder({}, systemClock), ...args)
    expect(status).toBe(2)
    const { ok, error } = JSON.parse(stdout)
    expect(ok).toBe(false)
    expect(error).toMatchObject({ code, class: failureClass })
    expect(error.message).toMatch(/。$/)
    expect(error.next).toMatch(/。$/)
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
  })

  test('tells a data folder that cannot be made, without a stack trace', async () => {
    const file = join(await dataFolder({}, systemClock), 'a-file')
    writeFileSync(file, '')
    const { status, stdout, stderr } = once('--data', join(file, 'data'))
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'STORE_UNWRITABLE', class: 'permanent' })
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/)
  })

  test('tells training folders that cannot be made, and lets go of the database', async () => {
    const dataDir = await dataFolder({}, systemClock)
    writeFileSync(join(dataDir, 'import'), '')
    expect(JSON.parse(once('--data', dataDir).stdout).error.code).toBe('STORE_UNWRITABLE')
    rmSync(join(dataDir, 'import'))
    expect(JSON.parse(once('--data', dataDir).stdout).ok).toBe(true)
  })

  test('without --json says it in words on stderr, and where the files are', async () => {
    const { status, stdout, stderr } = run(
      'dist/main/headless.js',
      '--once',
      '--data',
      await dataFolder({}, systemClock),
    )
    expect(status).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain('レセコン用のファイルを届けました')
    expect(stderr).toMatch(/ファイル: .+\.csv/)
  })
})

test('a start that is set up already takes no set-up step', async () => {
  const { status, stdout, stderr } = run(
    'scripts/run.mjs',
    'start',
    '--once',
    '--json',
    '--data',
    await dataFolder({}, systemClock),
  )
  expect(status).toBe(0)
  expect(JSON.parse(stdout).ok).toBe(true)
  expect(stderr).not.toContain('準備中')
})

test.each([
  ['by npm', (folder: string) => ({ npm_package_json: join(root, 'package.json'), INIT_CWD: folder }), root],
  ['by its own command', () => ({ npm_package_json: undefined, INIT_CWD: root }), null],
])('a relative data folder lies where it was typed, %s', (_, environment, cwd) => {
  const folder = temporaryFolder()
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'scripts/run.mjs'), 'start', '--once', '--json', '--data', 'clinic'],
    { encoding: 'utf8', cwd: cwd ?? folder, env: { ...process.env, ...environment(folder) } },
  )
  expect(JSON.parse(stdout).ok).toBe(true)
  expect(existsSync(join(folder, 'clinic/madoguchi.db'))).toBe(true)
})
