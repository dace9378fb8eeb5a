// What somebody at the counter can make of the settings: only what an administrator has allowed, nothing that the next start
// could not use, and everything with a row in the audit trail and a line on the screen.
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src-main/agent.ts'
import { type Destination, destinationSchema } from '../../src-main/contract/destination.ts'
import { fail } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { fault } from '../faults.ts'
import { destinationOf } from '../handover/destination-of.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix, onWindows } from '../system.ts'
import { dataFolder, openDesk, storeOf } from './fixture.ts'

const hub = {
  url: 'https://127.0.0.1:9',
  caFile: 'hub-ca.pem',
  clientCertificateFile: 'client.pem',
  clientKeyFile: 'client-key.pem',
}
const orcaHost = 'https://orca.example.jp'

/** A live clinic whose administrator has set one destination up by hand and allows two more places. */
async function liveClinic(environment: Record<string, string> = {}) {
  const shares = temporaryFolder()
  const folders = { receipt: join(shares, 'receipt'), chart: join(shares, 'chart'), other: join(shares, 'other') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const destinations = [
    { id: 'receipt', format: 'csv', folder: folders.receipt, extension: 'dat' },
    { id: 'orca', format: 'orca', url: 'http://192.168.1.20:8000', user: 'madoguchi', passwordFile: 'by-hand' },
  ]
  const allowed = { folders: [folders.chart], orcaHosts: [orcaHost] }
  const dataDir = await dataFolder({ mode: 'live', hub, destinations, allowed })
  for (const name of [hub.caFile, hub.clientCertificateFile, hub.clientKeyFile]) {
    writeFileSync(join(dataDir, name), rootCertificates[0] ?? '')
  }
  writeFileSync(join(dataDir, 'by-hand'), 'secret\n')
  mkdirSync(join(dataDir, 'secrets'))
  writeFileSync(join(dataDir, 'secrets/orca'), 'another\n', { mode: 0o600 })
  const settings = must(await loadSettings(dataDir, { ...ownFileOnly, environment }))
  const desk = await openDesk(dataDir, { settings })
  must(await desk.call('openPage', { page: 'destinations' }))
  const save = (destination: Destination, replaces: string | null = null) =>
    desk.call('saveDestination', { destination, replaces })
  const [receipt, orca] = destinations.map((each) => destinationSchema.parse(each))
  if (receipt?.format !== 'csv' || orca?.format !== 'orca') throw new Error('no destinations')
  return { dataDir, desk, save, folders, receipt, orca }
}

const settingsOf = (dataDir: string) => readFileSync(join(dataDir, 'settings.json'), 'utf8')
const savedIn = (dataDir: string) => JSON.parse(settingsOf(dataDir))
const pageOf = (agent: Agent) => {
  const { page } = agent.reception()
  if (page.name !== 'destinations') throw new Error(page.name)
  return page
}

describe('the screen cannot send anything anywhere', () => {
  const csvTo = (folder: string, more: object = {}) => destinationOf('csv', { id: 'evil', folder, ...more })
  const orcaTo = (url: string, more: object = {}) =>
    destinationOf('orca', { id: 'evil', url, user: 'x', passwordFile: 'secrets/orca', ...more })

  fault('settings', 'A destination is set on the screen that nobody has allowed', {
    seen: 'DESTINATION_NOT_ALLOWED',
    detail: { destination: 'evil', field: 'folder' },
    data: 'The settings stay as they were: no file goes anywhere new.',
    recovery: 'Clinic IT allows the folder in settings.json.',
  })
  test.each<[string, () => Destination, string]>([
    ['a system folder', () => csvTo('/etc'), 'folder'],
    ['a share of a foreign host', () => csvTo('\\\\198.51.100.7\\share'), 'folder'],
    ['a share by the long form', () => csvTo('\\\\?\\UNC\\198.51.100.7\\share'), 'folder'],
    ['a path upwards out of the data folder', () => csvTo('import/../../elsewhere'), 'folder'],
    ['the folder of the training certificates', () => csvTo('training'), 'folder'],
    ['a training folder of a live clinic', () => csvTo('import/csv'), 'folder'],
    ['ORCA at a foreign address over http', () => orcaTo('http://198.51.100.7:8000'), 'url'],
    ['ORCA at a foreign address over https', () => orcaTo('https://198.51.100.7'), 'url'],
    ['ORCA at another port of a listed host', () => orcaTo(`${orcaHost}:8443`), 'url'],
    ['ORCA at a listed host over http', () => orcaTo('http://orca.example.jp'), 'url'],
    ['a system file as the password', () => orcaTo(orcaHost, { passwordFile: '/etc/shadow' }), 'passwordFile'],
    ['our private key as the password', () => orcaTo(orcaHost, { passwordFile: hub.clientKeyFile }), 'passwordFile'],
    ['a way out of the secrets', () => orcaTo(orcaHost, { passwordFile: 'secrets/../by-hand' }), 'passwordFile'],
    [
      'a variable of the environment as the password',
      () => orcaTo(orcaHost, { passwordFile: undefined, password: { env: 'PATH' } }),
      'password',
    ],
    ['a CA file somewhere', () => orcaTo(orcaHost, { caFile: '/etc/passwd' }), 'caFile'],
    [
      'a client certificate somewhere',
      () => orcaTo(orcaHost, { clientCertificate: { pfxFile: '/x', passphraseFile: 'secrets/orca' } }),
      'clientCertificate.pfxFile',
    ],
  ])('%s is refused and changes nothing', async (_, make, field) => {
    const { dataDir, save, desk } = await liveClinic()
    const before = settingsOf(dataDir)
    expect(await save(make())).toEqual(fail('DESTINATION_NOT_ALLOWED', { destination: 'evil', field }))
    expect(settingsOf(dataDir)).toBe(before)
    expect(desk.agent.reception().settings.changed).toEqual([])
    expect(await auditOf(dataDir, await stopped(desk))).toEqual([])
  })

  test.each(['bat', 'cmd', 'lnk', 'url', 'dat'])('a new file with the extension %s is refused', async (extension) => {
    const { dataDir, save, folders } = await liveClinic()
    const before = settingsOf(dataDir)
    const destination = csvTo(folders.chart, { extension })
    expect(await save(destination)).toEqual(
      fail('DESTINATION_NOT_ALLOWED', { destination: 'evil', field: 'extension' }),
    )
    expect(settingsOf(dataDir)).toBe(before)
  })

  test('a destination set up by hand stays where it is, and goes only to what is allowed', async () => {
    const { dataDir, save, folders, receipt, orca } = await liveClinic()
    const refused = (destination: string, field: string) => fail('DESTINATION_NOT_ALLOWED', { destination, field })
    // Its own folder and extension are its own.
    must(await save({ ...receipt, header: false }, 'receipt'))
    expect(await save({ ...receipt, folder: folders.other }, 'receipt')).toEqual(refused('receipt', 'folder'))
    expect(await save({ ...receipt, extension: 'bat' }, 'receipt')).toEqual(refused('receipt', 'extension'))
    // Nobody else gets them.
    expect(await save({ ...receipt, id: 'twin', extension: 'csv' })).toEqual(refused('twin', 'folder'))
    expect(await save({ ...receipt, id: 'orca', extension: 'csv' }, 'orca')).toEqual(refused('orca', 'folder'))
    must(await save({ ...receipt, folder: folders.chart }, 'receipt'))

    must(await save({ ...orca, subsidyPlaces: 2 }, 'orca'))
    // The password that an administrator named for one host is not taken to another one.
    expect(await save({ ...orca, url: orcaHost }, 'orca')).toEqual(refused('orca', 'passwordFile'))
    expect(await save({ ...orca, caFile: 'by-hand' }, 'orca')).toEqual(refused('orca', 'caFile'))
    must(await save({ ...orca, url: orcaHost, passwordFile: 'secrets/orca' }, 'orca'))
    expect(savedIn(dataDir).destinations).toMatchObject([
      { id: 'receipt', folder: folders.chart },
      { id: 'orca', url: orcaHost, passwordFile: 'secrets/orca' },
    ])
  })

  test('a password that an administrator keeps in the environment stays with its host', async () => {
    const { dataDir, desk, orca } = await liveClinic({ ORCA_PASSWORD: 'from outside' })
    const { passwordFile: _file, ...rest } = orca
    const named = { ...rest, password: { env: 'ORCA_PASSWORD' } }
    // By hand, while the desk runs.
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ ...savedIn(dataDir), destinations: [named] }))
    const save = (destination: Destination) => desk.call('saveDestination', { destination, replaces: 'orca' })
    must(await save({ ...named, subsidyPlaces: 2 }))
    expect(savedIn(dataDir).destinations).toMatchObject([{ password: { env: 'ORCA_PASSWORD' }, subsidyPlaces: 2 }])
    const refused = fail('DESTINATION_NOT_ALLOWED', { destination: 'orca', field: 'password' })
    expect(await save({ ...named, url: orcaHost })).toEqual(refused)
    expect(await save({ ...named, password: { env: 'PATH' } })).toEqual(refused)
    expect(JSON.stringify(await auditOf(dataDir, await stopped(desk)))).not.toContain('from outside')
  })

  test('the list of what is allowed is out of its reach, and what it may choose is on the page', async () => {
    const { dataDir, desk, folders } = await liveClinic()
    expect(pageOf(desk.agent).choices).toEqual({
      folders: [folders.chart],
      orcaHosts: [orcaHost],
      secrets: ['secrets/orca'],
    })
    const destination = { ...destinationOf('csv', { folder: folders.other }), allowed: { folders: [folders.other] } }
    const request = { destination, replaces: null, allowed: { folders: [folders.other] } }
    expect((await desk.call('saveDestination', request)).ok).toBe(false)
    expect(savedIn(dataDir).allowed).toEqual({ folders: [folders.chart], orcaHosts: [orcaHost] })
  })

  test.skipIf(onWindows)('a listed folder that has become a link is refused', async () => {
    const { save, folders } = await liveClinic()
    rmSync(folders.chart, { recursive: true })
    symlinkSync('/etc', folders.chart)
    const expected = fail('DESTINATION_NOT_ALLOWED', { destination: 'evil', field: 'folder' })
    expect(await save(csvTo(folders.chart))).toEqual(expected)
  })

  test.skipIf(onWindows)('a folder of a rehearsal that leads out of the data folder is refused', async () => {
    const dataDir = await dataFolder({})
    const desk = await openDesk(dataDir)
    must(await desk.call('openPage', { page: 'destinations' }))
    rmSync(join(dataDir, 'import'), { recursive: true })
    const elsewhere = temporaryFolder()
    mkdirSync(join(elsewhere, 'xml'))
    symlinkSync(elsewhere, join(dataDir, 'import'))
    const destination = destinationOf('json', { id: 'evil', folder: 'import/xml' })
    expect(await desk.call('saveDestination', { destination, replaces: null })).toEqual(
      fail('DESTINATION_NOT_ALLOWED', { destination: 'evil', field: 'folder' }),
    )
  })
})

