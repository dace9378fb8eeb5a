// Where this computer says more about settings than the user's own file: both shells and every command look at the same places.
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { computerSettingsFiles, isAdministratorsDescriptor, isRoots } from '../settings/computer-settings.ts'
import type { SettingSources } from '../settings/layers.ts'

/** `program`: the executable of the installed program; null: another one. `commandLine`: what stood behind each `--set`. */
export const settingSources = (program: string | null, commandLine: readonly string[] = []): SettingSources => {
  const { platform, env: environment } = process
  return {
    computerFiles: computerSettingsFiles(platform, { programData: environment.ProgramData, program }),
    isAdministrators: (file) => (platform === 'win32' ? isAdministratorsOnWindows(file, program) : isRoots(file)),
    environment,
    commandLine,
  }
}

/** Beside the program only an administrator writes. Elsewhere Windows is asked; one that does not answer has not said yes. */
async function isAdministratorsOnWindows(file: string, program: string | null): Promise<boolean> {
  if (program !== null && dirname(file) === dirname(program)) return true
  const shell = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32/WindowsPowerShell/v1.0/powershell.exe')
  const command = '(Get-Acl -LiteralPath $env:MADOGUCHI_ASKED).Sddl'
  try {
    const { stdout } = await promisify(execFile)(shell, ['-NoProfile', '-NonInteractive', '-Command', command], {
      env: { ...process.env, MADOGUCHI_ASKED: file },
      timeout: 10_000,
      windowsHide: true,
    })
    return isAdministratorsDescriptor(stdout)
  } catch {
    return false
  }
}

/** The values of `--set`, wherever they stand. */
export const setOptions = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, at) => {
    if (word.startsWith('--set=')) return [word.slice('--set='.length)]
    return words[at - 1] === '--set' ? [word] : []
  })
