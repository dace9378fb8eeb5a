// The receipt computer of the chaos run: it takes each file out of its folder as soon as it sees it, so that one that is brought
// twice is seen twice, and remembers what it has taken.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { unfinishedEnd } from '../../../src-main/handover/folder/bring-files.ts'

/** By name, the SHA-256 (lower-case hex) of what lay there, each time that it did. */
export type Files = ReadonlyMap<string, readonly string[]>

const everyMs = 20

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const isWhole = (name: string) => !name.endsWith(unfinishedEnd)

export function startReceiptComputer(folder: string) {
  const taken = new Map<string, readonly string[]>()
  const take = () => {
    for (const name of readdirSync(folder).filter(isWhole)) {
      const path = join(folder, name)
      taken.set(name, [...(taken.get(name) ?? []), sha256(path)])
      unlinkSync(path)
    }
  }
  const timer = setInterval(take, everyMs)
  return {
    taken: taken as Files,
    stop() {
      clearInterval(timer)
      take()
    },
  }
}

export const filesIn = (folder: string): Files =>
  new Map(
    readdirSync(folder)
      .filter(isWhole)
      .map((name) => [name, [sha256(join(folder, name))]]),
  )

export const unfinishedIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => !isWhole(name))
