// Where this agent keeps its database, key, logs and training files: where somebody says, else the operating system's own
// place for a user's application data. What is given as a relative path starts where it was typed, not where the program
// lies: patients' data never get into the program's own folder because a variable is empty.
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { fail, ok, type Result } from '../ground/result.ts'

/** What the system says about a user; of this one when not given. */
export interface UserPlace {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: () => string
  readonly cwd: () => string
}

const thisUser: UserPlace = {
  platform: process.platform,
  environment: process.env,
  home: homedir,
  cwd: process.cwd,
}

/**
 * Absolute path; the folder may not exist yet. `asked` on the command line, else `MADOGUCHI_DATA`, else the usual place.
 * Errors: REQUEST_INVALID with the variable of the system that says nothing usable.
 */
export function dataFolder(asked: string | undefined, user: UserPlace = thisUser): Result<string> {
  const given = asked || user.environment.MADOGUCHI_DATA
  return given ? ok(asTyped(given, user)) : usualFolder(user)
}

/** A path of the command line, absolute. The command's door runs us elsewhere, and says where it was typed. */
export const asTyped = (path: string, { environment, cwd }: UserPlace = thisUser): string =>
  resolve(environment.MADOGUCHI_FROM || cwd(), path)

function usualFolder({ platform, environment, home }: UserPlace): Result<string> {
  /** As the XDG specification has it, and for the others too: empty or relative is as good as not set. */
  const set = (name: string) => {
    const value = environment[name]
    return value && isAbsolute(value) ? value : null
  }
  const ofHome = (...names: string[]) => (isAbsolute(home()) ? join(home(), ...names) : null)
  const [folder, variable] =
    platform === 'win32'
      ? [set('LOCALAPPDATA') ?? ofHome('AppData', 'Local'), 'LOCALAPPDATA']
      : platform === 'darwin'
        ? [ofHome('Library', 'Application Support'), 'HOME']
        : [set('XDG_DATA_HOME') ?? ofHome('.local', 'share'), 'HOME']
  if (folder === null) return fail('REQUEST_INVALID', { field: variable })
  return ok(join(folder, platform === 'linux' ? 'madoguchi' : 'Madoguchi'))
}
