// The screen where it is about settings: what could not be used, what was changed, and the page of the destinations.
import type { DestinationSetupView } from '../../src-main/contract/destination-setup.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { SettingField, SettingsPageView } from '../../src-main/contract/settings-page.ts'
import { destinationOf } from '../handover/destination-of.ts'

const view: DestinationSetupView = {
  destinations: [
    destinationOf('csv', { id: 'receipt', folder: '\\\\RECEIPT\\import', extension: 'dat' }),
    destinationOf('receipt', { id: 'dynamics', folder: '\\\\DYNAMICS\\receipt', isOn: false }),
    destinationOf('orca', {
      id: 'orca',
      url: 'http://192.168.1.20:8000',
      user: 'madoguchi',
      passwordFile: 'orca-password',
    }),
  ],
  choices: {
    folders: ['\\\\CHART\\import', '\\\\RECEIPT\\second'],
    orcaHosts: ['https://orca.example.jp'],
    secrets: ['secrets/orca'],
  },
  isForNextStart: false,
  preview: {
    samples: [
      { id: 'nanbyo', label: '難病（月額上限あり）', failure: null },
      { id: 'gaiji', label: '外字のある氏名', failure: { code: 'TEXT_NOT_ENCODABLE', detail: { field: 'name' } } },
    ],
    file: { name: 'madoguchi_20261123_0001_ffffffff.csv', text: 'format_version,training\r\n2,false\r\n' },
  },
}

const field = (
  path: string,
  group: string | null,
  title: string,
  description: string,
  more: Partial<SettingField> & Pick<SettingField, 'value'>,
): SettingField => ({
  path,
  group,
  title,
  description,
  from: 'site',
  change: null,
  place: null,
  isForNextStart: false,
  ...more,
})

const settingsPage: SettingsPageView = {
  file: 'C:\\Users\\reception\\AppData\\Local\\Madoguchi\\desktop\\settings.json',
  fields: [
    field('mode', null, '練習か本番か', '練習（サンプルのカードとハブ）か、本番か。', { value: 'live' }),
    field('hub.url', 'PMHへの接続', 'PMHのアドレス', 'ハブ（PMH）のアドレス。', {
      value: 'https://hub.example.jp',
    }),
    field('destinations', null, '取り込み先', '取り込み先。', { value: '[{"id":"receipt"}]', place: 'destinations' }),
    field('pinEntry.side', '暗証番号の入力', '暗証番号を入力する画面', '暗証番号を入力する画面。', {
      value: 'patient',
      change: { form: { kind: 'choice', options: ['desk', 'patient'] }, since: 'nextStart' },
      before: 'desk',
      isForNextStart: true,
    }),
    field('hideScreenAfterMin', null, '画面を隠すまでの分', '操作がないまま何分たつと画面を隠すか（1〜60分）。', {
      value: 5,
      from: 'default',
      change: { form: { kind: 'number', min: 1, max: 60 }, since: 'now' },
    }),
    field('retentionDays', null, '受付の記録を残す日数', '受付と照会結果を残す日数。', {
      value: 30,
      from: 'default',
      change: { form: { kind: 'number', min: 1, max: 366 }, since: 'nextStart' },
    }),
    field('clinic.municipalities', 'この医療機関', '契約のある市区町村', '予防接種・健診の契約がある市区町村。', {
      value: ['東京都八王子市', '東京都日野市'],
      change: { form: { kind: 'lines', most: 200 }, since: 'now' },
    }),
  ],
}

/** `empty`: the counter with nobody at it. */
export const settingScenes = (empty: Reception) =>
  ({
    destinations: { ...empty, page: { name: 'destinations', ...view } },
    settings: { ...empty, page: { name: 'settings', ...settingsPage } },
    settingsLive: {
      ...empty,
      mode: 'live',
      training: null,
      page: { name: 'settings', ...settingsPage },
      settings: { ...empty.settings, practice: 'may' },
    },
    practiceNext: {
      ...empty,
      mode: 'live',
      training: null,
      page: { name: 'settings', ...settingsPage },
      settings: { ...empty.settings, practice: 'next' },
    },
    destinationsChanged: {
      ...empty,
      page: { name: 'destinations', ...view, isForNextStart: true },
      settings: {
        ...empty.settings,
        changed: [
          { setting: 'destinations', at: '2026-11-23T15:40:00.000+09:00' },
          { setting: 'substitutions', at: '2026-11-22T09:05:00.000+09:00' },
        ],
      },
    },
    leftFiles: {
      ...empty,
      page: { name: 'destinations', ...view },
      destinations: [
        {
          id: 'receipt',
          format: 'csv',
          folder: '\\\\RECEIPT\\import',
          left: {
            count: 12,
            since: '2026-11-10T09:15:00.000+09:00',
            until: '2026-11-16T09:15:00.000+09:00',
            names: ['madoguchi_20261110_0001_0b8f1f0e-7f2d-4a57-8f55-8a9f2f1c7d10.csv'],
          },
        },
        { id: 'chart', format: 'json', folder: '\\\\CHART\\import', left: null },
      ],
    },
    noChoices: {
      ...empty,
      page: { name: 'destinations', ...view, choices: { folders: [], orcaHosts: [], secrets: [] } },
    },
    settingsFallback: {
      ...empty,
      mode: 'live',
      training: null,
      settings: {
        fallback: {
          code: 'SETTINGS_INVALID',
          detail: {
            field: 'settings.json',
            line: 3,
            faults: [{ layer: 'site', path: '', line: 3, column: 18, reason: 'extraComma' }],
          },
        },
        failures: [
          { code: 'SETTINGS_INVALID', detail: { field: 'hub.clientCertificateFile' } },
          { code: 'DESTINATION_NOT_READY', detail: { destination: 'orca', field: 'passwordFile' } },
        ],
        changed: [],
        mayBeginFirstRun: false,
        practice: 'may',
      },
    },
  }) satisfies Record<string, Reception>
