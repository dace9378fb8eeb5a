// Electron entry: one window, one tray icon, one instance, the same agent as the headless shell. Its pieces that hold
// decisions live in shell/electron-*.ts, where they are tested without Electron's binary.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  net,
  protocol,
  safeStorage,
  session,
  Tray,
} from 'electron'
import { startAgent } from './agent.ts'
import { systemClock } from './contract/clock.ts'
import { sentence, tray as trayText } from './contract/ja.ts'
import { openFileLog } from './settings/file-log.ts'
import { loadSettings } from './settings/settings.ts'
import { connectIpc, connectPage, pageOrigin } from './shell/electron-ipc.ts'
import { createSafeStorageKey } from './shell/electron-key-store.ts'
import { pageFile, pageHeaders } from './shell/electron-page.ts'
import { createKeyFile } from './store/key-store.ts'

const here = dirname(fileURLToPath(import.meta.url))
const rendererDir = join(here, '../renderer')

// Before the app is ready: the page's scheme gets the rights of https, and no others.
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
app.enableSandbox()

function createWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: trayText.name,
    webPreferences: {
      preload: join(here, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  // The page never leads anywhere else and opens nothing.
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  void window.loadURL(`${pageOrigin}/index.html`)
  return window
}

async function run(): Promise<void> {
  await app.whenReady()
  Menu.setApplicationMenu(null)
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  protocol.handle('app', async (request) => {
    const file = pageFile(rendererDir, request.url)
    if (file === null) return new Response(null, { status: 404 })
    const answer = await net.fetch(file.href)
    return new Response(answer.body, { status: answer.status, headers: pageHeaders(file) })
  })

  const dataDir = app.getPath('userData')
  const settings = await loadSettings(dataDir)
  // Without a secret service (some Linux desktops) safeStorage only obfuscates: then the 0600 key file says what it is.
  const isWrapped = (await safeStorage.isAsyncEncryptionAvailable()) && !isObfuscationOnly()
  const started = settings.ok
    ? await startAgent({
        dataDir,
        settings: settings.value,
        keyStore: isWrapped
          ? createSafeStorageKey(join(dataDir, 'database.key.wrapped'), safeStorage)
          : createKeyFile(join(dataDir, 'database.key')),
        // Packed, the migrations lie beside the archive as plain resources.
        migrationsDir: app.isPackaged ? join(process.resourcesPath, 'migrations') : join(here, '../../migrations'),
        readerHost: join(here, 'reader-host.js'),
        clock: systemClock,
        log: openFileLog(join(dataDir, 'logs'), systemClock),
        version: app.getVersion(),
      })
    : settings
  if (!started.ok) {
    const { message, next } = sentence(started.error)
    dialog.showErrorBox(trayText.name, `${message}\n${next}\n(${started.error.code})`)
    return app.exit(2)
  }
  const agent = started.value

  connectIpc(ipcMain, agent)
  let window = createWindow()
  connectPage(
    {
      isDestroyed: () => window.isDestroyed(),
      send: (channel, value) => window.webContents.send(channel, value),
    },
    agent,
  )
  const show = () => {
    if (window.isDestroyed()) window = createWindow()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', show)
  // Closing the window leaves the agent at work in the tray: files still have to be delivered.
  app.on('window-all-closed', () => undefined)

  const tray = new Tray(nativeImage.createFromPath(join(rendererDir, 'tray.png')))
  tray.setToolTip(trayText.name)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: trayText.open, click: show },
      { type: 'separator' },
      { label: trayText.quit, click: () => app.quit() },
    ]),
  )
  tray.on('click', show)

  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void agent.stop().finally(() => {
      isStopped = true
      tray.destroy()
      app.quit()
    })
  })
}

function isObfuscationOnly(): boolean {
  if (process.platform !== 'linux') return false
  return ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
}

// A second start shows the first one's window instead of a second agent.
if (app.requestSingleInstanceLock()) void run()
else app.quit()
