// What of other people's work the product consists of, noted while it is built: from the modules that the bundler really
// put into its files, not from package.json, where most of it stands among the tools (decision 0019). Written as a CycloneDX
// list for clinic IT and their scanners, and as the notices that the licences ask for. Both are the same for the same
// lock file, so they carry no time and no random number.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve, sep } from 'node:path'

/** Loaded beside the bundle as they are, on the system that needs them. */
const beside = /^node_modules\/(better-sqlite3|koffi|@koromix\/koffi-(linux|win32|darwin)-(x64|arm64))$/
/** What it runs on: the one or the other. */
const runtimes = /^node_modules\/(electron|node-(linux|win)-[^/]+)$/

export function notePackages(root) {
  const folders = new Set()
  const note = (file) => {
    const inside = file.split(sep).join('/').split('\0').at(-1).split('?')[0]
    const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(inside)
    if (found) folders.add(found[1])
  }
  return {
    note,
    /** For each of the builds. */
    plugin: {
      name: 'note-packages',
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type === 'chunk') for (const [id, { code }] of Object.entries(output.modules)) if (code) note(id)
          if (output.type === 'asset')
            for (const name of output.originalFileNames) note(resolve(root, 'src-renderer', name))
        }
        // Styles leave their chunks for files of their own.
        for (const id of this.getModuleIds()) if (/\.css($|\?)/.test(id)) note(id)
      },
    },
    write(folder, product) {
      let components = [...[...folders].map((path) => bundled(root, path)), ...locked(root), ...databaseParts(root)]
      const known = new Map(components.map((part) => [part.purl, part]))
      components = [...known.keys()].sort().map((purl) => known.get(purl))
      writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(listOf(product, components), null, 2)}\n`)
      writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(product, components))
    },
  }
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

function bundled(root, path) {
  const { name, version, license, author } = readJson(join(path, 'package.json'))
  const lock = readJson(join(root, 'package-lock.json')).packages
  const { integrity } = lock[path.slice(path.indexOf('node_modules/'))] ?? {}
  return component({ name, version, license, author, integrity, place: 'bundled', path })
}

/** Native packages and runtimes for every system, whether this one has them or not. */
function locked(root) {
  return Object.entries(readJson(join(root, 'package-lock.json')).packages)
    .filter(([path]) => beside.test(path) || runtimes.test(path))
    .map(([path, { name = path.slice('node_modules/'.length), version, license, integrity }]) => {
      const place = beside.test(path) ? 'native' : 'runtime'
      // The parts of koffi for other systems are not installed, and have its licence.
      const textsIn = path.includes('@koromix') ? 'node_modules/koffi' : path
      return component({ name, version, license, integrity, place, path: join(root, textsIn) })
    })
}

/** The database is compiled into its package: what scanners look for is its own version. */
function databaseParts(root) {
  const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
  const database = new Database(':memory:')
  const version = (of) => /\d+\.[\d.]+/.exec(database.prepare(`select ${of}() as text`).get().text)[0]
  const parts = [
    { name: 'sqlite', version: version('sqlite_version'), license: 'blessing' },
    { name: 'sqlite3mc', version: version('sqlite3mc_version'), license: 'MIT', author: 'Ulrich Telle' },
  ]
  database.close()
  return parts.map((part) => ({
    ...component({ ...part, place: 'native' }),
    purl: `pkg:generic/${part.name}@${part.version}`,
  }))
}

function component({ name, version, license, author, integrity, place, path }) {
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const isExpression = / (AND|OR|WITH) /.test(license)
  return {
    type: place === 'runtime' ? 'platform' : 'library',
    ...(group && { group }),
    name: short,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [isExpression ? { expression: license } : { license: { id: license } }],
    ...(integrity && { hashes: [{ alg: 'SHA-512', content: sha512(integrity) }] }),
    properties: [{ name: 'madoguchi:place', value: place }],
    // Not for the list: what the notices are made from.
    [texts]: path ? licenceTexts(path) : [],
    [authorOf]: typeof author === 'string' ? author : author?.name,
  }
}
const texts = Symbol('texts')
const authorOf = Symbol('author')

const sha512 = (integrity) => Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex')

const licenceTexts = (path) =>
  existsSync(path)
    ? readdirSync(path)
        .filter((name) => /^(licen[sc]e|copying|notice|ofl)/i.test(name))
        .sort()
        .map((name) => readFileSync(join(path, name), 'utf8').replaceAll('\r\n', '\n').trim())
    : []

const listOf = ({ name, version }, components) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name, version, 'bom-ref': `${name}@${version}` } },
  components,
})

function notices({ productName }, components) {
  const parts = components.map((part) => {
    const [{ license, expression }] = part.licenses
    const name = part.group ? `${part.group}/${part.name}` : part.name
    const head = `${name} ${part.version} (${expression ?? license.id})`
    const told = part[texts].length > 0 ? part[texts] : [noText(part, expression ?? license.id)]
    return `${'='.repeat(80)}\n${head}\n${'='.repeat(80)}\n\n${told.join('\n\n')}\n`
  })
  return `${productName} contains the following third-party software.\n\n${parts.join('\n')}`
}

const noText = (part, id) =>
  `${part[authorOf] ? `Copyright ${part[authorOf]}. ` : ''}The package holds no licence text; it names ${id}: https://spdx.org/licenses/${id}.html`
