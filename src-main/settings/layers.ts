// Where settings come from, the stronger over the weaker: what the command line says, what the environment says, the site's own
// settings.json, the one that an administrator has laid for the whole computer. Entries are laid over each other one by one,
// lists as a whole, and every value and every fault is known by the layer it comes from (docs/decisions/0053-layers.md).
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { ok, type Result } from '../ground/result.ts'
import { faultsIn, type SettingFault, type SettingLayer } from '../ground/setting-fault.ts'
import { failedWith } from './invalid-settings.ts'
import type { PlaceOf, SettingPath } from './json-text.ts'
import type { FoundFault } from './schema-faults.ts'
import { valueAt } from './schema-walk.ts'
import { readSettingsFile, settingsFile } from './settings-file.ts'
import { typedContent } from './typed-settings.ts'

/** Where else than in the site's own file settings are looked for. */
export interface SettingSources {
  /** Of the whole computer: the first that exists counts. */
  readonly computerFiles: readonly string[]
  /** Whether nobody but an administrator can have written it. */
  readonly isAdministrators: (file: string) => Promise<boolean>
  /** As in process.env. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** `hub.url=https://…`, one each. */
  readonly commandLine: readonly string[]
}

/** settings.json of the data folder and nothing else. */
export const ownFileOnly: SettingSources = {
  computerFiles: [],
  isAdministrators: async () => false,
  environment: {},
  commandLine: [],
}

type Content = Readonly<Record<string, unknown>>

interface Layer {
  readonly layer: SettingLayer
  readonly content: Content
  /** null: it is no file. */
  readonly placeOf: PlaceOf | null
}

export interface Layers {
  /** All of them laid over each other. */
  readonly content: Content
  /** What the files say, the site's own over the computer's. */
  readonly files: Content
  /** What stands in the site's own file; null: there is none. */
  readonly site: Content | null
  /** Of the whole computer; null: there is none. */
  readonly computerFile: string | null
  /** Which layer a value comes from; null: none says anything of it. */
  from(path: SettingPath): SettingLayer | null
  place(fault: FoundFault): SettingFault
  /** The same with another content of the site's own file. */
  withSite(site: Content): Layers
}

/** `siteFile`: another one in the place of the site's own. Errors: SETTINGS_INVALID with what no layer can be read for. */
export async function readLayers(
  dataDir: string,
  sources: SettingSources = ownFileOnly,
  siteFile: string = settingsFile(dataDir),
): Promise<Result<Layers>> {
  const computer = await computerLayer(sources)
  const site = await fileLayer('site', siteFile)
  const failures = [computer, site].flatMap((each) => (each.ok ? [] : faultsIn(each.error)))
  if (!computer.ok || !site.ok) return failedWith(failures)
  const typed = [
    { layer: 'commandLine', content: typedContent('.', sources.commandLine), placeOf: null },
    { layer: 'environment', content: typedContent('__', inEnvironment(sources.environment)), placeOf: null },
  ] as const
  const all: readonly (Layer | null)[] = [...typed, site.value, computer.value?.layer ?? null]
  return ok(
    layersOf(
      all.filter((each) => each !== null),
      computer.value?.file ?? null,
    ),
  )
}

/** `all`: the strongest first. */
function layersOf(all: readonly Layer[], computerFile: string | null): Layers {
  const together = (layers: readonly Layer[]) =>
    layers.reduceRight<Content>((below, { content }) => laidOver(content, below), {})
  const content = together(all)
  const holds =
    (path: SettingPath) =>
    ({ content }: Layer) =>
      valueAt(content, path) !== undefined
  const nearest = (path: SettingPath): Layer | undefined =>
    all.find(holds(path)) ?? (path.length > 0 ? nearest(path.slice(0, -1)) : undefined)
  const site = all.find(({ layer }) => layer === 'site')
  return {
    content,
    files: together(all.filter(({ placeOf, layer }) => placeOf !== null || layer === 'site')),
    site: site?.content ?? null,
    computerFile,
    from: (path) => all.find(holds(path))?.layer ?? null,
    place({ path, stands, ...fault }) {
      const asking = all.find(holds(stands.path)) ?? nearest(path) ?? site ?? all.at(-1)
      return {
        layer: asking?.layer ?? 'site',
        path: path.join('.').slice(0, 200),
        ...asking?.placeOf?.(stands.path, stands.what),
        ...fault,
      }
    },
    withSite(changed) {
      const other: Layer = { layer: 'site', content: changed, placeOf: null }
      const at = all.findIndex(({ layer }) => layer === 'site' || layer === 'computer')
      const rest = all.filter(({ layer }) => layer !== 'site')
      return layersOf(at < 0 ? [...rest, other] : [...rest.slice(0, at), other, ...rest.slice(at)], computerFile)
    },
  }
}

/** What is chosen as a whole, or goes by names that the clinic gives. */
const wholes = ['bookingColumns', 'papers', 'substitutions']

const recordSchema = z.record(z.string(), z.unknown())
const recordOf = (value: unknown) => recordSchema.safeParse(value).data

function laidOver(above: Content, below: Content): Content {
  const entries = Object.entries(above).map(([name, value]) => {
    const [over, under] = [recordOf(value), recordOf(below[name])]
    return [name, over && under && !wholes.includes(name) ? laidOver(over, under) : value] as const
  })
  return { ...below, ...Object.fromEntries(entries) }
}

async function fileLayer(layer: 'site' | 'computer', file: string): Promise<Result<Layer | null>> {
  const written = await readSettingsFile(file, layer)
  if (!written.ok) return written
  if (written.value === null) return ok(null)
  const { content, placeOf } = written.value
  const known = recordOf(content)
  if (known) return ok({ layer, content: known, placeOf })
  return failedWith([{ layer, path: '', ...placeOf([], 'value'), reason: 'type', kind: 'object' }])
}

async function computerLayer({ computerFiles, isAdministrators }: SettingSources) {
  for (const file of computerFiles) {
    const read = await fileLayer('computer', file)
    if (!read.ok) return read
    if (read.value === null) continue
    // What anybody can write decides nothing for others.
    if (!(await isAdministrators(file))) {
      return failedWith([{ layer: 'computer', path: '', reason: 'notAdministrators' }])
    }
    return ok({ layer: read.value, file })
  }
  return ok(null)
}

/** `MADOGUCHI_SETTING_hub__url=…` as `hub__url=…`. */
const inEnvironment = (environment: SettingSources['environment']): readonly string[] =>
  Object.entries(environment).flatMap(([name, value]) => {
    const [, path] = /^MADOGUCHI_SETTING_(.+)$/i.exec(name) ?? []
    return path === undefined || value === undefined ? [] : [`${path}=${value}`]
  })

/** Whether another value in the site's own file changes nothing, because a stronger layer says it. */
export const isCovered = (before: Layers, after: Layers, name: string): boolean =>
  !isDeepStrictEqual(before.site?.[name], after.site?.[name]) &&
  isDeepStrictEqual(before.content[name], after.content[name]) &&
  ['commandLine', 'environment'].includes(after.from([name]) ?? '')
