// `npm run madoguchi -- doses check FILE`, on the built product: a childhood is checked, and what is none is refused without a
// word of what stands in it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fault } from '../faults.ts'
import { root, temporaryFolder } from '../support.ts'

const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  findings: z.array(z.looseObject({ code: z.string(), text: z.string() })).optional(),
  next: z.array(z.looseObject({ vaccine: z.string() })).optional(),
})

function doses(...args: string[]) {
  const entry = join(root, 'dist/main/madoguchi.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, 'doses', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}
function asked(...args: string[]) {
  const { status, stdout } = doses(...args, '--json')
  expect(stdout.trim().split('\n')).toHaveLength(1)
  return { status, ...answerSchema.parse(JSON.parse(stdout)) }
}

function fileOf(content: string): string {
  const file = join(temporaryFolder(), 'doses.json')
  writeFileSync(file, content)
  return file
}

const hepatitis = {
  birthDate: '2026-01-10',
  sex: 'female',
  day: '2026-11-23',
  doses: [
    { vaccine: 'B型肝炎', on: '2026-03-12', dose: 1 },
    { vaccine: 'hepatitisB', on: '2026-04-12', dose: 2 },
    { vaccine: 'B型肝炎', on: '2026-07-20', dose: 3 },
  ],
}

test('a childhood is checked: every finding with its rule, and what comes next', () => {
  const answer = asked('check', fileOf(JSON.stringify(hepatitis)))
  expect(answer).toMatchObject({ status: 0, ok: true, day: '2026-11-23', doses: 3 })
  expect(answer.findings).toEqual([
    {
      ...{ vaccine: 'B型肝炎', givenOn: '2026-07-20', code: 'RECORD_TOO_SOON', weight: 'check' },
      text: expect.stringContaining('139日以上'),
      rule: { title: expect.stringContaining('予防接種実施規則'), date: '2025-07-25', confirmed: true },
    },
  ])
  expect(answer.next).toContainEqual(expect.objectContaining({ vaccine: 'B型肝炎', dose: '3回目', verdict: 'today' }))
})

test('people read the same, with the documents', () => {
  const { status, stdout, stderr } = doses('check', fileOf(JSON.stringify(hepatitis)))
  expect([status, stdout]).toEqual([0, ''])
  expect(stderr).toContain('接種の記録3件を確かめました。')
  expect(stderr).toContain('根拠: 予防接種実施規則')
})

test('the day is the file’s, else the one that was typed', () => {
  const { day, ...without } = hepatitis
  expect(asked('check', fileOf(JSON.stringify(without)), '--date', '2026-08-01')).toMatchObject({ day: '2026-08-01' })
  expect(asked('check', fileOf(JSON.stringify(hepatitis)), '--date', '2026-08-01')).toMatchObject({ day })
})

fault('files', 'A file of doses cannot be read', {
  seen: 'DOSES_UNREADABLE',
  data: 'Nothing of it is judged, and nothing of it is repeated in the message.',
  recovery: 'The file is put right.',
})
test.each([
  ['is not there', () => join(temporaryFolder(), 'none.json')],
  ['is no JSON', () => fileOf('B型肝炎,2026-03-12')],
  ['has a day that is none', () => fileOf(JSON.stringify({ ...hepatitis, birthDate: '2026-02-30' }))],
  ['says more than is asked for', () => fileOf(JSON.stringify({ ...hepatitis, name: '練習　太郎' }))],
])('a file that %s is refused', (_what, file) => {
  const answer = asked('check', file())
  expect(answer).toMatchObject({ status: 2, ok: false, error: { code: 'DOSES_UNREADABLE' } })
  expect(JSON.stringify(answer)).not.toMatch(/練習|2026-02-30/)
})

test('a command that is none is refused, and the way to use it is told', () => {
  expect(asked('look', 'x.json')).toMatchObject({ status: 2, error: { code: 'REQUEST_INVALID' } })
  expect(doses('--help').stderr).toContain('doses check FILE')
})
