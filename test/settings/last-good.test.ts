// Settings that cannot be used: the last ones that started stand in for them, and say so; where there are none, or where
// that would be the opposite of what was asked for, the start is refused with the place of the error.
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepLastGood, loadSettings } from '../../src-main/settings/settings.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix, onWindows } from '../system.ts'

const hub = { url: 'https://hub.example.jp', caFile: 'a', clientCertificateFile: 'b', clientKeyFile: 'c' }
const live = { mode: 'live', hub, destinations: [], retentionDays: 12 }

/** A folder whose settings have started once. */
async function started(settings: object = live) {
  const folder = temporaryFolder()
  const write = (text: string) => writeFileSync(join(folder, 'settings.json'), text)
  write(JSON.stringify(settings))
  await keepLastGood(folder)
  return { folder, write, load: () => loadSettings(folder) }
}

describe('the last settings that started', () => {
  fault('sleep', 'A power cut leaves settings.json full of zeros', {
    seen: 'SETTINGS_INVALID',
    detail: { field: 'settings.json', line: 1 },
    data: 'The settings that last started are used.',
    recovery: 'Clinic IT puts the file back.',
  })
  test.each<[string, (text: string) => string, object]>([
    ['with a comma missing', () => '{\n  "mode": "live"\n  "hub": {}\n}', { field: 'settings.json', line: 3 }],
    ['cut off', (text) => text.slice(0, 20), { field: 'settings.json', line: 1 }],
    ['empty', () => '', { field: 'settings.json', line: 1 }],
    ['filled with zeros by a power cut', (text) => '\0'.repeat(text.length), { field: 'settings.json', line: 1 }],
    ['with a field that does not fit', () => JSON.stringify({ ...live, retentionDays: 0 }), { field: 'retentionDays' }],
    ['with a word that nobody knows', () => JSON.stringify({ ...live, retensionDays: 3 }), { field: 'retensionDays' }],
  ])('are used for a file %s', async (_, spoil, detail) => {
    const { write, load } = await started()
    write(spoil(JSON.stringify(live)))
    expect(must(await load())).toMatchObject({
      mode: 'live',
      retentionDays: 12,
      fallback: { code: 'SETTINGS_INVALID', detail },
    })
  })

  test('are used for a file that has gone, where the clinic was live', async () => {
    const { folder, load } = await started()
    rmSync(join(folder, 'settings.json'))
    expect(must(await load())).toMatchObject({ mode: 'live', fallback: { detail: { field: 'settings.json' } } })
    const rehearsing = await started({ mode: 'training', retentionDays: 12 })
    rmSync(join(rehearsing.folder, 'settings.json'))
    expect(must(await rehearsing.load())).toMatchObject({ mode: 'training', retentionDays: 30, fallback: null })
  })

  fault('settings', 'A damaged settings.json asks for the other mode', {
    seen: 'SETTINGS_INVALID',
    detail: { field: 'mode' },
    data: 'A live clinic is not started as a rehearsal, nor the other way round.',
    recovery: 'Clinic IT mends the file.',
  })
  test('never stand in for a file that asks for the other mode', async () => {
    const first = await started()
    first.write(JSON.stringify({ mode: 'training', retentionDays: 0 }))
    expect(await first.load()).toMatchObject({
      error: { code: 'SETTINGS_INVALID', detail: { field: 'retentionDays' } },
    })
    first.write('{"retentionDays": 0}')
    expect(await first.load()).toMatchObject({
      error: { code: 'SETTINGS_INVALID', detail: { field: 'retentionDays' } },
    })
    const second = await started({ mode: 'training' })
    second.write(JSON.stringify({ mode: 'live', destinations: [] }))
    expect(await second.load()).toMatchObject({ error: { code: 'SETTINGS_INVALID', detail: { field: 'hub' } } })
    second.write('{"mode": "Live"}')
    expect(await second.load()).toMatchObject({ error: { code: 'SETTINGS_INVALID', detail: { field: 'mode' } } })
  })

  test('that are damaged themselves stand in for nothing', async () => {
    const { folder, write, load } = await started()
    write('{')
    writeFileSync(join(folder, 'settings.last-good.json'), '{')
    expect(await load()).toMatchObject({
      error: { code: 'SETTINGS_INVALID', detail: { field: 'settings.json', line: 1 } },
    })
  })

  test('are not asked while the file is in order, and are kept as it is, for the owner alone', async () => {
    const { folder, write, load } = await started()
    write(JSON.stringify({ ...live, retentionDays: 13 }))
    expect(must(await load())).toMatchObject({ retentionDays: 13, fallback: null })
    const kept = join(folder, 'settings.last-good.json')
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(live)
    await keepLastGood(folder)
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ ...live, retentionDays: 13 })
    if (onPosix) expect(statSync(kept).mode & 0o777).toBe(0o600)
  })
})

describe('without any that started', () => {
  test.each([
    ['{\n  "mode": "live",\n}', 2],
    ['{\n  "mode": "live",\n  "hub": {\n', 4],
    ['\n\n{ mode: "live" }', 3],
  ])('a file that is no JSON is refused with its line: %j', async (text, line) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), text)
    expect(await loadSettings(folder)).toMatchObject({
      error: { code: 'SETTINGS_INVALID', detail: { field: 'settings.json', line } },
    })
  })

  test('a folder in the place of the file is named as one', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'settings.json'))
    expect(await loadSettings(folder)).toMatchObject({ error: { detail: { faults: [{ reason: 'notFile' }] } } })
  })

  test.skipIf(onWindows || process.getuid?.() === 0)('nor is one that may not be read taken', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), '{}')
    chmodSync(join(folder, 'settings.json'), 0)
    expect(await loadSettings(folder)).toMatchObject({
      error: { code: 'SETTINGS_INVALID', detail: { field: 'settings.json' } },
    })
  })

  test.skipIf(onWindows)('a folder that nobody lets us into says nothing about settings', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0)
    // Root may enter everything.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      // The opening of the data folder tells it.
      expect(await loadSettings(join(folder, 'data'))).toMatchObject({ ok: true, value: { mode: 'training' } })
      expect(await loadSettings(folder)).toMatchObject({ ok: true, value: { mode: 'training' } })
    } finally {
      if (isRoot) process.seteuid?.(0)
      chmodSync(folder, 0o700)
    }
  })

  test.each(['utf8', 'utf16le'] as const)(
    'what editors of Windows save in %s with a mark is read',
    async (encoding) => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'settings.json'), '\uFEFF{"retentionDays": 12}', encoding)
      expect(must(await loadSettings(folder)).retentionDays).toBe(12)
    },
  )
})
