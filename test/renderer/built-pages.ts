// The pages as the product ships them, built once for everything they are made of: every test file, in whichever process, reads
// the same build until a source changes. Nothing has to run before it, so one file alone is a run like any other.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { build, type Plugin } from 'vite'
import { root } from '../support.ts'

/** Gone with `npm ci`, and never committed. */
const kept = join(root, 'node_modules', '.cache', 'madoguchi-pages')

/** So many builds stay: whoever goes back and forth between two states waits for neither. */
const keptBuilds = 4

/** Whatever a page may be made of. What it takes from packages stands in the lock. */
const sources = ['src-renderer', 'src-main', 'vite.config.ts', 'package-lock.json']

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** What the pages are made of, as one word. */
function fingerprint(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of sources.flatMap((source) => filesIn(join(root, source)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 32)
}

/** Else a change in such a file would go unseen. */
const refuseOtherSources: Plugin = {
  name: 'refuse-other-sources',
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const path = relative(root, id.replace(/\?.*$/, ''))
      const [top = ''] = path.split(sep)
      const isKnown = top === 'node_modules' || sources.includes(top)
      if (!isKnown && existsSync(join(root, path))) {
        throw new Error(`the pages are made of ${path} too: name it in test/renderer/built-pages.ts`)
      }
    }
  },
}

async function buildInto(folder: string): Promise<void> {
  const before = process.env.NODE_ENV
  // The test runner's own value would give the development build of React.
  process.env.NODE_ENV = 'production'
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'src-renderer'),
    logLevel: 'warn',
    plugins: [refuseOtherSources],
    build: { outDir: folder },
  })
  process.env.NODE_ENV = before
}

const read = (folder: string) =>
  new Map(filesIn(folder).map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)] as const))

function forgetOldBuilds(): void {
  const age = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const folders = readdirSync(kept).map((name) => join(kept, name))
  for (const folder of folders.sort((a, b) => age(b) - age(a)).slice(keptBuilds)) {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Every file of the built pages by its path, in memory: a build may be thrown away while others use it. Two processes that find
 * none both build, and keep the one that is there first.
 */
export async function builtPages(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = join(kept, fingerprint())
  if (existsSync(folder)) return read(folder)
  mkdirSync(dirname(folder), { recursive: true })
  const own = mkdtempSync(join(kept, 'building-'))
  await buildInto(own)
  const pages = read(own)
  try {
    renameSync(own, folder)
  } catch {
    // The other process was faster, or (on Windows) something is looking at the new files: they are in memory already.
    rmSync(own, { recursive: true, force: true, maxRetries: 3 })
  }
  forgetOldBuilds()
  return pages
}
