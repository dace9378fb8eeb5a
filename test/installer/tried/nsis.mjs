// Makes the Windows installer with electron-builder's own script and target out of any folder that holds Madoguchi.exe, by
// Debian's makensis: `node nsis.mjs <program> <folder> <version> [run]`. The uninstaller is written by a Windows program:
// `run` is a script that runs it and is given its path and where the uninstaller has to lie. Without it only the compiler
// has its say.
//
// electron-builder's script is taken as it is but for four plug-ins that are neither in Debian nor in npm (nsis/ beside this
// file) and for the archive, whose extractor is one of them: the files go in as NSIS packs them itself. NSIS's own
// 64-bit frame stands for the 32-bit one, which Wine would need a second Wine for.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'))
const library = createRequire(builder.resolve('app-builder-lib'))
const { createTargets } = builder('electron-builder')
const { AppInfo, Packager, Platform } = builder('app-builder-lib')
const { createElectronFrameworkSupport } = library('./electron/ElectronFramework.js')
const { NsisTarget } = library('./targets/nsis/NsisTarget.js')
const { nsisTemplatesDir } = library('./targets/nsis/nsisUtil.js')
const { Arch } = library('builder-util')
const { CancellationToken } = library('builder-util-runtime')

const [program, folder, version, run] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
// Where electron-builder would look for the plug-ins that it fetches: Debian's own lie beside its makensis.
process.env.ELECTRON_BUILDER_NSIS_RESOURCES_DIR = join(folder, 'plugins')
mkdirSync(join(folder, 'plugins/plugins'), { recursive: true })

/** A frame of 64 bits never runs on 32: what the script would do there is a label that nothing jumps to. */
const in64Bits = '!pragma warning disable 6012\n'

/** electron-builder's script with the plug-ins' stand-ins. */
function scriptWithoutPlugins() {
  const copy = join(folder, 'script')
  cpSync(nsisTemplatesDir, copy, { recursive: true })
  cpSync(join(import.meta.dirname, 'nsis'), join(copy, 'include'), { recursive: true })
  for (const name of readdirSync(copy, { recursive: true, encoding: 'utf8' })) {
    const file = join(copy, name)
    if (!/\.ns[hi]$/.test(name)) continue
    // It marks links with the program's identity for the task bar.
    const text = readFileSync(file, 'utf8').replace(/^\s*WinShell::.*$/gm, '')
    writeFileSync(file, text)
  }
  return copy
}

const script = scriptWithoutPlugins()

class DebianNsis extends NsisTarget {
  async computeScriptAndSignUninstaller(defines, commands, installer, header, archs) {
    const uninstaller = join(folder, 'uninstaller.exe')
    const text = readFileSync(join(script, 'installer.nsi'), 'utf8')
    const wanted = { ...defines, BUILD_UNINSTALLER: null, UNINSTALLER_OUT_FILE: 'C:\\uninstaller.exe' }
    await this.executeMakensis(wanted, commands, header + (await this.computeFinalScript(text, false, archs)))
    if (run) execFileSync(process.execPath, [run, installer, uninstaller], { stdio: 'inherit' })
    else writeFileSync(uninstaller, '')
    defines.UNINSTALLER_OUT_FILE = uninstaller
    return { script: text, isCustomScript: false }
  }

  async executeMakensis(defines, commands, text) {
    const { COMPRESS, COMPRESSION_METHOD, APP_64_UNPACKED_SIZE, ...kept } = defines
    const words = Object.entries({ ...kept, APP_BUILD_DIR: program })
    execFileSync(
      'makensis',
      [
        ...['-WX', '-V2', '-INPUTCHARSET', 'UTF8', '-XTarget amd64-unicode'],
        ...words.map(([name, value]) => (value === null ? `-D${name}` : `-D${name}=${value}`)),
        ...Object.entries(commands)
          .filter(([name]) => name !== 'Unicode')
          .flatMap(([name, value]) => [value].flat().map((one) => `-X${name} ${one}`)),
        '-',
      ],
      {
        cwd: script,
        input: `${in64Bits}${text.replaceAll(nsisTemplatesDir, script)}`,
        stdio: ['pipe', 'inherit', 'inherit'],
      },
    )
  }
}

const packager = new Packager(
  {
    projectDir: root,
    targets: createTargets([Platform.WINDOWS], null, 'x64'),
    config: { extraMetadata: { version }, directories: { output: folder } },
  },
  new CancellationToken(),
)
await packager.validateConfig()
packager._appInfo = new AppInfo(packager, null)
packager._framework = await createElectronFrameworkSupport(packager.config, packager)
const size = readdirSync(program, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
// Nothing is archived: there is no such plug-in to take it apart.
const helper = {
  refCount: 0,
  packArch: async () => ({ fileInfo: { path: 'app.7z', sha512: '' }, unpackedSize: size }),
  finishBuild: async () => undefined,
}
const windows = await packager.createHelper(Platform.WINDOWS)
// The tool that makes it of the PNG comes from the network.
windows.getIconPath = async () => null
const target = new DebianNsis(windows, folder, 'nsis', helper)
await target.build(program, Arch.x64)
await target.finishBuild()
const [setup] = readdirSync(folder).filter((name) => name.endsWith('.exe') && name !== 'uninstaller.exe')
process.stdout.write(`${join(folder, setup)}\n`)
