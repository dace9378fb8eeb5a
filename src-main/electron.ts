// Electron entry: the desk's window and, where patients type for themselves, theirs; one tray icon, one instance, and the
// same agent as the headless shell in a process of its own (electron-agent.ts). Its pieces that hold decisions live in
// shell/, where they are tested without Electron's binary. Crash reports are never collected, no protocol is registered with
// the system, and nothing of the page is kept on disk.
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  powerMonitor,
  protocol,
  type Session,
  safeStorage,
  screen,
  session,
  Tray,
  utilityProcess,
} from 'electron'
// First of all: see there.
import './ground/no-eval.ts'
import { asciiJson } from './ground/ascii-json.ts'
import { systemClock } from './ground/clock.ts'
import { stackOf } from './ground/log.ts'
import { makeFolder } from './ground/make-folder.ts'
import { keepFilesPrivate } from './ground/modes.ts'
import { type Failure, failureOf, ok } from './ground/result.ts'
import { dataFolder } from './settings/data-dir.ts'
import { openFileLog } from './settings/file-log.ts'
import { ownFileOnly } from './settings/layers.ts'
import { folderAtStart } from './settings/practice.ts'
import { loadSettings } from './settings/settings.ts'
import { siteServerOf } from './settings/store-access.ts'
import { untilSettled } from './settings/unsettled.ts'
import { type KeptAgent, keepAgent } from './shell/agent-keeper.ts'
import type { AgentPort } from './shell/agent-port.ts'
import { carryOut, isCommand } from './shell/commands/commands.ts'
import { type Door, deskDoor, kioskDoor, patientDoor } from './shell/doors.ts'
import { createAttention } from './shell/electron-attention.ts'
import { maySave } from './shell/electron-downloads.ts'
import { createFaultEnd } from './shell/electron-faults.ts'
import { connectIpc, connectPage, pageOrigin } from './shell/electron-ipc.ts'
import { openDesktopKey } from './shell/electron-key-store.ts'
import { watchMemory } from './shell/electron-memory.ts'
import { pageResponse } from './shell/electron-page.ts'
import { patientWindowPlace } from './shell/electron-patient-window.ts'
import { printingCalls } from './shell/electron-printing.ts'
import { hostInUtility } from './shell/electron-reader-host.ts'
import { createRedraw } from './shell/electron-redraw.ts'
import { entriesIn } from './shell/place.ts'
import { refusedStart } from './shell/said.ts'
import { setOptions, settingSources } from './shell/setting-sources.ts'
import { noteRefusedStart } from './shell/start-refused.ts'
import { reachSite } from './store/data-folder.ts'
import type { KeyStore } from './store/key-store.ts'
import { tray as trayText } from './words/tray.ts'

keepFilesPrivate()
const here = dirname(fileURLToPath(import.meta.url))
const rendererDir = join(here, '../renderer')
// A folder of its own: its key is wrapped for this user by Electron, and the headless shell could not open it.
const place = dataFolder(undefined)
// Where the system names no place for a user's data nothing is opened, see `main`.
const dataDir = join(place.ok ? place.value : tmpdir(), 'desktop')
const log = openFileLog(join(dataDir, 'logs'), systemClock)
const redraw = createRedraw(process.uptime, log)

/** How this program's own commands are called; Windows reads capitals alike, Linux does not. */
const typed = 'madoguchi'

/** What was typed behind the program's name. */
const words = process.argv.slice(app.isPackaged ? 1 : 2)

/** Whether a command was typed where it can be answered: said by what installers lay onto the path. */
const hasConsole = process.stderr.isTTY || process.env.MADOGUCHI_CONSOLE !== undefined

/** On the entries by which the installers have it start at log-on. */
const atLogOn = '--at-log-on'

function stopWith(failure: Failure): void {
  const noted = place.ok ? noteRefusedStart(log, failure) : failure
  dialog.showErrorBox(trayText.name, refusedStart(noted, typed).join('\n'))
  app.exit(failure.code === 'AGENT_FAULT' ? 1 : 2)
}

