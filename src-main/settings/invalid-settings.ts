// The one failure of settings: everything that is wrong in them, each entry with its place, in the order in which a person
// finds it in the file.
import { fail } from '../ground/result.ts'
import { mostFaults, type SettingFault } from '../ground/setting-fault.ts'
import type { PlaceOf, TextFault } from './json-text.ts'
import type { FoundFault } from './schema-faults.ts'

/** `placeOf` null: it comes from no file. */
export function invalidSettings(found: readonly FoundFault[], placeOf: PlaceOf | null) {
  return invalidAt(
    found.map(({ path, stands, ...fault }) => ({
      layer: 'site',
      path: path.join('.').slice(0, 200),
      ...placeOf?.(stands.path, stands.what),
      ...fault,
    })),
  )
}

export const invalidText = (found: readonly TextFault[]) =>
  invalidAt(found.map(({ path, ...fault }) => ({ layer: 'site', path: path.join('.').slice(0, 200), ...fault })))

function invalidAt(found: readonly SettingFault[]) {
  const faults = [...found].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
  const [first] = faults
  return fail('SETTINGS_INVALID', {
    field: first?.path || 'settings.json',
    ...(first?.line !== undefined && { line: first.line }),
    faults: faults.slice(0, mostFaults),
  })
}
