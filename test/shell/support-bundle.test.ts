// `madoguchi support-bundle` and `madoguchi log find` as clinic IT and scripts use them, on the built product.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clinicDay } from '../../src-main/ground/clock.ts'
import { root, temporaryFolder } from '../support.ts'

const madoguchi = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'dist/main/madoguchi.js'), ...args], { encoding: 'utf8' })

test('a bundle is one text file, where nothing was ever started too, and replaces no other', {
  timeout: 90_000,
}, () => {
  const dataDir = join(temporaryFolder(), 'data')
  const file = join(temporaryFolder(), 'bundle.txt')
  const { status, stdout } = madoguchi('support-bundle', '--out', file, '--json', '--data', dataDir)
  expect(status).toBe(0)
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ ok: true, file, failedChecks: 0 })
  const text = readFileSync(file, 'utf8')
  expect(text).toContain('■ 自己診断\r\n')
  expect(text).toContain('settings.json はまだない（トレーニング）')
  expect(existsSync(dataDir)).toBe(false)
  const again = madoguchi('support-bundle', '--out', file, '--json', '--data', dataDir)
  expect(again.status).toBe(2)
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' }, why: 'exists' })
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('the number of an error screen finds its lines, however it was typed', { timeout: 60_000 }, () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'logs'))
  const at = `${clinicDay(new Date())}T09:00:00.000+09:00`
  const line = { at, event: 'callRefused', door: 'desk', code: 'VISIT_REPEATED', reference: '482-163' }
  writeFileSync(join(dataDir, `logs/agent-${clinicDay(new Date())}.jsonl`), `${JSON.stringify(line)}\n`)
  const found = madoguchi('log', 'find', '４８２１６３', '--json', '--data', dataDir)
  expect(found.status).toBe(0)
  expect(JSON.parse(found.stdout)).toMatchObject({
    ok: true,
    lines: [{ code: 'VISIT_REPEATED', reference: '482-163' }],
  })
  const none = madoguchi('log', 'find', '111-111', '--data', dataDir)
  expect([none.status, none.stderr]).toEqual([0, expect.stringContaining('111-111 の行は')])
  expect(madoguchi('log', 'find', 'HUB_ERROR', '--data', dataDir).status).toBe(2)
})
