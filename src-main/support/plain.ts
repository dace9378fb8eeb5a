// What of a failure or a finding may go out of the house: its code, numbers, and names that are ours. A field that nobody in the
// house is called is not told (it may be the key of somebody's settings, or who has the data folder open).
import type { Finding } from '../contract/self-test.ts'
import type { Failure } from '../ground/result.ts'
import { faultsIn, type SettingFault } from '../ground/setting-fault.ts'
import { hostKind, readerKind } from './kinds.ts'
import { settingPaths } from './settings-outline.ts'

/** Of the terminal and of the store. */
const ownFields = new Set(['settings.json', 'face', 'trash', 'req', 'res', 'madoguchi', 'audit'])

const lastNames = new Set([...settingPaths].map((path) => path.split('.').at(-1) ?? path))

export function plainField(field: string): string | null {
  const path = field.replaceAll(/\.\d{1,3}(?=\.|$)/g, '.0')
  return ownFields.has(field) || settingPaths.has(path) || lastNames.has(field) ? field : null
}

/** `destinations`: their ids in the order of the settings. */
export function plainFailure({ code, detail }: Failure, destinations: readonly string[]): Failure {
  if (!detail) return { code }
  const faults = faultsIn({ code, detail }).map(plainFault)
  const field = detail.field === undefined ? null : plainField(detail.field)
  return {
    code,
    detail: {
      ...(detail.triesLeft !== undefined && { triesLeft: detail.triesLeft }),
      ...(field !== null && { field }),
      ...(faults.length > 0 && { faults }),
      ...(detail.line !== undefined && detail.line <= 99_999 && { line: detail.line }),
      // As ORCA and the terminal number their answers; whatever is longer may be a number of somebody's.
      ...(/^[0-9A-Z]{1,3}$/.test(detail.sourceCode ?? '') && { sourceCode: detail.sourceCode }),
      ...(detail.destination !== undefined && { destination: placeOf(detail.destination, destinations) }),
    },
  }
}

/** Where it is and why; what was probably meant may be told only where the name itself is. */
const plainFault = ({ layer, path, line, column, reason, kind, min, max }: SettingFault): SettingFault => ({
  ...{ layer, path: plainField(path) ?? '', line, column, reason, kind, min, max },
})

/** From 1; 0: none of these. */
export const placeOf = (id: string, destinations: readonly string[]): string => String(destinations.indexOf(id) + 1)

export function plainFinding(finding: Finding, destinations: readonly string[]): Finding {
  switch (finding.code) {
    case 'failure':
    case 'settingsFallback':
      return { ...finding, failure: plainFailure(finding.failure, destinations) }
    case 'version':
      return { ...finding, version: plainVersion(finding.version) ?? '', node: plainVersion(finding.node) ?? '' }
    case 'readersFound':
      return { ...finding, names: finding.names.map(readerKind) }
    case 'readerWithoutDriver':
    case 'readerFaulty':
    case 'chosenReaderAway':
      return { ...finding, name: readerKind(finding.name) }
    case 'nameKnown':
    case 'nameUnknown':
    case 'hubUnreachable':
      return { ...finding, host: hostKind(finding.host) }
    case 'applicationRead':
      return { ...finding, version: finding.version === null ? null : plainVersion(finding.version) }
    case 'hubFileMissing':
      return { ...finding, field: plainField(finding.field) ?? '' }
    default:
      // No other finding has a text that is not ours.
      return finding satisfies Wordless
  }
}

type Named = 'host' | 'name' | 'names' | 'field' | 'failure' | 'version' | 'node'
/** A finding that names nothing. */
type Wordless = Finding & { readonly [K in Named]?: never }

/** The numbers at the start of a version. */
export const plainVersion = (text: string): string | null => /^\d{1,4}(?:\.\d{1,6}){1,3}/.exec(text)?.[0] ?? null