/** Before the app is ready: folders, the page's scheme, the rules for every page there will ever be. */
function prepare(): void {
  // Chromium's own files, apart from ours. The lock of the single instance lies here too: one instance a data folder.
  const browserDir = join(dataDir, 'browser')
  makeFolder(browserDir)
  app.setPath('userData', browserDir)
  app.enableSandbox()
  // The page's scheme gets the rights of https, and no others.
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.on('web-contents-created', (_event, contents) => {
    // No page leads anywhere else or opens anything.
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

/** The page's session: in memory only, with our own files and no permission for anything. */
function openPageSession(): Session {
  const page = session.fromPartition('reception')
  page.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  page.setPermissionCheckHandler(() => false)
  page.on('will-download', (event, item) => {
    if (!maySave(item.getURL(), item.getMimeType())) event.preventDefault()
  })
  page.protocol.handle('app', (request) => pageResponse(rendererDir, request.url))
  return page
}

function openWindow(page: Session, door: Door, place: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    show: false,
    title: trayText.name,
    icon: join(rendererDir, 'icon.png'),
    webPreferences: {
      preload: join(here, 'preload.cjs'),
      session: page,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      devTools: !app.isPackaged,
      spellcheck: false,
      // What calls for somebody calls before anybody has touched the window.
      autoplayPolicy: 'no-user-gesture-required',
    },
  })
  window.once('ready-to-show', () => {
    if (door === deskDoor) return window.show()
    // A window for patients never takes the keyboard: what reception is typing elsewhere must not become a PIN.
    window.showInactive()
    // Desktops that place windows themselves know nothing of the patient's side.
    if (place.x !== undefined) window.setBounds(place)
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => redraw(window, reason))
  // Windows ends the session: nobody asks again, so what can be stopped in order is stopped now.
  window.on('session-end', () => app.quit())
  void window.loadURL(`${pageOrigin}/${door.page}`)
  return window
}

/** A window that is told of every change, is opened anew when it was closed, and stands anew when the displays change. */
function keepWindow(agent: AgentPort, door: Door, create: () => BrowserWindow) {
  let window = create()
  connectPage(
    {
      isDestroyed: () => window.isDestroyed(),
      send: (channel, value) => window.webContents.send(channel, value),
    },
    door,
    agent,
  )
  return {
    isFocused: () => !window.isDestroyed() && window.isFocused(),
    open() {
      if (window.isDestroyed()) window = create()
      return window
    },
    placeAnew() {
      if (window.isDestroyed()) return
      window.destroy()
      window = create()
    },
  }
}

type KeptWindow = ReturnType<typeof keepWindow>
type PatientsDoor = typeof patientDoor | typeof kioskDoor

const trayImage = (isWaiting: boolean) =>
  nativeImage.createFromPath(join(rendererDir, isWaiting ? 'tray-waiting.png' : 'tray.png'))

function openTray(show: () => void): Tray {
  const tray = new Tray(trayImage(false))
  tray.setToolTip(trayText.name)
  tray.on('click', show)
  fillTrayMenu(tray, show, new Map())
  return tray
}

function fillTrayMenu(tray: Tray, show: () => void, others: ReadonlyMap<PatientsDoor, KeptWindow>): void {
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: trayText.open, click: show },
      ...[...others].map(([{ name }, window]) => ({ label: trayText[name], click: () => void window.open() })),
      { type: 'separator' },
      { label: trayText.quit, click: () => app.quit() },
    ]),
  )
}

/** `madoguchi check`, `madoguchi doctor` …: about this program's own data, whose key only it can unwrap. */
async function answerCommand(words: readonly string[]): Promise<void> {
  const { said, exitCode, fault } = await carryOut(words, {
    typed,
    hasOtherFolders: false,
    sources: settingSources(program()),
    place: async () =>
      ok({
        dataDir,
        keyStore: await openDesktopKey(dataDir, safeStorage, process.platform),
        migrationsDir: migrationsDir(),
      }),
    program: {
      entries: entriesIn(here),
      startReaderHost: hostInUtility(forkReaderHost),
      version: app.getVersion(),
    },
  })
  if (fault) log.write({ event: 'fault', where: fault })
  if (words.includes('--json')) process.stdout.write(`${asciiJson(said.answer)}\n`)
  else if (hasConsole) process.stderr.write(`${said.lines.join('\n')}\n`)
  else {
    const type = said.isRefused ? 'error' : 'info'
    dialog.showMessageBoxSync({ type, title: trayText.name, message: said.lines.join('\n') })
  }
  app.exit(exitCode)
}

/** What the installer lays beside the program counts for an installed one. */
const program = () => (app.isPackaged ? process.execPath : null)

/** Packed, the migrations lie beside the archive as plain resources. */
const migrationsDir = () =>
  app.isPackaged ? join(process.resourcesPath, 'migrations') : join(here, '../../migrations')

/** One of our programs as a utility process: the fuse that lets Electron's binary run scripts as plain Node is off. */
const forkProgram = (entry: string, serviceName: string) =>
  utilityProcess.fork(join(here, entry), [], { serviceName, stdio: 'ignore' })

const forkReaderHost = () => forkProgram('reader-host.js', 'Madoguchi reader host')

/** The agent in its own process, at work in this folder. */
function openAgent(folder: string, keyStore: KeyStore): KeptAgent {
  // What was laid for a clinic is not for practice.
  const from = folder === dataDir ? { program: program(), set: setOptions(words) } : null
  return keepAgent({
    forkAgent: () => forkProgram('electron-agent.js', 'Madoguchi agent'),
    forkReaderHost,
    openChannel: () => new MessageChannelMain(),
    keyStore,
    place: { dataDir: folder, migrationsDir: migrationsDir(), settings: from, version: app.getVersion() },
    log,
    uptimeS: () => process.uptime(),
    refused: stopWith,
    untilSettled: (more) =>
      untilSettled({
        dataDir: folder,
        sources: from ? settingSources(from.program, from.set) : ownFileOnly,
        log,
        reach: (settings) =>
          reachSite({
            ...{ dataDir: folder, keyStore, migrationsDir: migrationsDir() },
            site: siteServerOf(settings, folder),
          }),
        ...more,
      }),
  })
}