describe('what the next start could not use is not saved', () => {
  test('a folder that is not there, unless it is that of a destination in use, or nothing goes there', async () => {
    const { save, folders, receipt } = await liveClinic()
    rmSync(folders.chart, { recursive: true })
    rmSync(folders.receipt, { recursive: true })
    const chart = destinationOf('csv', { id: 'chart', folder: folders.chart })
    expect(await save(chart)).toEqual(fail('DESTINATION_MISSING', { destination: 'chart' }))
    writeFileSync(folders.chart, 'no folder')
    expect(await save(chart)).toEqual(fail('DESTINATION_MISSING', { destination: 'chart' }))
    must(await save({ ...chart, isOn: false }))
    must(await save({ ...receipt, header: false }, 'receipt'))
    must(await save({ ...receipt, isOn: false }, 'receipt'))
    expect(await save(receipt, 'receipt')).toEqual(fail('DESTINATION_MISSING', { destination: 'receipt' }))
  })

  const unusable: readonly (readonly [string, (file: string) => void])[] = [
    ['is not there', (file) => rmSync(file)],
    ['is empty', (file) => writeFileSync(file, '\n')],
    ['is longer than a password', (file) => writeFileSync(file, 'x'.repeat(129))],
    ['holds what no password holds', (file) => writeFileSync(file, 'a\u0000b\n')],
    [
      'is a folder',
      (file) => {
        rmSync(file)
        mkdirSync(file)
      },
    ],
  ]
  const open: typeof unusable = [
    [
      'is a link',
      (file) => {
        rmSync(file)
        symlinkSync('/etc/hostname', file)
      },
    ],
    ['can be read by others', (file) => chmodSync(file, 0o640)],
  ]
  test.each([...unusable, ...(onPosix ? open : [])])('a password whose file %s', async (_, spoil) => {
    const { dataDir, save, orca } = await liveClinic()
    const before = settingsOf(dataDir)
    spoil(join(dataDir, 'secrets/orca'))
    const wanted = { ...orca, url: orcaHost, passwordFile: 'secrets/orca' }
    const expected = fail('DESTINATION_NOT_READY', { destination: 'orca', field: 'passwordFile' })
    expect(await save(wanted, 'orca')).toEqual(expected)
    expect(settingsOf(dataDir)).toBe(before)
    must(await save({ ...wanted, isOn: false }, 'orca'))
  })
})

