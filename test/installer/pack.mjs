// Validates electron-builder.yml and packs the application's archive and resources for each system into a folder, with
// electron-builder's own code and without Electron, whose binary it would only lay beside them. Run as a program, because
// electron-builder logs as it likes: `node pack.mjs <folder> [linux|win]` prints what it has made as its last line, in JSON.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
// Its parts are reached from where it is installed itself.
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'))
const library = createRequire(builder.resolve('app-builder-lib'))
const { createTargets } = builder('electron-builder')
const { AppInfo, Packager, Platform } = builder('app-builder-lib')
const { createElectronFrameworkSupport } = library('./electron/ElectronFramework.js')
const { copyFiles } = library('./fileMatcher.js')
const { Arch, AsyncTaskManager } = library('builder-util')
const { CancellationToken } = library('builder-util-runtime')
const asar = library('@electron/asar')

/** The steps of Packager.build and PlatformPackager.doPack up to the point where Electron's own files are needed. */
async function pack(platform, folder) {
  const token = new CancellationToken()
  const packager = new Packager({ projectDir: root, targets: createTargets([platform], null, 'x64') }, token)
  await packager.validateConfig()
  packager._appInfo = new AppInfo(packager, null)
  packager._framework = await createElectronFrameworkSupport(packager.config, packager)
  const target = await packager.createHelper(platform)

  const resources = join(folder, 'resources')
  const options = target.platformSpecificBuildOptions
  const matching = target.createGetFileMatchersOptions(folder, Arch.x64, options)
  const place = { appOutDir: folder, outDir: folder, arch: Arch.x64, electronPlatformName: platform.nodeName }
  const tasks = new AsyncTaskManager(token)
  target.copyAppFiles(
    tasks,
    await target.computeAsarOptions(options),
    resources,
    join(resources, 'app'),
    { ...place, targets: [], packager: target },
    options,
    [],
    matching.macroExpander,
  )
  await tasks.awaitTasks()
  await copyFiles(target.getExtraFileMatchers(true, folder, matching), null)
  await copyFiles(target.getExtraFileMatchers(false, folder, matching), null)
  // As the program sees it: one tree of what is in the archive and what is beside it.
  const archive = join(resources, 'app.asar')
  asar.extractAll(archive, join(folder, 'app'))

  const { config } = packager
  return {
    targets: options.target.map((one) => one.target),
    perMachine: config.nsis.perMachine,
    fuses: config.electronFuses,
    disableAsarIntegrity: config.disableAsarIntegrity ?? false,
    unpacked: asar
      .listPackage(archive, { isPack: true })
      .filter((line) => line.startsWith('unpack'))
      .map((line) => line.replace(/^unpack : ./, '')),
  }
}

const [folder, only] = process.argv.slice(2)
const packed = {}
for (const [name, platform] of Object.entries({ linux: Platform.LINUX, win: Platform.WINDOWS })) {
  if (only === undefined || only === name) packed[name] = await pack(platform, join(folder, name))
}
process.stdout.write(`${JSON.stringify(packed)}\n`)
