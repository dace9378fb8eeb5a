// Each fsync, each transaction and each promise of durability is taken out of a copy of the program, one at a time, for MINUTES (not
// given: 30), from a place on that SEED draws: the tests of its part have to notice. One that nobody notices is a finding. A test is
// believed only if it passes in the copy as it is.
// Share of the minutes: 2
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutantsOf } from '../crash/mutants.ts'
import { shareOfTime, tellCounts } from '../crash/share-of-time.ts'
import { root } from '../support.ts'

/** Which tests answer for a part; the first that fits counts. */
const parts: readonly (readonly [beginning: string, tests: readonly string[]])[] = [
  [
    'src-main/store/postgres/',
    ['postgres-line', 'postgres-disk', 'postgres-contract'].map((name) => `test/store/${name}.test.ts`),
  ],
  ['src-main/store/away/', ['postgres-away', 'postgres-away-merge'].map((name) => `test/store/${name}.test.ts`)],
  ['src-main/store/sqlite/rekey', ['test/store/key-rotation.test.ts']],
  ['src-main/store/sqlite/moving', ['test/store/moves.test.ts', 'test/store/postgres-move.test.ts']],
  ['src-main/store/sqlite/salvage', ['test/store/salvage.test.ts']],
  ['src-main/store/sqlite/migrations', ['test/store/migrations.test.ts']],
  ['src-main/store/sqlite/ledger', ['test/store/contract.test.ts', 'test/crash/power-loss.test.ts']],
  [
    'src-main/store/sqlite/',
    ['test/crash/power-loss.test.ts', 'test/store/one-agent.test.ts', 'test/store/encryption.test.ts'],
  ],
  ['src-main/', ['test/crash/power-loss.test.ts', 'test/handover/recovery.test.ts']],
]

/** What changes nothing that anybody could notice, and why. */
const equivalent: readonly { readonly file: string; readonly what: string; readonly because: string }[] = [
  {
    file: 'src-main/handover/folder/trial-file.ts',
    what: 'files.syncFolder(folder)',
    because: 'the trial file is taken away again; the call asks whether the share answers it, and a failure is said',
  },
]

const isEquivalent = ({ file, what }: Mutant) => equivalent.some((each) => each.file === file && each.what === what)

const share = shareOfTime(30)
const copy = mkdtempSync(join(tmpdir(), 'madoguchi-mutations-'))
const left = ['node_modules', '.git', 'dist', 'release', 'test-results']

/** Whether the tests pass in the copy. */
function passes(tests: readonly string[]): boolean {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'house', '--project', 'postgres', '--bail', '1', ...tests],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, MADOGUCHI_SEED: String(share.seed) } },
  )
  return status === 0
}

function makeCopy(): void {
  cpSync(root, copy, { recursive: true, filter: (path) => !left.some((name) => path === join(root, name)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

const believed = new Map<string, boolean>()
/** The tests of a part that pass as long as nothing is changed. */
function testsOf({ file }: Mutant): readonly string[] {
  const [, tests = []] = parts.find(([beginning]) => file.startsWith(beginning)) ?? []
  return tests.filter((test) => {
    const known = believed.get(test) ?? passes([test])
    if (!believed.has(test) && !known) share.say(`!! ${test} fails in the unchanged copy and says nothing`)
    believed.set(test, known)
    return known
  })
}

function isNoticed(mutant: Mutant): boolean {
  // Before the file is changed: the first time they are tried as it is.
  const tests = testsOf(mutant)
  const kept = join(copy, `${mutant.file}`)
  writeFileSync(kept, mutant.text)
  const noticing = tests.find((test) => !passes([test]))
  cpSync(join(root, mutant.file), kept)
  const told = `${mutant.file}:${mutant.line} without ${mutant.what.split('\n')[0]}`
  share.say(noticing ? `${told}: ${noticing} notices` : `!! ${told}: nobody notices`)
  return noticing !== undefined
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
      else if (isNoticed(mutant)) counts.noticed += 1
      else survivors.push(`${mutant.file}:${mutant.line} ${mutant.what}`)
    }
    if (survivors.length > 0) throw new Error(`nobody notices that these are gone:\n${survivors.join('\n')}`)
    return counts
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
