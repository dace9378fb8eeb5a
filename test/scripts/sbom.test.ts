// The list of other people's work against what is really in the product: the source maps of the built files, and a build of
// the screen of its own, name every module that was bundled.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { root } from '../support.ts'
import { onWindows } from '../system.ts'

const listSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  components: z.array(
    z.object({
      type: z.enum(['library', 'platform']),
      group: z.string().optional(),
      name: z.string(),
      version: z.string(),
      purl: z.string(),
      licenses: z.tuple([
        z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })]),
      ]),
      hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) })).optional(),
      properties: z.tuple([
        z.object({ name: z.literal('madoguchi:place'), value: z.enum(['bundled', 'native', 'runtime']) }),
      ]),
    }),
  ),
})
const { components } = listSchema.parse(JSON.parse(readFileSync(join(root, 'dist/sbom.cdx.json'), 'utf8')))
const fullName = ({ group, name }: { group?: string | undefined; name: string }) => (group ? `${group}/${name}` : name)
const placed = (place: string) => components.filter(({ properties: [{ value }] }) => value === place)

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ name: z.string().optional(), version: z.string().optional(), integrity: z.string().optional() }),
  ),
})
const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages

/** name@version of the package that a source file belongs to. */
function packageOf(source: string): string[] {
  const path = /(node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]
  if (path === undefined) return []
  const { name, version } = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')))
  return [`${name}@${version}`]
}

async function sourcesOfScreen(): Promise<string[]> {
  const built = await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { write: false, sourcemap: true },
  })
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  const isChunk = (output: Rolldown.OutputChunk | Rolldown.OutputAsset) => output.type === 'chunk'
  return outputs.filter(isChunk).flatMap((chunk) => ('map' in chunk ? (chunk.map?.sources ?? []) : []))
}

const sourcesOfAgent = () =>
  readdirSync(join(root, 'dist/main'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.map'))
    .flatMap(
      (name) =>
        z
          .object({ sources: z.array(z.string()) })
          .parse(JSON.parse(readFileSync(join(root, 'dist/main', name), 'utf8'))).sources,
    )

describe('the list of what the product consists of', () => {
  test('names every package that is bundled, and no other', async () => {
    const bundled = [...sourcesOfAgent(), ...(await sourcesOfScreen())].flatMap(packageOf)
    // Styles, fonts and WebAssembly have no source map: what is used of them is said by the files themselves.
    const styles = ['@fontsource/biz-udpgothic', '@expo-google-fonts/noto-sans-jp', '@digital-go-jp/design-tokens'].map(
      (name) => `node_modules/${name}/x`,
    )
    const expected = [...new Set([...bundled, ...styles.flatMap(packageOf)])].sort()
    expect(expected.length).toBeGreaterThan(50)
    const listed = placed('bundled').map((part) => `${fullName(part)}@${part.version}`)
    expect(listed.sort()).toEqual(expected)
  })

  test('names the native packages, the database inside them, and both runtimes', () => {
    const names = (place: string) => placed(place).map(fullName)
    const manifest = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        optionalDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['better-sqlite3', 'koffi'])
    expect(names('native')).toEqual(
      expect.arrayContaining([
        'better-sqlite3-multiple-ciphers',
        'koffi',
        '@koromix/koffi-linux-x64',
        '@koromix/koffi-win32-x64',
        'sqlite',
        'sqlite3mc',
      ]),
    )
    expect(names('runtime').sort()).toEqual(['electron', ...Object.keys(manifest.optionalDependencies)].sort())
  })

  test('gives each package the hash that the lock file holds for it', () => {
    const hashes = new Set(
      Object.values(lock).map(({ integrity }) => Buffer.from((integrity ?? '').slice(7), 'base64').toString('hex')),
    )
    for (const part of components) {
      if (part.purl.startsWith('pkg:generic/')) continue
      expect(hashes.has(part.hashes?.[0]?.content ?? 'none'), part.purl).toBe(true)
    }
  })

  test('holds only licences that a clinic may be given without more', () => {
    const fine = [
      'MIT',
      'ISC',
      '0BSD',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'Apache-2.0',
      'BlueOak-1.0.0',
      'OFL-1.1',
      'blessing',
    ]
    const licences = components.map(({ licenses: [given] }) =>
      'license' in given ? given.license.id : given.expression,
    )
    const parts = new Set(licences.flatMap((licence) => licence.split(' AND ')))
    expect([...parts].filter((licence) => !fine.includes(licence))).toEqual([])
  })
})

test('the notices name every package, with the licence of the font in full', () => {
  const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
  for (const part of components) expect(notices).toContain(`\n${fullName(part)} ${part.version} (`)
  expect(notices).toContain('SIL OPEN FONT LICENSE Version 1.1')
  expect(notices).toContain('PERMISSION & CONDITIONS')
})

describe('the lock file', () => {
  test('holds a hash for everything that can come to run on a clinic’s computer', () => {
    // A package inside another one is covered by that one's hash.
    const open = Object.entries(lock).filter(([path, { integrity }]) => path !== '' && !integrity)
    expect(open.map(([path]) => path).filter((path) => !path.startsWith('node_modules/fhir/node_modules/'))).toEqual([])
  })

  test('holds the Node that this runs on, and no script fetches it', () => {
    const own = `node_modules/node-${onWindows ? 'win' : process.platform}-${process.arch}`
    if (process.platform === 'darwin') return
    expect(lock[own]?.version).toBe(process.versions.node)
    expect(existsSync(join(root, own, 'bin'))).toBe(true)
    const scripts = readdirSync(join(root, 'scripts')).map((name) => readFileSync(join(root, 'scripts', name), 'utf8'))
    expect(scripts.join('\n')).not.toMatch(/ignore-scripts=false|'rebuild'/)
  })
})
