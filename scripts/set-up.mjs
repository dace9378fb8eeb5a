// Makes a fresh clone ready: packages, the pinned Node, the build, and, once and briefly, Electron's own binary. Runs
// on Node 20 with nothing installed, so it uses no dependency. Done work is remembered by content, so that a second
// start costs a few milliseconds.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const isWindows = process.platform === 'win32'
const say = (text) => process.stderr.write(`${text}\n`)

/** The Node that everything runs on: pinned by the `node` package. */
export const node = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')

const memoryFile = join(root, 'node_modules', '.cache', 'madoguchi', 'set-up.json')
const recall = () => {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8'))
  } catch {
    return {}
  }
}
const remember = (facts) => {
  mkdirSync(join(memoryFile, '..'), { recursive: true })
  writeFileSync(memoryFile, JSON.stringify({ ...recall(), ...facts }))
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (result.status !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${result.status ?? result.signal ?? result.error?.message}`,
    )
  }
}

// Through npm's own script where npm started us: on Windows `npm` is a .cmd file, which spawn does not run.
const npm = (args) => {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) run(process.execPath, [script, ...args])
  else run('npm', args, { shell: isWindows })
}

/** A hash over the content of files and folders, in a stable order. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name)
      if (entry.isDirectory()) add(child)
      else hash.update(child.slice(root.length)).update(readFileSync(child))
    }
  }
  for (const path of paths) {
    const full = join(root, path)
    if (path.includes('.')) hash.update(path).update(readFileSync(full))
    else add(full)
  }
  return hash.digest('hex')
}

function installPackages() {
  const packages = fingerprint(['package-lock.json'])
  if (recall().packages === packages && existsSync(node)) return
  say('準備中: パッケージを入れています（初回のみ、1分ほど）…')
  // Not `npm ci`: it refuses a lock file whose registry mirror did not have some tool's binaries for other platforms.
  // This installs the same locked versions, and leaves package.json and the lock file alone.
  npm(['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund'])
  // The only package whose install script is run: it fetches the pinned Node binary, itself a package.
  npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'])
  remember({ packages })
}

const noElectron = 'Electron を取得できませんでした。ブラウザー画面で起動します（もう一度試すには npm run electron）。'

/**
 * Electron's binary comes from outside the package registry: one short try, its failure remembered for later starts.
 * `again` tries although it has failed before. Says `failure` when it has tried in vain; true when the binary is there.
 */
export function fetchElectron({ again = false, failure = noElectron } = {}) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  const installed = () => existsSync(join(root, 'node_modules', 'electron', 'path.txt'))
  if (installed()) return true
  if (!again && recall().electronFailed === version) return false
  say('準備中: Electron を取得しています（最長60秒）…')
  const got = spawnSync(node, [join(root, 'node_modules', 'electron', 'install.js')], {
    cwd: root,
    stdio: 'ignore',
    timeout: 60_000,
  })
  if (got.status === 0 && installed()) return true
  if (!again) remember({ electronFailed: version })
  say(failure)
  return false
}

export function buildProduct() {
  const sources = fingerprint([
    'src-main',
    'src-renderer',
    'native',
    'scripts/build.mjs',
    'vite.config.ts',
    'package-lock.json',
  ])
  if (recall().build === sources && existsSync(join(root, 'dist', 'main', 'headless.js'))) return
  say('準備中: 画面とエージェントを組み立てています…')
  run(node, [join(root, 'scripts', 'build.mjs')])
  remember({ build: sources })
}

/** Everything a start needs. */
export function setUp() {
  installPackages()
  buildProduct()
}
