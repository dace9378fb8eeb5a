// Each fsync, each transaction and each promise of durability is taken out of a copy of the program, one at a time, for MINUTES (not
// given: 30), from a place on that SEED draws: the tests of its part have to notice. One that nobody notices is a finding. A test is
// believed only if it passes in the copy as it is.
// Share of the minutes: 2
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutantsOf } from '../crash/mutants.ts'
import { failAfterKill, failEverywhere, type Recorded, recordMorning } from '../crash/power-loss.ts'
import { shareOfTime, tellCounts } from '../crash/share-of-time.ts'
import { root } from '../support.ts'

/** The power fails in a morning of the copy, and in the next one after a kill (test/crash/power-loss.ts). */
const powerLoss = 'power loss'

const ofStore = (...names: readonly string[]) => names.map((name) => `test/store/${name}.test.ts`)

/** What answers for a part; the first that fits counts. */
const parts: readonly (readonly [beginning: string, tests: readonly string[]])[] = [
  ['src-main/store/postgres/', ofStore('postgres-line', 'postgres-disk', 'postgres-contract')],
  ['src-main/store/away/', ofStore('away-copy-file', 'postgres-away', 'postgres-away-merge')],
  ['src-main/store/sqlite/rekey', ofStore('key-rotation')],
  ['src-main/store/sqlite/moving', ofStore('moves', 'postgres-move')],
  ['src-main/store/sqlite/salvage', ofStore('salvage')],
  ['src-main/store/sqlite/migrations', ofStore('migrations')],
  ['src-main/store/sqlite/', [powerLoss, ...ofStore('contract', 'one-agent', 'encryption')]],
  ['src-main/ground/', [powerLoss, 'test/crash/on-disk.test.ts', 'test/handover/recovery.test.ts']],
  ['src-main/', [powerLoss, 'test/handover/recovery.test.ts']],
]

/** What changes nothing that anybody could notice, and why. */
const equivalent: readonly (Pick<Mutant, 'file' | 'what'> & { readonly around?: string; readonly because: string })[] =
  [
    {
      file: 'src-main/handover/folder/trial-file.ts',
      what: 'files.syncFolder(folder)',
      because: 'the trial file is taken away again; the call asks whether the share answers it, and a failure is said',
    },
    {
      file: 'src-main/store/sqlite/database.ts',
      what: 'COMMIT',
      because: 'nothing is in that transaction: it asks whether somebody else has the file',
    },
    {
      file: 'src-main/store/postgres/transactions.ts',
      what: 'COMMIT',
      around: 'keep: (read) =>',
      because: 'the transaction has only read; what is put onto the disk behind it begins one of its own',
    },
    {
      file: 'src-main/store/sqlite/salvage.ts',
      what: 'to.transaction(',
      because: 'what is carried over is used once all of it is there, and begun anew otherwise; together it is quicker',
    },
  ]

const isEquivalent = ({ file, what, around }: Mutant) =>
  equivalent.some((each) => each.file === file && each.what === what && around.includes(each.around ?? ''))

const share = shareOfTime(30)
const copy = mkdtempSync(join(tmpdir(), 'madoguchi-mutations-'))
const left = ['node_modules', '.git', 'dist', 'release', 'test-results']

/** Whether a test passes in the copy. */
async function passes(test: string): Promise<boolean> {
  if (test === powerLoss) return survivesPowerLoss()
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'house', '--project', 'postgres', '--bail', '1', test],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, MADOGUCHI_SEED: String(share.seed) } },
  )
  return status === 0
}

/** What the copy has done is judged by the program as it is. */
async function survivesPowerLoss(): Promise<boolean> {
  let recorded: Recorded | null = null
  try {
    recorded = await recordMorning(copy)
    if (!recorded) throw new Error('nothing can be recorded here')
    await failEverywhere(recorded, 20, share.random)
    await failAfterKill(recorded, share.random, copy)
    return true
  } catch (error) {
    share.say(`  ${error instanceof Error && error.cause instanceof Error ? error.cause.message : error}`)
    return false
  } finally {
    recorded?.remove()
  }
}

function makeCopy(): void {
  cpSync(root, copy, { recursive: true, filter: (path) => !left.some((name) => path === join(root, name)) })
  // What tests build and keep is the copy's own: this tree's would have to make room for every mutant's.
  const packages = readdirSync(join(root, 'node_modules')).filter((name) => name !== '.cache')
  mkdirSync(join(copy, 'node_modules'))
  for (const name of packages) symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
}

const believed = new Map<string, boolean>()
/** Whether it passes as long as nothing is changed. */
async function isBelieved(test: string): Promise<boolean> {
  const known = believed.get(test) ?? (await passes(test))
  if (!believed.has(test) && !known) share.say(`!! ${test} fails in the unchanged copy and says nothing`)
  believed.set(test, known)
  return known
}

async function isNoticed(mutant: Mutant): Promise<boolean> {
  const [, tests = []] = parts.find(([beginning]) => mutant.file.startsWith(beginning)) ?? []
  const mutated = join(copy, mutant.file)
  const told = `${mutant.file}:${mutant.line} without ${mutant.what.split('\n')[0]}`
  for (const test of tests) {
    if (!(await isBelieved(test))) continue
    writeFileSync(mutated, mutant.text)
    const isPassed = await passes(test)
    cpSync(join(root, mutant.file), mutated)
    if (isPassed) continue
    share.say(`${told}: ${test} notices`)
    return true
  }
  share.say(`!! ${told}: nobody notices`)
  return false
}

await tellCounts(share.seed, async () => {
  try {
    makeCopy()
    const only = process.env.ONLY ?? ''
    const all = mutantsOf(root).filter(({ file, line }) => `${file}:${line}`.includes(only))
    const from = Math.floor(share.random() * all.length)
    const mutants = [...all.slice(from), ...all.slice(0, from)]
    const counts = { mutants: all.length, noticed: 0, equivalent: 0, notTried: 0 }
    const survivors: string[] = []
    for (const mutant of mutants) {
      if (isEquivalent(mutant)) counts.equivalent += 1
      else if (share.isOver()) counts.notTried += 1
      else if (await isNoticed(mutant)) counts.noticed += 1
      else survivors.push(`${mutant.file}:${mutant.line} ${mutant.what}`)
    }
    if (survivors.length > 0) throw new Error(`nobody notices that these are gone:\n${survivors.join('\n')}`)
    return counts
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
