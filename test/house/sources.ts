// The files that the house's rules are held against, named alike on every system.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support.ts'

/** Windows' names with the slashes of imports. */
export const withSlashes = (file: string): string => file.replaceAll('\\', '/')

/** TypeScript in these folders of the repository, by its path from there. */
export const sourcesIn = (...folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => withSlashes(join(folder, name))),
  )

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
