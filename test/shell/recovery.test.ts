// The way back when the computer that kept the key is gone, as clinic IT goes it: with the copies and the sheet on a new one.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import type { World } from '../../src-main/shell/commands/command.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { openData } from '../../src-main/store/data-folder.ts'
import { fault } from '../faults.ts'
import { confirmedVisit, migrationsDir, newDelivery } from '../store/samples.ts'
import { must, temporaryFolder } from '../support.ts'

function computer(dataDir: string, typed = '') {
  const place = { dataDir, keyStore: openHeadlessKey(dataDir, 'linux'), migrationsDir, lockWaitMs: 0 }
  const world: World = {
    typed: 'madoguchi',
    hasOtherFolders: true,
    place: async () => ok(place),
    typedIn: () => typed,
    sources: ownFileOnly,
    program: { entries: { readerHost: '', deliveryThread: '', folderThread: '', photoThread: '' }, version: 'test' },
  }
  return { place, madoguchi: async (...words: string[]) => (await carryOut(words, world)).said.answer }
}

async function clinic() {
  const dataDir = temporaryFolder()
  const { place, madoguchi } = computer(dataDir)
  const { store } = must(await openData(place))
  const visit = await confirmedVisit(store, [newDelivery('receipt')])
  store.close()
  expect(await madoguchi('backup')).toMatchObject({ ok: true })
  const sheet: unknown = Object.values(await madoguchi('key', 'sheet')).at(-1)
  // The copies on another disk, which is all that is left.
  const disk = join(temporaryFolder(), 'disk')
  cpSync(join(dataDir, 'backup'), disk, { recursive: true })
  const copy = join(disk, readdirSync(disk).find((name) => name.endsWith('.db')) ?? '')
  return { visit, sheet: String(sheet), disk, copy, dataDir, madoguchi }
}

test('the copies and the sheet open the data on another computer; neither alone does', async () => {
  const { visit, sheet, copy, disk } = await clinic()
  expect(sheet).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/)
  const without = computer(join(temporaryFolder(), 'new'))
  expect(await without.madoguchi('restore', '--from', copy)).toMatchObject({ error: { code: 'STORE_KEY_MISSING' } })
  expect(readFileSync(join(disk, 'recovery.key')).length).toBe(64)
  // As a person types it: small letters, spaces for dashes, O for 0.
  const typed = `${sheet.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}\n`
  const { place, madoguchi } = computer(join(temporaryFolder(), 'new'), typed)
  expect(await madoguchi('restore', '--from', copy, '--recovery-key')).toMatchObject({ ok: true, with: 'copy', copy })
  const { store } = must(await openData(place))
  expect((await store.visit(visit.id))?.deliveries).toHaveLength(1)
  store.close()
  expect(await madoguchi('audit', 'verify')).toMatchObject({ ok: true })
})

fault('database', 'A recovery sheet of another clinic, or an earlier one, is typed', {
  seen: 'STORE_KEY_WRONG',
  data: 'Nothing is opened, and no key is left behind.',
  recovery: 'The right sheet is typed.',
})
test('a mistyped sheet, an earlier one, and one of another clinic open nothing and leave no key behind', async () => {
  const { sheet, copy, disk, dataDir, madoguchi } = await clinic()
  const other = await clinic()
  const fails = async (typed: string, from = copy) => {
    const there = join(temporaryFolder(), 'new')
    const answer = await computer(there, typed).madoguchi('restore', '--from', from, '--recovery-key')
    expect(existsSync(join(there, 'database.key'))).toBe(false)
    return answer
  }
  const wrong = `${sheet.slice(0, -1)}${sheet.endsWith('0') ? '1' : '0'}`
  expect(await fails(wrong)).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  expect(await fails('')).toMatchObject({ error: { code: 'REQUEST_INVALID' } })
  expect(await fails(other.sheet)).toMatchObject({ error: { code: 'STORE_KEY_WRONG' } })
  expect(await fails(sheet, join(disk, 'none.db'))).toMatchObject({ error: { code: 'STORE_COPY_MISSING' } })
  const renewed = String(Object.values(await madoguchi('key', 'sheet')).at(-1))
  cpSync(join(dataDir, 'backup', 'recovery.key'), join(disk, 'recovery.key'))
  expect(await fails(sheet)).toMatchObject({ error: { code: 'STORE_KEY_WRONG' } })
  // A computer that has data of its own keeps its key.
  expect(await computer(other.dataDir, renewed).madoguchi('restore', '--from', copy, '--recovery-key')).toMatchObject({
    error: { code: 'STORE_KEY_WRONG' },
  })
})

test('a drill before there is any copy says how to make one, and of giving nothing up', async () => {
  const dataDir = temporaryFolder()
  const { place, madoguchi } = computer(dataDir)
  must(await openData(place)).store.close()
  const refused = JSON.stringify(await madoguchi('restore', '--drill'))
  expect(refused).toContain('STORE_COPY_MISSING')
  expect(refused).toContain('「madoguchi backup」')
  expect(refused).not.toContain('あきらめ')
  expect(refused).not.toContain('残っている記録')
  expect(await madoguchi('backup')).toMatchObject({ ok: true })
  expect(await madoguchi('restore', '--drill')).toMatchObject({ ok: true })
})