async function run(): Promise<void> {
  await app.whenReady()
  if (isCommand(words)) return answerCommand(words)
  Menu.setApplicationMenu(null)

  if (words.includes(atLogOn)) {
    const settings = await loadSettings(dataDir, settingSources(program(), setOptions(words)))
    if (settings.ok && !settings.value.startAtLogOn) return app.exit(0)
  }
  const folder = folderAtStart(dataDir)
  const agent = openAgent(folder, await openDesktopKey(folder, safeStorage, process.platform))
  const started = await agent.start()
  if (!started.ok) return stopWith(started.error)

  const page = openPageSession()
  connectIpc(ipcMain, agent, printingCalls(log))
  const desk = keepWindow(agent, deskDoor, () => {
    const window = openWindow(page, deskDoor, { width: 1280, height: 800, minWidth: 960, minHeight: 640 })
    // Where nobody is at work any more, whoever closes it as they were told starts the program anew.
    return window.once('closed', () => agent.hasFailed() && app.quit())
  })
  const show = () => {
    const window = desk.open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', show)
  // Closing the window leaves the agent at work in the tray: files still have to be delivered.
  app.on('window-all-closed', () => undefined)

  const tray = openTray(show)
  const others = new Map<PatientsDoor, KeptWindow>()
  const openFor = (door: PatientsDoor) => {
    if (others.has(door)) return
    const before = others.size
    const kept = keepWindow(agent, door, () =>
      openWindow(page, door, patientWindowPlace(screen.getAllDisplays(), screen.getPrimaryDisplay().id, before)),
    )
    others.set(door, kept)
    // Without its display it would come to lie over the desk's window.
    screen.on('display-added', kept.placeAnew)
    screen.on('display-removed', kept.placeAnew)
    // Turned, or of another resolution: a piece of it would stay open, or of the window out of sight.
    screen.on('display-metrics-changed', (_event, _display, changed) => {
      if (changed.includes('bounds')) kept.placeAnew()
    })
    fillTrayMenu(tray, show, others)
  }
  agent.onOutlook(({ hasPatientPage, hasKiosk, asksForPin }) => {
    if (hasPatientPage) openFor(patientDoor)
    if (hasKiosk) openFor(kioskDoor)
    // Closed by accident, it is back with the next card that asks for its PIN.
    if (asksForPin) others.get(patientDoor)?.open()
  })
  const notify = (title: string, body: string) => {
    const notification = new Notification({ title, body })
    notification.on('click', show)
    notification.show()
  }
  agent.onOutlook(
    createAttention({
      setTray: (text, isWaiting) => {
        tray.setToolTip(text)
        tray.setImage(trayImage(isWaiting))
      },
      setBadge: (count) => app.setBadgeCount(count),
      notify,
      isLookedAt: desk.isFocused,
    }),
  )
  // With its window closed nobody would know.
  agent.onFailed(() => {
    desk.open()
    if (!desk.isFocused()) notify(trayText.name, trayText.failedNote)
  })
  watchMemory(() => app.getAppMetrics(), log)
  // The computer has slept: the day may have turned and the line be gone, whatever the timers say.
  powerMonitor.on('resume', () => {
    log.write({ event: 'resumed' })
    void agent.call(deskDoor, 'reception', {})
  })
  // Or somebody else's session has come in front: what is on the screen hides, and their cards are not ours.
  powerMonitor.on('lock-screen', () => agent.sayLocked(true))
  powerMonitor.on('unlock-screen', () => agent.sayLocked(false))
  // The system goes down: what can be stopped in order is stopped now.
  powerMonitor.on('shutdown', () => app.quit())

  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    void agent.stop().finally(() => {
      isStopped = true
      tray.destroy()
      // Not before Electron has heard that the first word was not the last one.
      setImmediate(() => app.quit())
    })
  })
}

/** A second start shows the first one's window instead of a second agent. */
async function main(): Promise<void> {
  if (!place.ok) return stopWith(place.error)
  try {
    prepare()
  } catch {
    return stopWith({ code: 'STORE_UNWRITABLE' })
  }
  // A command looks after itself: what it may not touch beside a desk that runs, that one holds.
  if (!isCommand(words) && !app.requestSingleInstanceLock()) return app.quit()
  process.on(
    'uncaughtException',
    createFaultEnd({
      relaunch: (options) => app.relaunch(options),
      exit: (code) => app.exit(code),
      args: process.argv.slice(1),
      uptimeS: () => process.uptime(),
      log,
      giveUp: () => stopWith({ code: 'AGENT_FAULT' }),
    }),
  )
  // The door of a checkout has gone.
  process.on('disconnect', () => app.quit())
  try {
    await run()
  } catch (error) {
    log.write({ event: 'fault', where: stackOf(error) })
    stopWith(failureOf(error))
  }
}

void main()
