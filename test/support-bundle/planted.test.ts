// The file for the vendor is clean: names, kana, birth dates, numbers, PINs, keys and addresses lie wherever a clinic could have
// written them, and none of them is in it. What is wanted for finding a fault is.

import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { bundleFor } from '../../src-main/agent/support.ts'
import type { StartHost } from '../../src-main/agent.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { personasOn } from '../../src-main/stand-ins/people/personas.ts'
import { readLog } from '../../src-main/support/log-lines.ts'
import { bundleText } from '../../src-main/words/support-bundle.ts'
import { entries } from '../agent/entries.ts'
import { dataFolder, openDesk } from '../agent/fixture.ts'
import { testClock, testDay } from '../clock.ts'
import { must, root, silentLog, temporaryFolder } from '../support.ts'

/** Of nobody. Each is written in ways in which it could slip through. */
const planted = {
  name: ['山田太郎', '山田', 'yamada', 'Yamada', 'YAMADA', 'taro'],
  kana: ['ヤマダ', 'ﾔﾏﾀﾞ', 'やまだ'],
  birth: ['1945-07-07', '19450707', '1945/07/07', '昭和20年', 'S200707'],
  number: ['54136015', '7654321', '23141234', '1398765432'],
  pin: ['7391'],
  key: ['c0ffee5eedc0ffee5eedc0ffee5eedc0', 'BEGIN PRIVATE KEY', 'hunter2secret'],
  address: ['八王子市元横山町', '0426-555-0199', '042-655-0199'],
} as const
const secrets = Object.values(planted).flat()

const isIn = (text: string, secret: string): boolean =>
  /^\d+$/.test(secret) ? new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text) : text.includes(secret)
const foundIn = (text: string) => secrets.filter((secret) => isIn(text, secret))

const everything = `${secrets.join(' ')}`

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())

/** A reader host that lists these. */
const hostOf =
  (names: readonly string[]): StartHost =>
  () => {
    let exit = () => {}
    return {
      send: () => undefined,
      onMessage: (listen) =>
        listen({ kind: 'readers', readers: names.map((name) => ({ name, state: 'empty' })), service: 'up' }),
      onExit(listener) {
        exit = listener
      },
      kill: () => exit(),
    }
  }

/** What an agent would start with, with the same things wherever the schema takes a text. */
const usableSettings = (shares: string) => ({
  $schema: everything.slice(0, 400),
  mode: 'live',
  hub: {
    url: 'https://yamada-taro.54136015.example.jp:7391/hunter2secret',
    caFile: `山田太郎/${everything.slice(0, 100)}.pem`,
    clientCertificateFile: 'C:\\Users\\yamada\\19450707.pem',
    clientKeyFile: '\\\\yamada-pc\\keys\\c0ffee5eedc0ffee5eedc0ffee5eedc0.pem',
    proxy: 'http://yamada.invalid:7391',
  },
  destinations: [
    { id: 'yamada-taro', format: 'csv', folder: join(shares, '山田太郎'), takenWithinMin: null },
    { id: 'orca', format: 'orca', url: 'http://192.168.1.20:8000', user: 'yamada', passwordFile: 'hunter2secret' },
    { id: 'second', format: 'orca', url: 'http://192.168.1.21:8000', user: 'yamada', password: { env: 'YAMADA' } },
  ],
  chosenReader: 'Sony RC-S380/P ヤマダ 7391',
  kiosk: { reader: '山田太郎のリーダー 54136015', printer: 'やまだのプリンター' },
  clinic: { names: ['山田太郎クリニック'], institutionCode: '1398765432', municipalities: ['八王子市元横山町'] },
  substitutions: { 山: 'ヤ', 田: '1' },
  terminal: { folder: '\\\\YAMADA\\OQS', institutionCode: '1398765432', mappingFile: 'やまだ.json' },
  backupFolder: '/home/yamada/042-655-0199',
})

