// What the installers are tried with and nobody ships: packages of the npm registry, fetched once into the user's cache and
// held by their integrity.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Outside the checkout: `npm ci` would take it away, and it is large. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'madoguchi')

/** The integrity that the lock file holds for one of our own packages. */
export function lockedPackage(root, name) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const { version, integrity } = packages[`node_modules/${name}`]
  return { name, version, integrity }
}

/** The folder with a package's files. */
export function fetchPackage({ name, version, integrity }) {
  const folder = join(cacheFolder, `${name.replaceAll('/', '+')}-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cacheFolder, { recursive: true })
  const work = mkdtempSync(join(cacheFolder, 'fetch-'))
  try {
    execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [file] = readdirSync(work)
    const archive = join(work, file)
    const got = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (got !== integrity) throw new Error(`${name}@${version} is not what it was: ${got}`)
    execFileSync('tar', ['xzf', archive, '-C', work, '--no-same-owner'])
    renameSync(join(work, 'package'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return folder
}
