// Makes the MSI out of the program as electron-builder lays it down for Windows, by wixl (Debian: wixl), on Linux:
// `node msi.mjs <program> <folder>` prints its path. The version is the one in the program's own package.json. electron-builder's own MSI
// knows no start with Windows and lets a version be installed over itself; Microsoft's WiX would be a second dialect.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const source = fileURLToPath(new URL('madoguchi.wxs', import.meta.url))

/** `version`: three numbers, as Windows compares them. Returns the MSI's path. */
export function makeMsi({ program, folder, version }) {
  const place = resolve(program)
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const work = mkdtempSync(join(tmpdir(), 'madoguchi-msi-'))
  try {
    const heat = [
      '--prefix',
      `${place}/`,
      '--component-group',
      'Files',
      '--var',
      'var.Source',
      '--directory-ref',
      'INSTALLDIR',
    ]
    const list = execFileSync('wixl-heat', [...heat, '--win64'], { input: `${files.join('\n')}\n`, maxBuffer: 1e8 })
    const fragment = join(work, 'files.wxs')
    writeFileSync(fragment, list)
    mkdirSync(folder, { recursive: true })
    const result = join(folder, `Madoguchi-${version}.msi`)
    const defined = [
      '-D',
      `Version=${version}`,
      '-D',
      `Source=${relative(process.cwd(), place) || '.'}`,
      '-D',
      'Win64=yes',
    ]
    execFileSync('wixl', ['--arch', 'x64', ...defined, '-o', result, source, fragment], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return result
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [program, folder, version] = process.argv.slice(2)
  process.stdout.write(`${makeMsi({ program, folder, version })}\n`)
}
