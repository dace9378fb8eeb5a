// A fresh Windows to try installers on: a prefix of its own in the Debian that Wine runs in.
import type { ChildProcess } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { debian } from '../../../scripts/windows-machine.mjs'
import { type Chroot, type Ended, openChroot } from './chroot.ts'

export interface Windows {
  /** Where a file of the drive C: lies on this machine. */
  readonly driveC: (...names: string[]) => string
  /** Runs a program to its end, and to the end of what it has left behind. */
  run(command: readonly string[]): Ended
  /** Runs it and leaves it running. */
  start(command: readonly string[]): ChildProcess
  /** What HKEY_LOCAL_MACHINE holds: the lines of every key, by the key's name. Nothing may be running. */
  registry(): ReadonlyMap<string, readonly string[]>
  close(): Promise<void>
}

// Node cannot write into pipes of Linux: a file is between.
const throughFile = '"$@" >/tmp/said 2>&1 </dev/null; code=$?; wineserver64 -w; cat /tmp/said; exit $code'

export async function openWindows(): Promise<Windows> {
  const chroot: Chroot = await openChroot(debian)
  const prefix = `/installers-${process.pid}`
  const environment = {
    PATH: '/usr/lib/wine:/usr/bin:/bin',
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winewayland.drv=',
    LANG: 'ja_JP.UTF-8',
    TZ: 'Asia/Tokyo',
  }
  const run = (command: readonly string[]) => chroot.run(['sh', '-c', throughFile, 'sh', ...command], { environment })
  const begun = run(['wine64', 'wineboot', '-i'])
  if (begun.code !== 0) throw new Error(`Wine does not start: ${begun.said}`)
  return {
    driveC: (...names) => chroot.path(prefix, 'drive_c', ...names),
    run: (command) => run(['wine64', ...command]),
    start: (command) =>
      chroot.start(['sh', '-c', 'exec "$@" >/tmp/desk 2>&1 </dev/null', 'sh', 'wine64', ...command], { environment }),
    registry: () => readRegistry(chroot.path(prefix, 'system.reg')),
    async close() {
      await chroot.close()
      rmSync(join(debian, prefix), { recursive: true, force: true })
    },
  }
}

function readRegistry(file: string): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    // The key's name, then when it was written.
    const [, key] = /^\[(.+)\] \d+$/.exec(line) ?? []
    if (key === undefined) {
      if (line !== '' && !line.startsWith('#')) lines.push(line)
    } else {
      lines = []
      keys.set(key.replaceAll('\\\\', '\\'), lines)
    }
  }
  return keys
}
