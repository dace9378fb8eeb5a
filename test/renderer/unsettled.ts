// What the page of a start that waits for its settings is told.
import type { Unsettled } from '../../src-main/contract/told.ts'

export const faults = [
  { layer: 'site', path: 'hub', line: 2, column: 3, reason: 'neededLive' },
  {
    layer: 'site',
    path: 'destinations.0.format',
    line: 9,
    column: 17,
    reason: 'choice',
    choices: ['csv', 'json', 'fhir', 'orca'],
    meant: 'csv',
  },
  { layer: 'computer', path: 'retentionDays', line: 3, column: 20, reason: 'range', min: 1, max: 366 },
] as const
export const unsettled: Unsettled = {
  line: 'unsettled',
  failure: { code: 'SETTINGS_INVALID', detail: { field: 'hub', line: 2, faults, reference: '123-456' } },
  files: [
    'C:\\Users\\Reception\\AppData\\Local\\Madoguchi\\desktop\\settings.json',
    'C:\\ProgramData\\Madoguchi\\settings.json',
  ],
}
