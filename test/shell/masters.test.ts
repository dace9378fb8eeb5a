// `npm run madoguchi -- masters …` as clinic IT uses it, on the built product: a sample is made, imported and looked up; what is
// no master changes nothing.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fault } from '../faults.ts'
import { root, temporaryFolder } from '../support.ts'

const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})

function masters(...args: string[]) {
  const entry = join(root, 'dist/main/madoguchi.js')
  const { status, stdout } = spawnSync(process.execPath, [entry, 'masters', ...args, '--json'], { encoding: 'utf8' })
  expect(stdout.trim().split('\n')).toHaveLength(1)
  return { status, ...answerSchema.parse(JSON.parse(stdout)) }
}

test('a sample of the publisher’s size is imported and looked up; the next issue tells what it changes', {
  timeout: 120_000,
}, () => {
  const folder = temporaryFolder()
  const file = join(folder, 'm_regional_publicly_funded_all_20260803.csv')
  const next = join(folder, 'm_regional_publicly_funded_all_20261102.csv')
  const data = ['--data', join(folder, 'data')]
  expect(masters('lookup', '88131248', ...data)).toMatchObject({ status: 2, error: { code: 'MASTER_MISSING' } })

  expect(masters('sample', file)).toMatchObject({ status: 0, ok: true, rows: 23_000 })
  expect(masters('import', file, '--preview', ...data)).toMatchObject({ applied: false, before: null })
  expect(masters('lookup', '88131248', ...data)).toMatchObject({ status: 2, error: { code: 'MASTER_MISSING' } })
  expect(masters('import', file, ...data)).toMatchObject({
    status: 0,
    ok: true,
    applied: true,
    issuedOn: '2026-08-03',
    rows: 23_000,
    counts: { changed: 0, ended: 0, same: 0 },
  })
  expect(masters('lookup', '88131248', ...data)).toMatchObject({
    status: 0,
    ok: true,
    schemes: [
      {
        name: '八王子市義務教育就学児の医療費の助成（見本）',
        prefecture: '東京都',
        municipality: '八王子市',
        inKind: true,
        conditions: [{}],
      },
    ],
  })
  expect(masters('lookup', '81136244', ...data)).toMatchObject({ schemes: [{ conditions: [{}, {}] }] })
  expect(masters('lookup', '88131248', '--date', '2025-03-31', ...data)).toMatchObject({ ok: true, schemes: [] })

  const lines = readFileSync(file, 'utf8').split('\r\n')
  const changed = [
    ...lines.slice(1).map((line) => line.replace(',200,', ',300,').replace('マル青', 'マル青改')),
    lines[0]?.replace('\uFEFF', '').replace('88138243', '88138250'),
  ]
  writeFileSync(next, `\uFEFF${changed.filter((line) => line).join('\r\n')}\r\n`)
  expect(masters('import', next, ...data)).toMatchObject({
    ok: true,
    before: '2026-08-03',
    counts: { new: 1, ended: 1 },
  })
  expect(masters('lookup', '88138243', ...data)).toMatchObject({ schemes: [] })
  // The one before counts for its days.
  expect(masters('lookup', '88138243', '--date', '2026-11-01', ...data)).toMatchObject({
    schemes: [{ municipality: '八王子市' }],
  })
  expect(masters('import', file, ...data)).toMatchObject({ status: 2, error: { code: 'MASTER_OLDER' } })
})

fault('files', 'The file of the master is not there', {
  seen: 'MASTER_UNREADABLE',
  data: 'Nothing is taken.',
  recovery: 'The right file is named.',
})
fault('files', 'A local scheme is looked up before there is a master', {
  seen: 'MASTER_MISSING',
  data: 'Nothing is made up.',
  recovery: 'The master is taken in first.',
})
test('what is no master is refused as a whole, what is typed wrongly is named, and a sample takes no other file’s place', {
  timeout: 60_000,
}, () => {
  const folder = temporaryFolder()
  const data = ['--data', join(folder, 'data')]
  const file = join(folder, 'master.csv')
  masters('sample', file, '--rows', '50')
  const good = readFileSync(file, 'utf8')
  expect(masters('sample', file)).toMatchObject({ status: 2, error: { code: 'REQUEST_INVALID' } })
  expect(readFileSync(file, 'utf8')).toBe(good)
  writeFileSync(file, good.replace('20250401', '20250431'))
  const refused = masters('import', file, ...data)
  expect(refused).toMatchObject({ status: 2, ok: false, error: { code: 'MASTER_CELL' } })
  expect(refused.error?.message).toContain('1行目')
  expect(masters('import', join(folder, 'absent.csv'), ...data)).toMatchObject({ error: { code: 'MASTER_UNREADABLE' } })
  expect(masters('lookup', '88131248', ...data)).toMatchObject({ error: { code: 'MASTER_MISSING' } })
  expect(masters('lookup', '8813124', ...data)).toMatchObject({ status: 2, error: { code: 'REQUEST_INVALID' } })
  expect(masters('lookup', '88131248', '--rows', '3', ...data)).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
})
