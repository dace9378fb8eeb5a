// The one failure of settings: everything that is wrong in them, each entry with its place, in the order in which a person
// finds it in the file.
import { fail } from '../ground/result.ts'
import { mostFaults, type SettingFault, type SettingLayer, settingLayers } from '../ground/setting-fault.ts'
import type { TextFault } from './json-text.ts'
import type { FoundFault } from './schema-faults.ts'

/** In which layer, and where there. */
export type PlaceFault = (fault: FoundFault) => SettingFault

/** What comes from no file. */
export const noPlace: PlaceFault = ({ path, stands: _stands, ...fault }) => ({
  layer: 'site',
  path: path.join('.').slice(0, 200),
  ...fault,
})

export const invalidText = (found: readonly TextFault[], layer: SettingLayer) =>
  failedWith(found.map(({ path, ...fault }) => ({ layer, path: path.join('.').slice(0, 200), ...fault })))

export function failedWith(found: readonly SettingFault[]) {
  const rank = ({ layer }: SettingFault) => settingLayers.indexOf(layer)
  const faults = [...found].sort(
    (a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  )
  const [first] = faults
  return fail('SETTINGS_INVALID', {
    field: first?.path || 'settings.json',
    ...(first?.line !== undefined && { line: first.line }),
    faults: faults.slice(0, mostFaults),
  })
}
