// The installers of this computer's own system, one after the other: the program as electron-builder lays it down with
// Electron, its fuses read back, then what installs it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { hasDpkgDeb, makeDebianPackage } from '../installer/debian/package.mjs'
import { wrongFuses } from './fuses.mjs'
import { root } from './place.mjs'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const options = { projectDir: root, publish: 'never' }

/**
 * Lays the program into `output` and returns its folder. `config` goes over electron-builder.yml.
 * Throws where a fuse is not what electron-builder.yml says.
 */
export async function layProgram({ output = join(root, 'release'), config = {} } = {}) {
  const isWindows = process.platform === 'win32'
  const platform = isWindows ? Platform.WINDOWS : Platform.LINUX
  await build({
    ...options,
    targets: platform.createTarget('dir', Arch.x64),
    config: { ...config, directories: { output } },
  })
  const folder = join(output, isWindows ? 'win-unpacked' : 'linux-unpacked')
  const wrong = await wrongFuses(join(folder, isWindows ? 'Madoguchi.exe' : 'madoguchi'))
  if (wrong.length > 0) throw new Error(`fuses: ${wrong.join(', ')}`)
  return folder
}

/** electron-builder's own targets out of a laid program. */
const byElectronBuilder = (platform, target) => (program) =>
  build({ ...options, prepackaged: program, targets: platform.createTarget(target, Arch.x64) })

function debianPackage(program) {
  if (!hasDpkgDeb()) throw new Error('dpkg-deb がありません')
  return [makeDebianPackage({ program, folder: join(root, 'release'), version })]
}

/** Name and how it is made from a laid program: `(program) => files`. */
export const installersHere =
  process.platform === 'win32'
    ? [['NSIS', byElectronBuilder(Platform.WINDOWS, 'nsis')]]
    : [
        ['deb', debianPackage],
        ['AppImage', byElectronBuilder(Platform.LINUX, 'AppImage')],
      ]
/** Name, and where it is made instead. */
export const installersElsewhere =
  process.platform === 'win32'
    ? [
        ['MSI', 'Linux の wixl で作ります'],
        ['deb, AppImage', 'Linux の上で作ります'],
      ]
    : [
        ['NSIS', 'Windows の上で作ります'],
        ['MSI', 'Windows の上で作った本体から作ります'],
      ]
