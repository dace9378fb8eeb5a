// A display of its own with a window manager and a place for tray icons, as the ordinary user of the session has it. Tests
// that look at windows and the keyboard share none.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { session } from './told.ts'

export interface Display {
  /** As DISPLAY has it. */
  readonly name: string
  /** Runs a program on it to its end; what it prints. */
  run(program: string, ...words: string[]): string
  close(): void
}

const size = '1440x1000x24'

/** Elsewhere than on Linux the computer's own is used. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { name: '', run: () => '', close: () => undefined }
  const server = spawn(session.asUser, ['Xvfb', '-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  return manage(server)
}

/** `server` tells its number on its fourth stream. */
export async function manage(server: ChildProcess): Promise<Display> {
  const told = server.stdio[3]
  if (!told) throw new Error('the server has no stream for its number')
  const [line] = await once(told, 'data')
  const name = `:${String(line).trim()}`
  const env = { ...process.env, DISPLAY: name }
  const manager = spawn(session.asUser, ['icewm'], { stdio: 'ignore', env })
  const run = (program: string, ...words: string[]) =>
    execFileSync(session.asUser, [program, ...words], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
  return {
    name,
    run,
    close() {
      manager.kill()
      server.kill()
    },
  }
}