/** The same with what the schema does not know, and with what no setting may be. */
const brokenSettings = (shares: string) => ({
  ...usableSettings(shares),
  destinations: [
    { id: 'yamada-taro', format: 'csv', folder: 'ヤマダ', takenWithinMin: 7391, patient: 54136015 },
    '山田太郎',
  ],
  hub: { url: 'https://taro:hunter2secret@yamada.invalid:7391', 山田太郎: '1945-07-07', caFile: 7391 },
  retentionDays: 7391,
  hideScreenAfterMin: '7391',
  pinEntry: { side: 'yamada', 山田: '1945-07-07' },
  yamada: { pin: '7391', key: 'BEGIN PRIVATE KEY' },
  山田太郎: everything,
})

/** Lines as somebody could have put them there: each field holds what it must not. */
function plantedLines(at: string): string[] {
  const line = (more: object) => JSON.stringify({ at, event: 'visitMoved', ...more })
  return [
    ...secrets.flatMap((secret) => [
      line({ state: secret }),
      line({ destination: secret, field: secret, setting: secret, door: secret, code: secret }),
      line({ visitId: secret, deliveryId: secret, reference: secret }),
      line({ where: [secret, `at ${secret} (/home/${secret}/app.js:12:3)`, `at x (${secret}.js:1:2)`] }),
      line({ apdus: [secret, `A4 7>${secret}`, `A4 7>0 ${secret}`] }),
      line({ patient: secret, note: { deep: [secret] } }),
      line({ event: secret }),
      secret,
    ]),
    line({ ms: 19450707, count: 54136015, line: 7654321, times: 7391 }),
    JSON.stringify({ at: '1945-07-07T09:00:00+09:00', event: 'fault' }),
    JSON.stringify({ at: everything, event: 'fault' }),
  ]
}

/** A file of the program, by the folder that the agent is started from. */
const ownFile = basename(entries.deliveryThread)

const wanted = {
  usable: [
    'hub.url = （名前）',
    'hub.clientKeyFile = （共有フォルダー）',
    'destinations.1.url = （院内のアドレス）',
    'Sony RC-S380',
  ],
  broken: [
    '設定に誤りがあります',
    'retentionDays = （設定できない値）',
    'pinEntry.side = （設定できない値）',
    '窓口が知らない項目',
  ],
}

test.each(['usable', 'broken'] as const)(
  'where everything is planted everywhere the bundle is clean: %s settings',
  async (kind) => {
    const dataDir = temporaryFolder()
    const shares = temporaryFolder()
    const log = openFileLog(join(dataDir, 'logs'), testClock)
    log.write({ event: 'agentStarted' })
    log.write({ event: 'fault', where: ['TypeError', `at f (/home/yamada/madoguchi/${ownFile}:12:3)`] })
    log.write({ event: 'callRefused', door: 'desk', code: 'VISIT_REPEATED', reference: '482-163' })
    appendFileSync(
      join(dataDir, `logs/agent-${testDay}.jsonl`),
      `${plantedLines(`${testDay}T09:15:00+09:00`).join('\n')}\n`,
    )
    writeFileSync(
      join(dataDir, 'logs/agent-1945-07-07.jsonl'),
      `${plantedLines('1945-07-07T09:15:00+09:00').join('\n')}\n`,
    )
    writeFileSync(join(dataDir, 'logs/山田太郎.jsonl'), everything)
    writeFileSync(
      join(dataDir, 'settings.json'),
      JSON.stringify(kind === 'usable' ? usableSettings(shares) : brokenSettings(shares), null, 1),
    )
    writeFileSync(join(dataDir, 'database.key'), 'c0ffee5eedc0ffee5eedc0ffee5eedc0')
    writeFileSync(join(dataDir, 'madoguchi.db'), everything.repeat(40))
    writeFileSync(join(dataDir, 'madoguchi.holder'), 'yamada')
    for (const folder of ['backup', 'import/csv', 'terminal/face'])
      mkdirSync(join(dataDir, folder), { recursive: true })
    writeFileSync(join(dataDir, 'backup/madoguchi-0001-1945-07-07.db'), everything)
    writeFileSync(join(dataDir, 'import/csv/山田太郎_19450707.csv'), everything)
    writeFileSync(join(dataDir, 'terminal/face/OQSsiquc01res_face_54136015.xml'), everything)
    // What is searched for is there.
    expect(new Set(filesUnder(dataDir).flatMap((path) => foundIn(`${path} ${readFileSync(path, 'utf8')}`)))).toEqual(
      new Set(secrets),
    )

    const readers = ['Sony RC-S380/P 山田太郎 7391', 'yamada 54136015']
    const text = bundleText(
      await bundleFor({
        dataDir,
        keyStore: openHeadlessKey(dataDir),
        migrationsDir: join(root, 'migrations'),
        settings: await loadSettings(dataDir, { ...ownFileOnly, environment: { YAMADA: 'hunter2secret' } }),
        entries,
        startReaderHost: hostOf(readers),
        computer: {
          devices: async () => [{ name: `PaSoRi ${everything}`, isSmartCard: true }],
          isInNetwork: () => true,
        },
        clock: testClock,
        log: silentLog,
        version: '0.1.0-yamada',
      }),
    )
    expect(foundIn(text)).toEqual([])
    // And what a vendor looks for first is in it.
    for (const part of [
      ...wanted[kind],
      'destinations.0.format = csv',
      `"where":["TypeError","${ownFile}:12:3"]`,
      '"reference":"482-163"',
      '窓口 0.1.0（',
    ])
      expect(text).toContain(part)
  },
)

