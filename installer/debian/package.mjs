// Makes the Debian package out of the program as electron-builder lays it down. dpkg-deb is all it needs: electron-builder's
// own way would fetch a packaging tool from the network, and its scripts know nothing of a program that holds patients' data.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const icon = join(here, '../../src-renderer/public/icon.png')

/** What the program links to or starts. What pulls in nothing but looks (icon themes, say) is left to the desktop. */
const depends = [
  'libasound2',
  'libatspi2.0-0',
  'libgbm1',
  'libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libpcsclite1',
  'libsecret-1-0',
  'libuuid1',
  'libxss1',
  'libxtst6',
  'pcscd',
  'xdg-utils',
]

/** Where the program lies; the scripts beside this file name it too. */
const place = 'opt/Madoguchi'
/** In the menu, and where it starts at log-on: with the words behind the program's name. */
const desktopFiles = {
  'usr/share/applications/madoguchi.desktop': '',
  'etc/xdg/autostart/madoguchi.desktop': ' --at-log-on',
}

/** Whether this computer can make one. */
export const hasDpkgDeb = () => readdirSync('/usr/bin').includes('dpkg-deb')

/**
 * `program`: the folder with the executable `madoguchi`; `folder`: where the package is laid. Its path is returned.
 * `version` is the product's, of three numbers.
 */
export function makeDebianPackage({ program, folder, version }) {
  const stage = mkdtempSync(join(tmpdir(), 'madoguchi-deb-'))
  const inStage = (...path) => join(stage, ...path)
  const put = (path, write) => {
    mkdirSync(dirname(inStage(path)), { recursive: true })
    write(inStage(path))
  }
  try {
    cpSync(program, inStage(place), { recursive: true, verbatimSymlinks: true })
    put('usr/bin/madoguchi', (file) => cpSync(join(here, 'madoguchi'), file))
    const entry = readFileSync(join(here, 'madoguchi.desktop'), 'utf8')
    for (const [path, words] of Object.entries(desktopFiles)) {
      put(path, (file) =>
        writeFileSync(
          file,
          entry.replace(/^Exec=.*/m, (line) => line + words),
        ),
      )
    }
    put('usr/share/icons/hicolor/512x512/apps/madoguchi.png', (file) => cpSync(icon, file))
    put('usr/share/doc/madoguchi/copyright', (file) => cpSync(join(program, 'resources/THIRD-PARTY-NOTICES.txt'), file))
    // The administrator's: settings that lie under those of every user.
    mkdirSync(inStage('etc/madoguchi'), { recursive: true })
    setModes(stage)

    const files = filesIn(stage)
    const bytes = files.reduce((sum, path) => sum + lstatSync(inStage(path)).size, 0)
    mkdirSync(inStage('DEBIAN'))
    writeFileSync(inStage('DEBIAN/control'), control(version, Math.ceil(bytes / 1024)))
    writeFileSync(inStage('DEBIAN/conffiles'), '/etc/xdg/autostart/madoguchi.desktop\n')
    writeFileSync(inStage('DEBIAN/md5sums'), files.map((path) => md5Line(inStage(path), path)).join(''))
    for (const script of ['preinst', 'prerm', 'postrm']) {
      const text = readFileSync(join(here, script), 'utf8').replaceAll('@VERSION@', version)
      writeFileSync(inStage('DEBIAN', script), text, { mode: 0o755 })
    }
    const result = join(folder, `madoguchi_${version}_amd64.deb`)
    mkdirSync(folder, { recursive: true })
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', stage, result], { stdio: 'pipe' })
    return result
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

const control = (version, kilobytes) => `Package: madoguchi
Version: ${version}
Architecture: amd64
Maintainer: Madoguchi <madoguchi@madoguchi.invalid>
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Section: misc
Priority: optional
Description: 窓口: the reception desk's agent beside the receipt computer
 Reads a My Number card, asks which benefits the patient has today, and hands the
 receipt computer one file. What it keeps about patients lies encrypted in the
 user's own folder and is not touched when the package is removed or purged.
`

/** Whoever built it: readable for all, writable for root, and Chromium's sandbox helper as it has to be. */
function setModes(stage) {
  for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    const isProgram = entry.isFile() && (lstatSync(path).mode & 0o100) !== 0
    chmodSync(path, entry.isDirectory() || isProgram ? 0o755 : 0o644)
  }
  chmodSync(stage, 0o755)
  chmodSync(join(stage, place, 'chrome-sandbox'), 0o4755)
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted()

const md5Line = (file, path) => `${createHash('md5').update(readFileSync(file)).digest('hex')}  ${path}\n`
