import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { aloneAfterMs, readServerAccess, siteServerOf } from '../../src-main/settings/store-access.ts'
import { must, temporaryFolder } from '../support.ts'

const place = {
  host: 'db.example.jp',
  database: 'hospital',
  user: 'desk',
  passwordFile: 'secrets/db-password',
  caFile: 'secrets/ca.pem',
}
const ca = '-----BEGIN CERTIFICATE-----'

/** A data folder whose settings name a server. */
async function settingsWith(postgres: unknown, more: object = {}) {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ store: { postgres }, ...more }))
  return { dataDir, settings: await loadSettings(dataDir) }
}

async function accessWith(files: Readonly<Record<string, string>>, server: object = place, environment = {}) {
  const { dataDir, settings } = await settingsWith(server)
  mkdirSync(join(dataDir, 'secrets'))
  const all = { 'db-password': 'pass word\n', 'ca.pem': ca, ...files }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(dataDir, 'secrets', name), text, { mode: 0o600 })
  const { store } = must(settings)
  if (!store) throw new Error('no server was set')
  return readServerAccess(store.postgres, { dataDir, environment })
}

test('what is not said: the records are on this computer', async () => {
  expect(must(await loadSettings(temporaryFolder())).store).toBeNull()
})

const access = {
  host: 'db.example.jp',
  port: 5432,
  database: 'hospital',
  user: 'desk',
  password: 'pass word',
  ca,
  site: 'site',
  connections: 3,
}

test('the server of a site is what settings.json says, its secrets what lies in their files', async () => {
  expect(must(await accessWith({}))).toEqual(access)
})

test('where a pooler is in between, settings.json says where the server itself is', async () => {
  expect(must(await accessWith({}, { ...place, direct: { host: 'pg.example.jp' } }))).toEqual({
    ...access,
    direct: { host: 'pg.example.jp', port: 5432 },
  })
})

test('the password may stand in a variable that the settings name, and nowhere else then', async () => {
  const { passwordFile, ...rest } = place
  const named = { ...rest, password: { env: 'DESK_DB' } }
  expect(must(await accessWith({}, named, { DESK_DB: 'of the service' }))).toEqual({
    ...access,
    password: 'of the service',
  })
  expect(await accessWith({}, named)).toEqual(fail('SECRET_NOT_SET', { variable: 'DESK_DB' }))
  for (const wrong of [rest, { ...named, passwordFile }]) {
    const { settings } = await settingsWith(wrong)
    expect(settings).toMatchObject({ error: { code: 'SETTINGS_INVALID' } })
  }
})

test('a desk goes on alone after the seconds that are set, fifteen unless they are', async () => {
  const secondsOf = async (more: object) => aloneAfterMs(must((await settingsWith({ ...place, ...more })).settings))
  expect(await secondsOf({})).toBe(15_000)
  for (const seconds of [5, 600]) expect(await secondsOf({ aloneAfterS: seconds })).toBe(seconds * 1_000)
  for (const wrong of [4, 601, 7.5, '15', null]) {
    const { settings } = await settingsWith({ ...place, aloneAfterS: wrong })
    expect(settings).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } })
  }
})

test('more connections than a site can bear, or fewer than a desk needs, are none of the settings', async () => {
  for (const wrong of [1, 11, 2.5]) {
    const { settings } = await settingsWith({ ...place, connections: wrong })
    expect(settings).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } })
  }
  expect(must(await accessWith({}, { ...place, connections: 2 }))).toEqual({ ...access, connections: 2 })
})

test('a file that is not there, or is none, is told by its field', async () => {
  expect(await accessWith({ 'db-password': '' })).toEqual(fail('STORE_NOT_READY', { field: 'passwordFile' }))
  expect(await accessWith({ 'ca.pem': 'none' })).toEqual(fail('STORE_NOT_READY', { field: 'caFile' }))
})

test('a rehearsal knows no server, whatever its settings name', async () => {
  const { dataDir, settings } = await settingsWith(place)
  const rehearsing = must(settings)
  expect(rehearsing.mode).toBe('training')
  expect(siteServerOf(rehearsing, dataDir)).toBeNull()
  expect(siteServerOf({ ...rehearsing, mode: 'live' }, dataDir)).not.toBeNull()
})

test('there is no way to ask for less: no setting takes encryption or the CA away', async () => {
  const { caFile: _, ...without } = place
  for (const wrong of [without, { ...place, tls: false }, { ...place, site: 'A; DROP' }, { ...place, host: '-x' }]) {
    const { settings } = await settingsWith(wrong)
    expect(settings).toMatchObject({ ok: false, error: { code: 'SETTINGS_INVALID' } })
  }
})
