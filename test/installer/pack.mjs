// Validates electron-builder.yml and packs the application's archive and resources into a folder, with electron-builder's
// own code and without Electron, whose binary it would only lay beside them. Run as a program, because electron-builder
// logs as it likes: `node pack.mjs linux|win <folder>` prints what it has read from the file as its last line, in JSON.
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

const [os, folder] = process.argv.slice(2)
const platform = Platform.fromString(os)
const resources = join(folder, 'resources')

// The steps of Packager.build and PlatformPackager.doPack up to the point where Electron's own files are needed.
const token = new CancellationToken()
const targets = createTargets([platform], null, 'x64')
const packager = new Packager({ projectDir: root, targets }, token)
await packager.validateConfig()
packager._appInfo = new AppInfo(packager, null)
packager._framework = await createElectronFrameworkSupport(packager.config, packager)
const target = await packager.createHelper(platform)
const options = target.platformSpecificBuildOptions
const matching = target.createGetFileMatchersOptions(folder, Arch.x64, options)
const tasks = new AsyncTaskManager(token)
target.copyAppFiles(
  tasks,
  await target.computeAsarOptions(options),
  resources,
  join(resources, 'app'),
  {
    appOutDir: folder,
    outDir: folder,
    arch: Arch.x64,
    targets: [],
    packager: target,
    electronPlatformName: platform.nodeName,
  },
  options,
  [],
  matching.macroExpander,
)
await tasks.awaitTasks()
await copyFiles(target.getExtraFileMatchers(true, folder, matching), null)
// As the program would see it: one tree of packed and unpacked files.
asar.extractAll(join(resources, 'app.asar'), join(folder, 'app'))

const { config } = packager
const unpacked = asar
  .listPackage(join(resources, 'app.asar'), { isPack: true })
  .filter((line) => line.startsWith('unpack'))
process.stdout.write(
  `${JSON.stringify({
    targets: [config.win, config.linux].flatMap(({ target }) => target.map((one) => one.target)),
    perMachine: config.nsis.perMachine,
    fuses: config.electronFuses,
    disableAsarIntegrity: config.disableAsarIntegrity ?? false,
    unpacked: unpacked.map((line) => line.replace(/^unpack : ./, '')),
  })}\n`,
)
