// A Debian in a folder with its own processes and its own /tmp, as a fresh computer that installers are tried on. Its
// network is this machine's: apt works in it, and a program in it can be talked to. Everything in it ends with `close`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mirror } from '../../../scripts/windows-machine.mjs'
import { cacheFolder } from './outside-packages.mjs'

export interface Ended {
  readonly code: number | null
  /** Both streams, as they came. */
  readonly said: string
}

export interface Chroot {
  readonly path: (...names: string[]) => string
  /** As root, unless `user` is given; `environment` is all it gets. */
  run(command: readonly string[], options?: RunOptions): Ended
  start(command: readonly string[], options?: RunOptions): ChildProcess
  close(): Promise<void>
}

interface RunOptions {
  readonly user?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly folder?: string
}

/** This machine's own release. */
function ownRelease(): string {
  const [, release] = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? []
  if (!release) throw new Error('/etc/os-release names no release')
  return release
}

/** A fresh Debian of this machine's own release at `folder`: the smallest that has apt. Its base is made once. */
export function freshDebian(folder: string): void {
  const release = ownRelease()
  const base = join(cacheFolder, `debian-${release}.tar`)
  mkdirSync(cacheFolder, { recursive: true })
  if (!existsSync(base)) {
    const source = `deb ${mirror()} ${release} main`
    const options = ['--variant=apt', '--dpkgopt=force-unsafe-io', '--skip=cleanup/apt']
    must(spawnSync('mmdebstrap', [...options, release, base, source], { encoding: 'utf8' }))
  }
  mkdirSync(folder, { recursive: true })
  must(spawnSync('tar', ['xf', base, '-C', folder, '--exclude=./dev/*'], { encoding: 'utf8' }))
}

function must({ status, stderr }: { status: number | null; stderr: string }): void {
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr.slice(-2000)}`)
}

export async function openChroot(root: string): Promise<Chroot> {
  for (const name of ['hosts', 'resolv.conf']) copyFileSync(join('/etc', name), join(root, 'etc', name))
  // The first process of its own kind: when it goes, all the others go.
  const mounts = 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/tmp"'
  const holder = spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      `${mounts} && echo up && exec sleep infinity`,
      'sh',
      root,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [up] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])
  if (String(up).trim() !== 'up') throw new Error('no Debian in a folder can be entered here')
  const first = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim()

  const entered = (command: readonly string[], { user = 'root', environment = {}, folder = '/' }: RunOptions = {}) => {
    const home = user === 'root' ? '/root' : `/home/${user}`
    const set = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, LANG: 'C.UTF-8', ...environment }
    const words = Object.entries(set).map(([name, value]) => `${name}=${value}`)
    return [
      ...['nsenter', '--target', first, '--mount', '--pid', 'chroot', `--userspec=${user}`, root],
      ...['/usr/bin/env', '-i', '-C', folder, ...words, ...command],
    ]
  }
  return {
    path: (...names) => join(root, ...names),
    run(command, options) {
      const [program = '', ...args] = entered(command, options)
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1e8 })
      return { code: status, said: stdout + stderr }
    },
    start(command, options) {
      const [program = '', ...args] = entered(command, options)
      return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    },
    async close() {
      const gone = once(holder, 'exit')
      holder.kill('SIGKILL')
      await gone
    },
  }
}
