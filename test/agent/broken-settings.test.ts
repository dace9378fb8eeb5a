// A desk whose settings are broken opens all the same, with what can be used, and says what cannot.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { fault } from '../faults.ts'
import { must, root, temporaryFolder } from '../support.ts'
import { dataFolder, openDesk, tryAgent } from './fixture.ts'

const live = {
  mode: 'live',
  hub: {
    url: 'https://127.0.0.1:9',
    caFile: 'hub-ca.pem',
    clientCertificateFile: 'client.pem',
    clientKeyFile: 'client-key.pem',
  },
  destinations: [],
}

const logName = (dataDir: string) => readdirSync(join(dataDir, 'logs')).at(-1) ?? ''

fault('settings', 'settings.json is damaged', {
  seen: 'SETTINGS_INVALID',
  detail: { field: 'settings.json', line: 1 },
  data: 'The desk works with the settings that last started; the damaged file is not written over.',
  recovery: 'Clinic IT mends the file; the line is named.',
})
test('the settings that started are kept, used when the file is damaged, and the screen says so', async () => {
  const dataDir = await dataFolder({ retentionDays: 12 })
  const first = await openDesk(dataDir)
  expect(first.agent.reception().settings.fallback).toBeNull()
  await first.stop()
  const file = join(dataDir, 'settings.json')
  writeFileSync(file, '{ "retentionDays": 12,, }')

  const second = await openDesk(dataDir)
  const extra = { layer: 'site', path: '', line: 1, reason: 'extraComma' }
  const faults = [
    { ...extra, column: 22 },
    { ...extra, column: 23 },
  ]
  const fallback = { code: 'SETTINGS_INVALID', detail: { field: 'settings.json', line: 1, faults } }
  expect(second.agent.reception().settings.fallback).toEqual(fallback)
  expect((await second.checkIn('nanbyo')).state).toBe('handedOver')
  // What is damaged is for an administrator to mend, and nothing of it is written over.
  expect(await second.call('chooseReader', { reader: 'Reader 1' })).toEqual({ ok: false, error: fallback })
  expect(readFileSync(file, 'utf8')).toBe('{ "retentionDays": 12,, }')
  await second.stop()
  const log = readFileSync(join(dataDir, 'logs', logName(dataDir)), 'utf8')
  expect(log).toContain(
    '"event":"settingsFallback","code":"SETTINGS_INVALID","field":"settings.json","line":1,"reason":"extraComma"',
  )
  expect(JSON.parse(readFileSync(join(dataDir, 'settings.last-good.json'), 'utf8'))).toEqual({ retentionDays: 12 })

  writeFileSync(file, '{ "retentionDays": 13 }')
  expect((await openDesk(dataDir)).agent.reception().settings.fallback).toBeNull()
})

const files = ['caFile', 'clientCertificateFile', 'clientKeyFile'] as const

fault('settings', 'A certificate file of the hub is gone', {
  seen: 'SETTINGS_INVALID',
  detail: { field: 'hub.caFile' },
  data: 'Nothing is sent to anybody.',
  recovery: 'Clinic IT puts the file back; it is named.',
})
test.each(files)('a %s of the hub that has gone is named, and nobody is asked without it', async (field) => {
  const dataDir = await dataFolder(live)
  for (const other of files)
    if (other !== field) writeFileSync(join(dataDir, live.hub[other]), rootCertificates[0] ?? '')
  const desk = await openDesk(dataDir)
  expect(desk.agent.reception().settings.failures).toEqual([
    { code: 'SETTINGS_INVALID', detail: { field: `hub.${field}` } },
  ])
  must(await desk.call('openPage', { page: 'destinations' }))
})

test('what has never started is not kept', async () => {
  const dataDir = await dataFolder({ mode: 'live' })
  expect((await tryAgent(dataDir)).ok).toBe(false)
  expect(() => readFileSync(join(dataDir, 'settings.last-good.json'))).toThrow('ENOENT')
})

test('a rehearsal whose destination lies in a folder that is not there opens, makes none, and holds its files', async () => {
  const shares = temporaryFolder()
  // Below a file nobody can make a folder.
  writeFileSync(join(shares, 'a-file'), '')
  const folders = [join(shares, 'not-mounted'), join(shares, 'a-file', 'import')]
  const destinations = folders.map((folder, at) => ({ id: `receipt-${at}`, format: 'csv', folder }))
  const desk = await openDesk(await dataFolder({ destinations }))
  expect((await desk.checkIn('nanbyo')).deliveries).toMatchObject([
    { state: 'queued', failure: { code: 'DESTINATION_MISSING' } },
    { state: 'queued', failure: { code: 'DESTINATION_MISSING' } },
  ])
  expect(readdirSync(shares)).toEqual(['a-file'])
})

test('the command line says it too, beside the JSON that scripts read', async () => {
  const dataDir = await dataFolder({})
  await (await openDesk(dataDir)).stop()
  writeFileSync(join(dataDir, 'settings.json'), '{ "mode": "training" ')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist/main/headless.js'), '--deliveries', '--json', '--data', dataDir],
    { encoding: 'utf8' },
  )
  expect(JSON.parse(stdout)).toEqual({ ok: true, deliveries: [] })
  expect(stderr).toContain('settings.json の1行目 22文字目')
  expect(stderr).toContain('前回起動したときの設定（トレーニング）で動いています。')
})
