// Whether a program can be started here by its name.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)))
