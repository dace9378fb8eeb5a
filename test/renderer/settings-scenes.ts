// The screen where it is about settings: what could not be used, what was changed, and the page of the destinations.
import type { DestinationSetupView } from '../../src-main/contract/destination-setup.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
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

/** `empty`: the counter with nobody at it. */
export const settingScenes = (empty: Reception) =>
  ({
    destinations: { ...empty, page: { name: 'destinations', ...view } },
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
        fallback: { code: 'SETTINGS_INVALID', detail: { field: 'settings.json', line: 3 } },
        failures: [
          { code: 'SETTINGS_INVALID', detail: { field: 'hub.clientCertificateFile' } },
          { code: 'DESTINATION_NOT_READY', detail: { destination: 'orca', field: 'passwordFile' } },
        ],
        changed: [],
      },
    },
  }) satisfies Record<string, Reception>
