// A build that tests use, made once for everything it is made of: every test file, in whichever process, finds the same one
// until a source changes. Nothing has to run before it, so one file alone is a run like any other.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Every file below a path, or the file itself; whole paths, in order. */
export function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const digests = new Map<string, string>()

/** Of a file or a folder with all that is in it; no source changes while a test file runs. */
function digestOf(source: string): string {
  const known = digests.get(source)
  if (known) return known
  const hash = createHash('sha256')
  for (const file of filesIn(join(root, source))) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
  const digest = hash.digest('hex')
  digests.set(source, digest)
  return digest
}

/** What a build is made of, as one word. */
const fingerprint = (sources: readonly string[], variant: string) =>
  createHash('sha256')
    .update([process.version, variant, ...sources.map(digestOf)].join(' '))
    .digest('hex')
    .slice(0, 32)

function forgetOldBuilds(kept: string, keep: number): void {
  const age = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const folders = readdirSync(kept).map((name) => join(kept, name))
  for (const folder of folders.sort((a, b) => age(b) - age(a)).slice(keep)) {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Build {
  /** Of its kind; the name of the folder that keeps it. */
  readonly name: string
  /** What it may be made of, below the root. */
  readonly sources: readonly string[]
  /** What else it depends on. */
  readonly variant?: string
  /** So many builds stay: whoever goes back and forth between two states waits for neither. */
  readonly keep?: number
  readonly buildInto: (folder: string) => Promise<void>
}

/** The folder with the build. Two processes that find none both build, and use the one that is there first. */
export async function keptBuild({ name, sources, variant = '', keep = 4, buildInto }: Build): Promise<string> {
  // Gone with `npm ci`, and never committed.
  const kept = join(root, 'node_modules', '.cache', name)
  const folder = join(kept, fingerprint(sources, variant))
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const own = mkdtempSync(join(kept, 'building-'))
  await buildInto(own)
  try {
    renameSync(own, folder)
  } catch {
    // Something is looking at the new files (on Windows), or the other process was faster.
    if (!existsSync(folder)) return own
    rmSync(own, { recursive: true, force: true, maxRetries: 3 })
  }
  forgetOldBuilds(kept, keep)
  return folder
}
