// `npm start -- --deliveries` and what it can do about one, as clinic IT uses it from a terminal or a script.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { testClock } from '../clock.ts'
import { root, temporaryFolder } from '../support.ts'

const answerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    deliveries: z.array(
      z.strictObject({
        id: z.uuid(),
        destination: z.string(),
        format: z.string(),
        state: z.string(),
        updatedAt: z.string(),
        visitNumber: z.int(),
        visitDay: z.string(),
        byHand: z.int(),
        path: z.string().nullable(),
        failure: z
          .strictObject({ code: z.string(), class: z.string(), message: z.string(), next: z.string() })
          .nullable(),
      }),
    ),
  }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
])

const nobodys = '00000000-0000-4000-8000-000000000000'
const day = clinicDay(testClock.now())

function madoguchi(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/main/headless.js'), ...args], {
    encoding: 'utf8',
    cwd: root,
  })
  return { status, stdout, stderr }
}

/** Of the day on the tests' clock; the product runs on the system's. */
function deliveries(dataDir: string, ...args: string[]) {
  const { status, stdout } = madoguchi('--json', '--data', dataDir, '--date', day, ...args)
  const answer = answerSchema.parse(JSON.parse(stdout))
  expect(status).toBe(answer.ok ? 0 : 2)
  return answer.ok ? { rows: answer.deliveries, code: null } : { rows: [], code: answer.error.code }
}
const rowOf = (dataDir: string, id: string, ...args: string[]) =>
  deliveries(dataDir, ...args).rows.find((row) => row.id === id)

/** A data folder in which patients have been checked in, and the agent is gone. */
async function afterCheckIn(persona: string, settings?: object): Promise<string> {
  const dataDir = await dataFolder(settings)
  const desk = await openDesk(dataDir)
  await desk.checkIn(persona)
  await desk.stop()
  return dataDir
}

describe('the deliveries of a day, without a screen', () => {
  test('are told with their state, their file and what is wrong, and with nothing about the patient', async () => {
    const dataDir = await afterCheckIn('gaiji')
    const { rows } = deliveries(dataDir, '--deliveries')
    expect(rows.map(({ destination, state, failure }) => [destination, state, failure?.code])).toEqual([
      ['receipt-csv', 'rejected', 'TEXT_NOT_ENCODABLE'],
      ['receipt-json', 'delivered', undefined],
    ])
    expect(existsSync(rows[1]?.path ?? '')).toBe(true)
    const { stdout, stderr } = madoguchi('--data', dataDir, '--date', day, '--deliveries')
    expect(stderr).toContain('receipt-json  送信済み')
    expect(stderr).toContain('使えない文字が含まれるため、ファイルを作りませんでした。')
    expect(stdout + stderr).not.toMatch(/𠮷田|ヨシダ|1972/)
    expect(deliveries(dataDir, '--deliveries', '--date', '2020-01-01').rows).toEqual([])
  })

  test('say what is not in them, where a destination has fewer places than the patient has 公費', async () => {
    const dataDir = await afterCheckIn('kosei-hitorioya', {
      destinations: [{ id: 'small', format: 'json', folder: 'import/json', subsidyPlaces: 1 }],
    })
    expect(deliveries(dataDir, '--deliveries').rows).toMatchObject([{ state: 'delivered', byHand: 1 }])
    expect(madoguchi('--data', dataDir, '--date', day, '--deliveries').stderr).toContain(
      'small  送信済み（1件は手入力が必要です）',
    )
  })

  test('one is sent again, the same bytes under the same name', async () => {
    const dataDir = await afterCheckIn('nanbyo')
    const [row] = deliveries(dataDir, '--deliveries').rows
    rmSync(row?.path ?? '')
    expect(rowOf(dataDir, row?.id ?? '', '--resend', row?.id ?? '')).toMatchObject({
      state: 'delivered',
      path: row?.path,
    })
    expect(existsSync(row?.path ?? '')).toBe(true)
  })

  test('one that cannot be made is called off, or made once the clinic has approved how', async () => {
    const dataDir = await afterCheckIn('gaiji')
    const id = deliveries(dataDir, '--deliveries').rows[0]?.id ?? ''
    expect(deliveries(dataDir, '--resend', id).code).toBe('TEXT_NOT_ENCODABLE')
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ substitutions: { 𠮷: '吉' } }))
    expect(rowOf(dataDir, id, '--resend', id)).toMatchObject({ state: 'delivered' })
    expect(readdirSync(join(dataDir, 'import/csv')).length).toBe(1)

    const other = await afterCheckIn('gaiji')
    const unwanted = deliveries(other, '--deliveries').rows[0]?.id ?? ''
    expect(rowOf(other, unwanted, '--cancel', unwanted)).toMatchObject({ state: 'cancelled', failure: null })
  })

  test('one that a person has seen imported is marked, and one that may have been seen is not called off', async () => {
    const dataDir = await afterCheckIn('nanbyo')
    const id = deliveries(dataDir, '--deliveries').rows[0]?.id ?? ''
    expect(deliveries(dataDir, '--cancel', id).code).toBe('DELIVERY_NOT_CURRENT')
    expect(rowOf(dataDir, id, '--imported', id)).toMatchObject({ state: 'acknowledged' })
  })

  test.each([
    ['a delivery that does not exist', ['--resend', nobodys]],
    ['what is no id', ['--resend', '1']],
    ['two things at once', ['--resend', nobodys, '--cancel', nobodys]],
    ['a check-in besides', ['--once', '--deliveries']],
  ])('%s is refused', async (_, args) => {
    expect(deliveries(await dataFolder(), ...args).code).toBe('REQUEST_INVALID')
  })

  test('where nothing was ever stored, looking makes no data folder', () => {
    const dataDir = join(temporaryFolder(), 'mistyped')
    expect(deliveries(dataDir, '--deliveries')).toEqual({ rows: [], code: null })
    expect(existsSync(dataDir)).toBe(false)
    expect(deliveries(dataDir, '--resend', nobodys).code).toBe('REQUEST_INVALID')
    expect(existsSync(dataDir)).toBe(false)
  })

  test.each(['--resend', '--cancel', '--imported'])(
    'an id that nobody has is told by its option: %s',
    async (option) => {
      const dataDir = await afterCheckIn('nanbyo')
      const { stderr } = madoguchi('--data', dataDir, option, nobodys)
      expect(stderr).toContain(`（${option}）`)
    },
  )

  test('are the running agent’s while it runs', async () => {
    const dataDir = await dataFolder()
    await openDesk(dataDir)
    expect(deliveries(dataDir, '--deliveries').code).toBe('AGENT_ALREADY_RUNNING')
  })
})
