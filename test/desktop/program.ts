// The desktop program as it would be installed, laid out beside nobody: Electron's files, and the archive and resources
// that electron-builder packs from electron-builder.yml. What is missing of an installed one are the fuses (a debugger has
// to get in) and, on the stand-in runtime, the archive's usual name.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { cacheFolder, type Runtime } from './runtime.ts'

export interface Program {
  readonly executable: string
  remove(): void
}

const root = join(import.meta.dirname, '../..')
const isWindows = process.platform === 'win32'

/** A folder of its own, which any user of this computer can read, next to the runtime: files are linked, not copied. */
export function layProgram(runtime: Runtime): Program {
  const place = join(cacheFolder(), 'programs')
  mkdirSync(place, { recursive: true, mode: 0o755 })
  for (const left of readdirSync(place)) if (!isAlive(Number(left.split('-')[0]))) remove(join(place, left))
  const folder = mkdtempSync(join(place, `${process.pid}-`))
  chmodSync(folder, 0o755)

  linkTree(runtime.folder, folder)
  const executable = join(folder, isWindows ? 'madoguchi.exe' : 'madoguchi')
  // A program of this name is a packed one: Electron goes by it.
  renameSync(join(folder, isWindows ? 'electron.exe' : 'electron'), executable)
  packResources(folder)
  if (runtime.isStandIn) fitToNode20(join(folder, 'resources'))
  return { executable, remove: () => remove(folder) }
}

/** With whatever still runs out of it. */
function remove(folder: string): void {
  for (const pid of process.platform === 'linux' ? readdirSync('/proc') : []) {
    if (/^\d+$/.test(pid) && executableOf(pid)?.startsWith(`${folder}/`)) kill(Number(pid))
  }
  rmSync(folder, { recursive: true, force: true })
}

function executableOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return null
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Without Electron's own sample program. */
function linkTree(from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = join(relative(from, entry.parentPath), entry.name)
    if (path.split(/[\\/]/)[0] === 'resources') continue
    if (entry.isDirectory()) mkdirSync(join(to, path), { recursive: true })
    else {
      mkdirSync(join(to, relative(from, entry.parentPath)), { recursive: true })
      const put = entry.name === sandboxHelper ? copySandboxHelper : linkOrCopy
      put(join(from, path), join(to, path))
    }
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Another file system.
    copyFileSync(from, to)
  }
}

const sandboxHelper = 'chrome-sandbox'

/** Where users have no name spaces of their own, Chromium's sandbox is made by this helper, as root. */
function copySandboxHelper(from: string, to: string): void {
  copyFileSync(from, to)
  if (process.getuid?.() !== 0) return
  chownSync(to, 0, 0)
  chmodSync(to, 0o4755)
}

function packResources(folder: string): void {
  const system = isWindows ? 'win' : 'linux'
  const packed = join(folder, 'packed')
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'test/installer/pack.mjs'), packed, system], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`electron-builder did not pack the program: ${stderr}`)
  renameSync(join(packed, system, 'resources'), join(folder, 'resources'))
  remove(packed)
}

/** Node-API 10 is what the package needs of Node 24 and declares; Node 20 has it too, by the name `experimental`. */
const declared = Buffer.from('b80a000000c3', 'hex')
const experimental = Buffer.from('b8ffffff7fc3', 'hex')

function fitToNode20(resources: string): void {
  for (const suffix of ['', '.unpacked']) {
    renameSync(join(resources, `app.asar${suffix}`), join(resources, `madoguchi.asar${suffix}`))
  }
  fitDatabase(join(resources, 'madoguchi.asar.unpacked'))

  const app = join(resources, 'app')
  mkdirSync(app)
  const { name, productName, version } = productSchema.parse(
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  )
  const entry = 'node-20.mjs'
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name, productName, version, main: entry, type: 'module' }))
  copyFileSync(join(import.meta.dirname, entry), join(app, entry))
  if (!existsSync(join(resources, 'migrations'))) throw new Error('the migrations were not packed')
}

/**
 * The encrypting better-sqlite3 says by `node_api_module_get_api_version_v1` (mov eax, 10; ret) that it needs Node-API 10,
 * because it keeps references to strings. Node 20 does that under its experimental version: one constant, in our copy.
 * `unpacked`: what lies beside the archive.
 */
export function fitDatabase(unpacked: string): void {
  const file = join(unpacked, 'node_modules/better-sqlite3/prebuilds/linux-x64.node')
  const bytes = readFileSync(file)
  const at = bytes.indexOf(declared)
  if (at < 0 || bytes.indexOf(declared, at + 1) >= 0) throw new Error('the Node-API version is not there exactly once')
  experimental.copy(bytes, at)
  writeFileSync(file, bytes)
}

const productSchema = z.object({ name: z.string(), productName: z.string(), version: z.string() })
