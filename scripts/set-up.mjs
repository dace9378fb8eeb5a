// Makes a fresh clone ready: packages (the pinned Node among them) and the build. Runs on Node 20 with nothing installed,
// so it uses no dependency. Done work is remembered by content, so that a second start costs a few milliseconds; begun
// work is remembered too, because npm leaves half a folder behind (a full disk, a power cut) that looks like a whole one.
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { endingSignal } from './child.mjs'
import { captured, npm } from './npm.mjs'
import { root as ownRoot, pinnedNode } from './place.mjs'
import { SetUpFailure } from './set-up-failure.mjs'
import { aloneIn, openMemory } from './set-up-memory.mjs'

/** Room that a first installation takes, packages and npm's cache, and that a change of it may take, in MB. */
const neededMb = { first: 1_000, change: 300 }
/** Less than this left afterwards, and some files were probably cut. */
const leftMb = 64
const probeLimitMs = 20_000

const noNetwork =
  /\b(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|EPIPE|FETCH_ERROR|ENOTCACHED|E407|E50[0-9]|UNABLE_TO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|CERT_[A-Z_]+)\b/
const diskFull = /\b(ENOSPC|EDQUOT|SQLITE_FULL)\b|no space left/i
/** What a native file that was cut short does to who loads it. */
const crashes = ['SIGBUS', 'SIGSEGV', 'SIGILL', 'SIGABRT']

/** In the path of a checkout; for the bundler a file's name ends there. */
const unbuildable = /[#?]/

/** What a set-up needs of the world; stood in for in tests. */
const real = {
  say: (text) => process.stderr.write(`${text}\n`),
  freeMb(folder) {
    const { bavail, bsize } = statfsSync(folder)
    return Math.floor((bavail * bsize) / 1e6)
  },
  npm,
  build: (folder) => captured(pinnedNode(folder), [join(folder, 'scripts', 'build.mjs')], { cwd: folder }),
}

/** A set-up of `root`; `ports` stand in for npm, the build and the disk in tests. */
export function createSetUp(root = ownRoot, ports = {}) {
  const port = { ...real, ...ports }
  const memory = openMemory(root)
  const modules = join(root, 'node_modules')
  const lock = () => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages ?? {}
  const fullDisk = (needed) => new SetUpFailure('SET_UP_DISK_FULL', port.freeMb(root), needed)
  const isDiskFull = (output) => diskFull.test(output) || port.freeMb(root) < leftMb
  const askNpm = async (args, limitMs) => {
    const ended = await port.npm(root, args, limitMs)
    if (endingSignal()) throw new Stopped()
    return ended
  }

  /** One short question to the registry: npm itself would ask for every package, again and again, before it says so. */
  async function whyOffline() {
    const [path, entry] = Object.entries(lock()).find(([place, { version }]) => place !== '' && version) ?? []
    if (path === undefined) return null
    const name = entry.name ?? path.split('node_modules/').at(-1)
    const asked = await askNpm(
      ['view', `${name}@${entry.version}`, 'version', '--fetch-retries=0', '--fetch-timeout=10000', '--loglevel=error'],
      probeLimitMs,
    )
    if (asked.code === 0) return null
    return noNetwork.exec(asked.output)?.[0] ?? (asked.signal ? 'ETIMEDOUT' : null)
  }

  async function installPackages() {
    const { hasPackages, isInstallBegun, isDamaged } = memory.state()
    if (hasPackages) return
    if (isInstallBegun || isDamaged) {
      port.say('準備中: 前回の準備が途中で終わったか、ファイルが欠けているため、パッケージを入れ直します…')
      rmSync(modules, { recursive: true, force: true })
    }
    const needed = existsSync(modules) ? neededMb.change : neededMb.first
    if (port.freeMb(root) < needed) throw fullDisk(needed)
    port.say('準備中: パッケージを入れています（初回のみ、1分ほど）…')
    const offline = await whyOffline()
    memory.installBegins()
    // Not `npm ci`: it would begin by removing what is there. This installs the same locked versions, checks their hashes,
    // and leaves package.json and the lock file alone. Without network it still can, from npm's cache.
    const { code, output } = await askNpm([
      ...['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=warn', '--fetch-timeout=60000'],
      ...['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'],
      ...(offline === null ? [] : ['--offline']),
    ])
    // A full disk does not stop npm: it warns about each file that it cut, and ends well.
    if (isDiskFull(output)) throw fullDisk(needed)
    if (code !== 0) {
      const reason = offline ?? noNetwork.exec(output)?.[0]
      if (reason) throw new SetUpFailure('SET_UP_OFFLINE', reason)
      port.say(lastLines(output))
      throw new SetUpFailure('SET_UP_PACKAGES_REFUSED', /code (E[A-Z0-9_]+)/.exec(output)?.[1] ?? 'npm')
    }
    // What is optional elsewhere is needed here (Node itself, native parts): npm leaves one out without a word.
    const missing = neededHere(lock()).filter((path) => !existsSync(join(root, path)))
    if (missing.length > 0) throw new SetUpFailure('SET_UP_PACKAGES_REFUSED', missing.join(', '))
    memory.installed()
  }

  async function buildProduct() {
    if (memory.state().hasBuild) return
    port.say('準備中: 画面とエージェントを組み立てています…')
    // Whatever lies in dist from now on is no longer what was remembered.
    memory.buildBegins()
    const { code, signal, output } = await port.build(root)
    if (endingSignal()) throw new Stopped()
    if (code !== 0) {
      if (isDiskFull(output)) throw fullDisk(neededMb.change)
      // A tool crashed on a file of its own: the packages are not whole, whatever was remembered of them.
      if (crashes.includes(signal)) memory.installBegins()
      port.say(lastLines(output))
      throw new SetUpFailure('SET_UP_BUILD_FAILED', signal ?? code)
    }
    if (output.trim()) port.say(output.trim())
    memory.buildEnds()
  }

  return {
    memory,
    /** Everything a start needs. Throws a SetUpFailure, or Stopped when it was told to end meanwhile. */
    async setUp() {
      try {
        const { hasPackages, hasBuild } = memory.state()
        if (hasPackages && hasBuild) return
        if (unbuildable.test(root)) throw new SetUpFailure('SET_UP_PLACE_UNUSABLE', root)
        await aloneIn(root, port.say, async () => {
          await installPackages()
          await buildProduct()
        })
      } catch (error) {
        if (diskFull.test(error?.code)) throw fullDisk(neededMb.first)
        if (['EACCES', 'EPERM', 'EROFS'].includes(error?.code)) throw new SetUpFailure('SET_UP_UNWRITABLE', root)
        throw error
      }
    },
  }
}

/** The set-up ended because its door was told to. */
export class Stopped extends Error {}

/** Paths of the locked packages that are only for systems like this one. */
function neededHere(packages) {
  const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
  return Object.entries(packages)
    .filter(([, { optional, os, cpu, libc: libcs }]) => {
      const isForUs = os?.includes(process.platform) && cpu?.includes(process.arch)
      return optional && isForUs && (libcs?.includes(libc) ?? true)
    })
    .map(([path]) => path)
}

/** The last lines that say something. */
const lastLines = (output) =>
  output
    .split('\n')
    .filter((line) => line.trim() && !/^npm warn/i.test(line))
    .slice(-15)
    .join('\n')
