// What a set-up remembers of its work: what was installed and built from which content, and that an installation was begun.
// A start looks at everything that it will load, by name and length, and does again what is not whole.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pinnedNode } from './place.mjs'

const packageInputs = ['package-lock.json', '.npmrc']
const buildInputs = [
  'src-main',
  'src-renderer',
  'native',
  'scripts/build.mjs',
  'scripts/bundled-packages.mjs',
  'scripts/pack-pages.mjs',
  'vite.config.ts',
  'package-lock.json',
]
const built = [
  'dist/main',
  'dist/renderer',
  'dist/packed-renderer',
  'dist/sbom.cdx.json',
  'dist/THIRD-PARTY-NOTICES.txt',
]
/** Packages that the product loads as they lie. */
const loadedFolders = ['better-sqlite3', 'koffi', '@koromix'].map((name) => join('node_modules', name))

export function openMemory(root) {
  const file = join(root, 'node_modules', '.cache', 'madoguchi', 'set-up.json')
  // Beside what it tells of: whoever removes node_modules removes the mark.
  const begun = join(dirname(file), 'install-begun')
  const recall = () => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch {
      return {}
    }
  }
  const write = (path, text) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const remember = (facts) => write(file, JSON.stringify({ ...recall(), ...facts }))

  const below = (paths) => paths.flatMap((path) => filesBelow(join(root, path)))
  /** A hash over the content of files and folders, in a stable order. */
  const fingerprint = (paths) => {
    const hash = createHash('sha256')
    for (const path of below(paths)) hash.update(relative(root, path)).update(readFileSync(path))
    return hash.digest('hex')
  }
  const manifest = (paths) =>
    Object.fromEntries(below(paths).map((path) => [relative(root, path), statSync(path).size]))
  const isWhole = (known = {}) =>
    Object.entries(known).every(([path, size]) => {
      const found = statSync(join(root, path), { throwIfNoEntry: false })
      return found?.size === size
    })
  const ownNode = () => {
    const path = pinnedNode(root)
    return path.startsWith(root) ? [relative(root, path)] : []
  }

  return {
    recall,
    remember,
    state() {
      const known = recall()
      const isInstallBegun = existsSync(begun)
      const isInstalled = known.packages !== undefined && known.packages === fingerprint(packageInputs)
      const isDamaged = known.packages !== undefined && !isWhole(known.loaded)
      return {
        isInstallBegun,
        isDamaged,
        hasPackages: isInstalled && !isInstallBegun && !isDamaged,
        hasBuild: known.build !== undefined && known.build === fingerprint(buildInputs) && isWhole(known.built),
      }
    },
    installBegins: () => write(begun, ''),
    installed() {
      remember({ packages: fingerprint(packageInputs), loaded: manifest([...loadedFolders, ...ownNode()]) })
      rmSync(begun, { force: true })
    },
    buildBegins: () => remember({ build: undefined, built: undefined }),
    buildEnds: () => remember({ build: fingerprint(buildInputs), built: manifest(built) }),
  }
}

/** Files below a path, itself where it is one, in a stable order. */
function filesBelow(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found ? [path] : []
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

const lookAgainMs = 300

/** Runs the work while nobody else works in this checkout: two starts on a fresh clone wait for each other. */
export async function aloneIn(root, say, work) {
  const file = join(root, '.set-up.lock')
  const owner = () => {
    try {
      return Number(readFileSync(file, 'utf8'))
    } catch {
      return 0
    }
  }
  const pause = () => new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  let looks = 0
  while (owner() !== process.pid) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      // Two may have taken the leftover of a killed one away at the same moment: the later one has it.
      await pause()
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      // Empty for a moment while its owner writes it.
      if (!isAlive(owner()) && looks > 0) rmSync(file, { force: true })
      else if (looks === 1) say('準備中: 別の起動が準備をしています。終わるのを待っています…')
      looks += 1
      await pause()
    }
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
