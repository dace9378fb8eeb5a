// A stand-in for the `electron` module under plain Node, for the wiring of the entry only: it draws nothing and enforces
// nothing, it keeps what it was told and does what the test says. What Electron itself does is not tested by it.
import { EventEmitter } from 'node:events'
import { forkUtility, openChannel } from './utility-process.ts'

const { STAND_IN_RESOURCES, STAND_IN_SECOND } = process.env
// Packed, nothing stands between the program and what was typed.
if (STAND_IN_RESOURCES) {
  process.resourcesPath = STAND_IN_RESOURCES
  process.argv.splice(1, 1)
}

const told = { paths: {}, windows: [], pushes: 0, programs: [], notes: [] }
const running = []
let answerCall
let serve
let permission
let menu

export const app = Object.assign(new EventEmitter(), {
  isPackaged: STAND_IN_RESOURCES !== undefined,
  getVersion: () => '9.9.9',
  setPath: (name, path) => Object.assign(told.paths, { [name]: path }),
  enableSandbox: () => Object.assign(told, { isSandboxed: true }),
  requestSingleInstanceLock: () => STAND_IN_SECOND === undefined,
  whenReady: async () => undefined,
  setBadgeCount: (count) => Object.assign(told, { badge: count }),
  getAppMetrics: () => [{ memory: { workingSetSize: 2048 } }],
  exit: (code) => process.exit(code),
  quit() {
    let isPrevented = false
    app.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) process.exit(0)
  },
})

export class BrowserWindow extends EventEmitter {
  #isDestroyed = false
  constructor({ webPreferences: { session: page, ...webPreferences }, alwaysOnTop, x }) {
    super()
    Object.assign(this, { alwaysOnTop, x, shown: [] })
    this.partition = page.partition
    this.webPreferences = webPreferences
    this.webContents = {
      on: () => undefined,
      send(_channel, message) {
        told.pushes++
        told.line = message.line ?? null
      },
    }
    told.windows.push(this)
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: (open) => (this.onOpen = open) })
    this.contents = contents
    app.emit('web-contents-created', {}, contents)
  }
  loadURL(address) {
    this.address = address
    return Promise.resolve()
  }
  isDestroyed = () => this.#isDestroyed
  isMinimized = () => false
  isFocused = () => false
  close() {
    this.#isDestroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
  destroy = () => this.close()
  show = () => this.shown.push('show')
  showInactive = () => this.shown.push('showInactive')
  setBounds = ({ x }) => this.shown.push(`at ${x}`)
  focus() {}
}

const pageSession = (partition) =>
  Object.assign(new EventEmitter(), {
    partition,
    setPermissionRequestHandler: (handler) => (permission = handler),
    setPermissionCheckHandler: (handler) => (told.check = handler()),
    protocol: { handle: (_scheme, handler) => (serve = handler) },
  })
export const session = { fromPartition: pageSession, defaultSession: pageSession('') }
const displays = [
  { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } },
  { id: 2, bounds: { x: 1920, y: 0, width: 1280, height: 800 } },
]
export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => displays[0],
})
export const protocol = { registerSchemesAsPrivileged: (schemes) => Object.assign(told, { schemes }) }
export const ipcMain = {
  handle(channel, listener) {
    if (channel === 'madoguchi:call') answerCall = listener
  },
}
export const dialog = {
  showErrorBox: (_title, text) => process.send({ event: 'errorBox', value: text }),
  showMessageBoxSync: ({ type, message }) => process.send({ event: 'messageBox', value: `${type}: ${message}` }),
}
export const nativeImage = { createFromPath: (path) => path }
export const Menu = {
  setApplicationMenu: (given) => Object.assign(told, { applicationMenu: given }),
  buildFromTemplate: (items) => items,
}
export class Tray extends EventEmitter {
  constructor(image) {
    super()
    Object.assign(told, { trayImage: image })
    queueMicrotask(() => process.send({ event: 'ready' }))
  }
  setToolTip() {}
  setImage(image) {
    Object.assign(told, { trayImage: image })
  }
  setContextMenu(items) {
    menu = items
  }
  destroy() {}
}
export class Notification extends EventEmitter {
  constructor(note) {
    super()
    told.notes.push(note.body)
  }
  show() {}
}
export const powerMonitor = new EventEmitter()
// Only turned around: enough to see through which door the key goes. Wrapping is tested in electron-key-store.test.ts.
const turned = (bytes) => Buffer.from(bytes).reverse()
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptStringAsync: async (text) => turned(Buffer.from(text)),
  decryptStringAsync: async (wrapped) => ({ result: turned(wrapped).toString(), shouldReEncrypt: false }),
}
export const utilityProcess = {
  fork(entry, args, { serviceName }) {
    const forked = forkUtility(entry)
    told.programs.push({ entry, args, serviceName })
    running.push({ serviceName, forked })
    return forked
  },
}
export class MessageChannelMain {
  constructor() {
    Object.assign(this, openChannel())
  }
}

const isPrevented = (contents, event) => {
  let prevented = false
  contents.emit(event, { preventDefault: () => (prevented = true) })
  return prevented
}

const commands = {
  power: ([event]) => powerMonitor.emit(event),
  facts: () => ({
    ...told,
    menu: menu.map(({ label }) => label ?? null),
    windows: told.windows.map(
      ({ partition, webPreferences, address, contents, onOpen, alwaysOnTop, x, shown, isDestroyed }) => ({
        ...(alwaysOnTop && { alwaysOnTop, x }),
        shown,
        isOpen: !isDestroyed(),
        partition,
        webPreferences,
        address,
        opened: onOpen().action,
        prevented: ['will-frame-navigate', 'will-attach-webview'].filter((event) => isPrevented(contents, event)),
      }),
    ),
  }),
  call: ([frame, ...values]) => answerCall({ senderFrame: frame }, ...values),
  page: async ([address]) => {
    const answer = await serve(new Request(address))
    return { status: answer.status, policy: answer.headers.get('content-security-policy') }
  },
  mayUse: ([name]) => new Promise((resolve) => permission(null, name, resolve)),
  endSession: () => told.windows.findLast((window) => !window.isDestroyed()).emit('session-end'),
  closeWindow: () => told.windows.at(-1).close(),
  drawn() {
    for (const window of told.windows) window.emit('ready-to-show')
  },
  changeDisplay(changed) {
    if (changed.includes('bounds')) displays[1].bounds = { x: 2560, y: 0, width: 800, height: 1280 }
    screen.emit('display-metrics-changed', {}, displays[1], changed)
  },
  unplugDisplay: () => screen.emit('display-removed', {}, displays.pop()),
  killAgent() {
    running.findLast(({ serviceName }) => serviceName === 'Madoguchi agent').forked.kill()
  },
  secondInstance: () => app.emit('second-instance'),
  choose: ([label]) => menu.find((item) => item.label === label).click(),
}
process.on('message', async ({ id, command, values }) => {
  process.send({ event: 'answer', id, value: (await commands[command](values)) ?? null })
})
