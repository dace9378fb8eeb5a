// `npm run madoguchi -- staff …` as clinic IT uses it, on the built product: somebody is enrolled, locked, and given another
// authenticator; the last of IT stays, and no key is told twice.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fault } from '../faults.ts'
import { root, temporaryFolder } from '../support.ts'

const answerSchema = z.looseObject({
  ok: z.boolean(),
  key: z.string().optional(),
  link: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional(),
})

function staff(...args: string[]) {
  const entry = join(root, 'dist/main/madoguchi.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, 'staff', ...args], { encoding: 'utf8' })
  const isJson = args.includes('--json')
  return { status, stderr, ...(isJson ? answerSchema.parse(JSON.parse(stdout)) : { ok: status === 0 }) }
}

fault('staff', 'A staff code is given twice', {
  seen: 'STAFF_CODE_TAKEN',
  data: 'The one who has it keeps it.',
  recovery: 'Another code is typed.',
})
fault('staff', 'The last one who looks after the staff is to be locked', {
  seen: 'STAFF_LAST_IT',
  data: 'Nothing is changed.',
  recovery: 'Somebody else gets that role first.',
})
test('people are enrolled, listed, locked and given another authenticator', { timeout: 120_000 }, () => {
  const data = ['--json', '--data', join(temporaryFolder(), 'data')]
  expect(staff('list', ...data)).toMatchObject({ status: 0, staff: [] })
  const first = ['add', '1', '--name', '佐々木　恵', '--role']
  expect(staff(...first, 'reception', ...data)).toMatchObject({ status: 2, error: { code: 'STAFF_LAST_IT' } })
  const added = staff(...first, 'it', ...data)
  expect(added).toMatchObject({ status: 0, code: '1', key: expect.stringMatching(/^[A-Z2-7]{32}$/) })
  expect(added.link).toContain(`secret=${added.key}`)
  expect(staff(...first, 'it', ...data)).toMatchObject({ status: 2, error: { code: 'STAFF_CODE_TAKEN' } })
  expect(staff('add', '2', '--name', '山田', '--role', 'lead', '--account', 'yamada', ...data).status).toBe(0)
  expect(staff('list', ...data)).toMatchObject({
    staff: [
      { code: '1', name: '佐々木　恵', role: 'it', account: null, isLocked: false, signedInAt: null },
      { code: '2', name: '山田', role: 'lead', account: 'yamada', isLocked: false, signedInAt: null },
    ],
  })
  expect(JSON.stringify(staff('list', ...data))).not.toContain(added.key)
  expect(staff('lock', '1', ...data)).toMatchObject({ status: 2, error: { code: 'STAFF_LAST_IT' } })
  expect(staff('lock', '2', ...data)).toMatchObject({ status: 0, staff: { code: '2', isLocked: true } })
  expect(staff('unlock', '2', ...data)).toMatchObject({ status: 0, staff: { code: '2', isLocked: false } })
  const reset = staff('reset', '1', ...data)
  expect(reset.key).toMatch(/^[A-Z2-7]{32}$/)
  expect(reset.key).not.toBe(added.key)
  expect(staff('reset', '77', ...data)).toMatchObject({ status: 2, error: { code: 'REQUEST_INVALID' } })
})

test('for people it draws the QR code and says the key, and what does not fit is named', { timeout: 60_000 }, () => {
  const data = ['--data', join(temporaryFolder(), 'data')]
  const { status, stderr } = staff('add', '1', '--name', '佐々木', '--role', 'it', ...data)
  expect(status).toBe(0)
  expect(stderr).toMatch(/[█▀▄]{10}/)
  expect(stderr).toMatch(/[A-Z2-7]{32}/)
  expect(staff('add', '2', '--name', 'x', '--role', 'boss', ...data)).toMatchObject({ status: 2 })
  expect(staff('add', '2', '--name', 'x', '--role', 'boss', ...data).stderr).toContain('--role')
  expect(staff('--help', ...data).stderr).toContain('staff reset CODE')
})
