// The first set-up: at its beginning, in the middle with one step that failed, and over.
import type { FirstRunView } from '../../src-main/contract/first-run.ts'
import type { Reception } from '../../src-main/contract/reception.ts'

const begun: FirstRunView = {
  isOpen: true,
  isLiveNext: false,
  draft: { values: {}, skipped: [] },
  secrets: ['secrets/clinic.p12', 'secrets/hub-ca.pem', 'secrets/passphrase'],
  secretsFolder: 'C:\\Users\\reception\\AppData\\Local\\Madoguchi\\desktop\\secrets',
  checking: null,
  lines: {},
}

const middle: FirstRunView = {
  ...begun,
  draft: {
    values: {
      clinic: { name: 'まどぐち内科クリニック', institutionCode: '1312345678' },
      hub: {
        url: 'https://hub.example.jp',
        caFile: 'secrets/hub-ca.pem',
        certificateFile: 'secrets/clinic.p12',
        keyFile: 'secrets/passphrase',
      },
      receipt: { format: 'csv', folder: '\\\\RECEIPT\\import' },
    },
    skipped: ['terminal'],
  },
  lines: {
    hub: [
      { check: 'hubFiles', of: null, state: 'ok', finding: { code: 'hubFilesRead' } },
      {
        check: 'hubName',
        of: null,
        state: 'failed',
        finding: { code: 'nameUnknown', host: 'hub.example.jp', isProxy: false },
      },
      { check: 'hubLine', of: null, state: 'unknown', finding: { code: 'because', check: 'hubName' } },
    ],
    receipt: [{ check: 'destination', of: 'receipt', state: 'ok', finding: { code: 'folderTried' } }],
  },
}

/** `empty`: the counter with nobody at it. */
export const firstRunScenes = (empty: Reception) =>
  ({
    firstRun: { ...empty, page: { name: 'firstRun', ...begun } },
    firstRunMiddle: { ...empty, page: { name: 'firstRun', ...middle } },
    firstRunCard: {
      ...empty,
      page: {
        name: 'firstRun',
        ...begun,
        checking: 'reader',
        lines: { reader: [{ check: 'card', of: null, state: 'running', finding: null }] },
      },
    },
    firstRunOver: { ...empty, page: { name: 'firstRun', ...begun, isOpen: false, isLiveNext: true } },
  }) satisfies Record<string, Reception>
