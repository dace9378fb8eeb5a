// `npm run madoguchi -- doctor` as clinic IT and scripts use it, on the built product: one JSON on the last line, exit codes, and
// sentences for people otherwise.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, temporaryFolder } from '../support.ts'

const entry = join(root, 'dist/main/madoguchi.js')
const doctor = (...args: string[]) => spawnSync(process.execPath, [entry, 'doctor', ...args], { encoding: 'utf8' })

test('a computer on which nothing was started is well, and nothing is made there', { timeout: 60_000 }, () => {
  const dataDir = join(temporaryFolder(), 'data')
  const { status, stdout } = doctor('--json', '--data', dataDir)
  expect(status).toBe(0)
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    checks: expect.arrayContaining([
      expect.objectContaining({ check: 'version', state: 'ok' }),
      expect.objectContaining({ check: 'readers', state: 'unused', code: 'virtualReader' }),
      expect.objectContaining({ check: 'database', state: 'unused', code: 'nothingStored' }),
    ]),
  })
  expect(existsSync(dataDir)).toBe(false)
})

test('what is broken ends with 2, for scripts and for people', { timeout: 60_000 }, () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'receipt'))
  writeFileSync(join(dataDir, 'settings.json'), '{ "mode": "training",\n  "retentionDays": "many" }')
  const said = doctor('--data', dataDir)
  expect(said.status).toBe(2)
  expect(said.stdout).toBe('')
  expect(said.stderr).toContain(
    '[異常] 設定ファイル：設定に誤りがあります（settings.json の2行目 20文字目、retentionDays）。',
  )
  expect(said.stderr).toContain('直し方：整数を指定してください（" で囲みません）。')
  expect(said.stderr).toContain('[未確認] 取り込み先：「設定ファイル」が直るまで、確かめられません。')
  const { status, stdout } = doctor('--json', '--data', dataDir)
  expect(status).toBe(2)
  expect(JSON.parse(stdout)).toMatchObject({ ok: false })
})

test('its help tells the exit codes, and a word that it does not know is refused', () => {
  const help = doctor('--help')
  expect(help.stderr).toContain('終了コード: 0 正常')
  const refused = doctor('--json', '--everything')
  expect(refused.status).toBe(2)
  expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' } })
})
