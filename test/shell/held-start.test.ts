// The built headless desk over settings that cannot be used: its page says what is wrong, nothing else of it is there, and it
// goes on in the same page once they are mended. Commands refuse as ever.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { failureSchema } from '../../src-main/ground/failures.ts'
import { faultsIn } from '../../src-main/ground/setting-fault.ts'
import { fault } from '../faults.ts'
import { firstSchema, startHeadless } from '../headless.ts'
import { eventually, root, temporaryFolder } from '../support.ts'

const toldSchema = z.object({
  value: z.object({ line: z.string(), failure: failureSchema, files: z.array(z.string()) }),
})

async function openPage(address: string) {
  const { origin, hash } = new URL(address)
  const post = async (path: string, content: object, key = ''): Promise<unknown> => {
    const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(content) })
    return answer.json()
  }
  const { key } = z.object({ key: z.string() }).parse(await post('/enter', { token: hash.slice(1) }))
  return (name: string, request: object = {}) => post(`/api/call/${name}`, request, key)
}

fault('settings', 'A first start with settings that cannot be used', {
  seen: 'SETTINGS_INVALID',
  detail: { field: 'hub' },
  data: 'No card is taken, and nothing is stored.',
  recovery: 'The file is mended, and the desk comes to the same page by itself.',
})
test('the page says what is wrong, no card is taken and nothing stored, and the mended desk comes to the same page', async () => {
  const dataDir = temporaryFolder()
  const file = join(dataDir, 'settings.json')
  writeFileSync(file, '{ "mode": "live", "hub": 1 }')
  const desk = await startHeadless(dataDir)
  onTestFinished(desk.stop)
  const call = await openPage(desk.address)
  const { value } = toldSchema.parse(await call('reception'))
  expect([value.line, value.files]).toEqual(['unsettled', [file]])
  expect(faultsIn(value.failure).map(({ path, reason }) => `${path} ${reason}`)).toContain('hub type')
  expect(await call('takeTrainingCard', { persona: 'nanbyo' })).toMatchObject({ error: { code: 'SETTINGS_INVALID' } })
  expect(readdirSync(dataDir).toSorted()).toEqual(['logs', 'settings.json'])

  writeFileSync(file, '{ "retentionDays": 12 }')
  await eventually(
    'the desk is there',
    async () => firstSchema.safeParse(await call('reception').catch(() => null)).success,
  )
  expect(existsSync(join(dataDir, 'settings.last-good.json'))).toBe(true)
})

test('whoever is told to end while the settings are waited for does, as a desk would', async () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), '{')
  const desk = await startHeadless(dataDir)
  await desk.stop()
  if (process.platform !== 'win32') expect(desk.process.exitCode).toBe(0)
})

test.each([['--once', '--json'], ['--deliveries', '--json'], ['--json']])(
  '%s %s refuses with an answer',
  (...options) => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'settings.json'), '{ "mode": "life" }')
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'dist/main/headless.js'), ...options.filter(Boolean), '--data', dataDir],
      { encoding: 'utf8', timeout: 30_000 },
    )
    expect([status, JSON.parse(stdout)]).toMatchObject([2, { ok: false, error: { code: 'SETTINGS_INVALID' } }])
  },
)