describe('every change', () => {
  test('is a row with the value before and after in the audit trail, without any secret', async () => {
    const { dataDir, desk, save, receipt } = await liveClinic()
    must(await save({ ...receipt, header: false }, 'receipt'))
    must(await desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' }))
    must(await desk.call('chooseReader', { reader: 'Reader 1' }))
    must(await desk.call('chooseReader', { reader: 'Reader 1' }))
    const rows = await auditOf(dataDir, await stopped(desk))
    expect(rows.map(({ setting }) => setting)).toEqual(['destinations', 'substitutions', 'chosenReader'])
    expect(rows[0]?.before).toMatchObject([
      { id: 'receipt', header: true },
      { id: 'orca', passwordFile: 'by-hand' },
    ])
    expect(rows[0]?.after).toMatchObject([{ id: 'receipt', header: false }, { id: 'orca' }])
    expect(rows[1]).toMatchObject({ before: {}, after: { 𠮷: '吉' } })
    expect(rows[2]).toMatchObject({ before: null, after: 'Reader 1' })
    expect(JSON.stringify(rows)).not.toMatch(/secret\b|another/)
  })

  test('shows on the screen until the next start, the latest first', async () => {
    const { dataDir, desk, save, receipt } = await liveClinic()
    must(await save({ ...receipt, header: false }, 'receipt'))
    must(await desk.call('chooseReader', { reader: 'Reader 1' }))
    must(await save({ ...receipt, header: true }, 'receipt'))
    expect(desk.agent.reception().settings.changed.map(({ setting }) => setting)).toEqual([
      'destinations',
      'chosenReader',
    ])
    await desk.stop()
    expect((await openDesk(dataDir)).agent.reception().settings.changed).toEqual([])
  })

  test('of two at once, both are saved', async () => {
    const { dataDir, desk, save, folders } = await liveClinic()
    const chart = destinationOf('csv', { id: 'chart', folder: folders.chart })
    const twin = destinationOf('json', { id: 'chart-json', folder: folders.chart })
    const all = await Promise.all([
      save(chart),
      save(twin),
      desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' }),
      desk.call('approveSubstitute', { character: '﨑', substitute: '崎' }),
    ])
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, true])
    const { destinations, substitutions } = savedIn(dataDir)
    expect(destinations.map(({ id }: { id: string }) => id)).toEqual(['receipt', 'orca', 'chart', 'chart-json'])
    expect(substitutions).toEqual({ 𠮷: '吉', 﨑: '崎' })
  })
})

async function stopped(desk: { stop(): Promise<void> }): Promise<'stopped'> {
  await desk.stop()
  return 'stopped'
}

/** The details of the rows about settings, once the agent has let go of the database. */
async function auditOf(dataDir: string, _: 'stopped'): Promise<{ setting: string; before: unknown; after: unknown }[]> {
  const store = await storeOf(dataDir)
  const rows = await store.auditTrail({ after: 0, limit: 1_000 })
  store.close()
  return rows.flatMap(({ change }) => change ?? [])
}