test('after a day of check-ins, notes and failures the page shows a clean bundle, with the states counted', async () => {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir)
  const people = new Set<string>()
  for (const { id, name, nameKana } of personasOn(testDay).slice(0, 4)) {
    for (const part of [name, nameKana, ...name.split('　'), ...nameKana.split('　')])
      if (part.length > 1) people.add(part)
    const visit = await desk.checkIn(id)
    must(await desk.call('noteVisit', { visitId: visit.id, note: everything.slice(0, 200) }))
    for (const { benefit } of visit.assessment?.benefits ?? [])
      for (const number of [benefit.payerNumber, benefit.recipientNumber]) if (number) people.add(number)
    if (visit.patient) people.add(visit.patient.birthDate).add(visit.patient.ref)
  }
  desk.agent.training?.sandbox.setFault({ kind: 'error' }, 'eligibility')
  await desk.checkIn('nanbyo')
  expect(people.size).toBeGreaterThan(15)
  await desk.call('openPage', { page: 'supportBundle' })
  const { page } = desk.agent.reception()
  const text = page.name === 'supportBundle' ? page.text : ''
  expect([...people].filter((secret) => text.includes(secret))).toEqual([])
  expect(foundIn(text)).toEqual([])
  expect(text).toMatch(/受付：.*(?:handedOver|acknowledged) \d/)
  expect(text).toContain('"event":"visitMoved"')
})

test('a line of the log is found by the number of the error screen, in files of earlier days as well', () => {
  const folder = join(temporaryFolder(), 'logs')
  mkdirSync(folder)
  const line = (day: string, reference: string) =>
    JSON.stringify({ at: `${day}T09:00:00.123+09:00`, event: 'callRefused', code: 'VISIT_REPEATED', reference })
  writeFileSync(
    join(folder, 'agent-2026-11-20.jsonl'),
    `${line('2026-11-20', '482-163')}\n${line('2026-11-20', '111-111')}\n`,
  )
  writeFileSync(join(folder, 'agent-2026-11-22.jsonl'), `${line('2026-11-22', '482-163')}\n`)
  const source = { folder, today: '2026-11-23', destinations: [], isOwnFile: () => false }
  expect(readLog(source, 100, '482-163').lines.map(({ at }) => at)).toEqual([
    '2026-11-20T09:00:00+09:00',
    '2026-11-22T09:00:00+09:00',
  ])
})
