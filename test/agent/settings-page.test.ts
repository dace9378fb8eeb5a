// The page of the settings: what the screen may change and what not, when it counts, that each change has its row in the audit
// trail, and that it is taken back also after the next start.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src-main/agent.ts'
import { settingFields } from '../../src-main/settings/fields.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const savedIn = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))
const fieldOf = (agent: Agent, path: string) => {
  const { page } = agent.reception()
  if (page.name !== 'settings') throw new Error(page.name)
  return page.fields.find((field) => field.path === path)
}

async function openPage(settings: object = {}, dataDir?: string) {
  const folder = dataDir ?? (await dataFolder(settings))
  const desk = await openDesk(folder)
  must(await desk.call('openPage', { page: 'settings' }))
  const change = (path: string, value: unknown) => desk.call('changeSetting', { path, value })
  return { dataDir: folder, desk, change, field: (path: string) => fieldOf(desk.agent, path) }
}

describe('the fields', () => {
  test('are those of the schema, each with a name in Japanese and a sentence', () => {
    expect(settingFields.length).toBeGreaterThan(20)
    for (const { title, description } of settingFields) {
      expect(title).not.toMatch(/^[a-zA-Z.]+$/)
      expect(description).toMatch(/。$/)
      // What a word of the file means is for an editor.
      expect(description).not.toMatch(/null|false|pcsc|[a-z] は/)
    }
  })

  test('that lead somewhere, or name a secret, are not changed here', () => {
    const changed = settingFields.filter(({ change }) => change).map(({ path }) => path)
    expect(changed).toEqual([
      'pinEntry.side',
      'pinEntry.shuffledKeys',
      'hideScreenAfterMin',
      'startAtLogOn',
      'clinic.names',
      'clinic.institutionCode',
      'clinic.municipalities',
      'retentionDays',
    ])
  })
})

test.each([
  ['mode', 'live'],
  ['reader', 'pcsc'],
  ['hub.url', 'https://198.51.100.7'],
  ['terminal.folder', '/etc'],
  ['allowed.folders', ['/etc']],
  ['backupFolder', '/etc'],
  ['destinations', []],
  ['substitutions', 'x'],
  ['$schema', 'x'],
  ['__proto__.polluted', true],
  ['nothing', 1],
])('%s is refused and changes nothing', async (path, value) => {
  const { dataDir, desk, change } = await openPage({ retentionDays: 20 })
  const before = readFileSync(join(dataDir, 'settings.json'), 'utf8')
  expect((await change(path, value)).ok).toBe(false)
  expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toBe(before)
  expect(desk.agent.reception().settings.changed).toEqual([])
})

test('a value that the schema does not take is refused with its field', async () => {
  const { change } = await openPage({ retentionDays: 20 })
  expect(await change('retentionDays', 0)).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'retentionDays' } },
  })
  expect(await change('pinEntry.side', 'street')).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'pinEntry.side' } },
  })
  expect(await change('clinic.institutionCode', '123')).toMatchObject({
    error: { code: 'SETTINGS_INVALID', detail: { field: 'clinic.institutionCode' } },
  })
  expect((await change('clinic.names', ['医院\u0000'])).ok).toBe(false)
})

test('what counts at once does, the rest says that it waits, and the file keeps what else stands in it', async () => {
  const { dataDir, desk, change, field } = await openPage({ retentionDays: 20, pinEntry: { shuffledKeys: true } })
  expect(field('hideScreenAfterMin')).toMatchObject({ value: 5, from: 'default', isForNextStart: false })
  must(await change('hideScreenAfterMin', 2))
  expect(desk.agent.reception().hideAfterMin).toBe(2)
  expect(field('hideScreenAfterMin')).toMatchObject({ value: 2, from: 'site', before: 5, isForNextStart: false })
  must(await change('pinEntry.side', 'patient'))
  expect(desk.agent.reception().pinEntry.side).toBe('desk')
  expect(field('pinEntry.side')).toMatchObject({ value: 'patient', before: 'desk', isForNextStart: true })
  expect(savedIn(dataDir)).toEqual({
    $schema: 'settings.schema.json',
    retentionDays: 20,
    hideScreenAfterMin: 2,
    pinEntry: { shuffledKeys: true, side: 'patient' },
  })
  expect(desk.agent.reception().settings.changed.map(({ setting }) => setting)).toEqual([
    'pinEntry',
    'hideScreenAfterMin',
  ])
})

test('it is taken back after the next start as well, and what was never changed cannot be', async () => {
  const first = await openPage({})
  must(await first.change('pinEntry.side', 'patient'))
  await first.desk.stop()
  const second = await openPage({}, first.dataDir)
  expect(second.desk.agent.reception().pinEntry.side).toBe('patient')
  expect(second.field('pinEntry.side')).toMatchObject({ value: 'patient', before: 'desk', isForNextStart: false })
  expect(second.field('pinEntry.shuffledKeys')?.before).toBeUndefined()
  expect(second.field('retentionDays')?.before).toBeUndefined()
  must(await second.change('pinEntry.side', 'desk'))
  expect(second.field('pinEntry.side')).toMatchObject({ value: 'desk', before: 'patient', isForNextStart: true })
})

test('the clinic counts for the next judgement, and a proxy’s user is not shown', async () => {
  const { desk, change, field } = await openPage({
    hub: {
      url: 'https://hub.example.jp',
      caFile: 'a',
      clientCertificateFile: 'b',
      clientKeyFile: 'c',
      proxy: 'http://clinic@proxy:3128',
    },
  })
  expect(field('hub.proxy')?.value).toBe('http://proxy:3128')
  const before = await desk.checkIn('nanbyo')
  expect(before.answers?.medicalSubsidy).toBeTruthy()
  must(await change('clinic.names', ['よその医院']))
  must(await desk.call('closeVisit', { visitId: before.id }))
  must(await desk.call('openPage', { page: 'settings' }))
  expect(field('clinic.names')).toMatchObject({ value: ['よその医院'], before: null })
  must(await change('clinic.names', null))
  expect(field('clinic.names')).toMatchObject({ value: [], from: 'default' })
})
