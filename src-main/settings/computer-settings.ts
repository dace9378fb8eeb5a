// Where an administrator lays settings for every user of a computer, with the installer or by the clinic's own means. They lie
// under each user's own settings.json, entry by entry; what anybody else could have written there is not used.
import { lstat } from 'node:fs/promises'
import { dirname, join, win32 } from 'node:path'

/**
 * The first that exists counts. `program`: the executable of an installed program; on Windows its installer lays them beside
 * it. `programData`: Windows' folder for the data of all users.
 */
export function computerSettingsFiles(
  platform: NodeJS.Platform,
  { programData, program }: { readonly programData: string | undefined; readonly program: string | null },
): readonly string[] {
  if (platform !== 'win32') return ['/etc/madoguchi/settings.json']
  return [
    ...(programData ? [win32.join(programData, 'Madoguchi', 'settings.json')] : []),
    ...(program === null ? [] : [join(dirname(program), 'settings.json')]),
  ]
}

/** On systems of files with owners: root's, and nobody else may write the file or put another one into its place. */
export async function isRoots(file: string): Promise<boolean> {
  try {
    const states = await Promise.all([lstat(file), lstat(dirname(file))])
    return states.every((state) => !state.isSymbolicLink() && state.uid === 0 && (state.mode & 0o022) === 0)
  } catch {
    return false
  }
}

/**
 * The same of what Windows says of a file (its security descriptor, as text): it belongs to the administrators, the system,
 * or the installer of Windows. Whoever is none of them cannot make a file theirs.
 */
export const isAdministratorsDescriptor = (descriptor: string): boolean =>
  /^O:(?:BA|SY|LA|DA|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(?:G:|D:|S:|$)/.test(
    descriptor.trim(),
  )
