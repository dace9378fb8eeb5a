// The one door to the system's smart card library: pcsclite on Linux, PCSC on macOS, winscard on Windows. About ten
// functions of one API whose integer sizes differ by platform; nobody above sees a native type. Every call that asks the
// service runs on koffi's own threads: a service that hangs must not take the host with it.
import koffi from 'koffi'

type TypeSpec = Parameters<typeof koffi.sizeof>[0]
type NativeFunction = ReturnType<ReturnType<typeof koffi.load>['func']>

/** Status codes as unsigned 32-bit numbers (pcsclite.h, winerror.h). */
export const status = {
  success: 0,
  cancelled: 0x80100002,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noSmartCard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  commError: 0x80100013,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  cardUnsupported: 0x8010001c,
  noReaders: 0x8010002e,
  commDataLost: 0x8010002f,
  serverTooBusy: 0x80100031,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
} as const

/** Bits of a reader's state. */
export const readerFlags = { empty: 0x10, present: 0x20, mute: 0x200 } as const

/** The pseudo reader whose state changes when a reader is plugged in or out. */
const plugAndPlay = '\\\\?PnP?\\Notification'
/** What a system that has no such pseudo reader (macOS) says about it, and how often to look for readers there. */
const notKnown = 0x4
const lookAgainMs = 1_000

const library = { win32: 'winscard.dll', darwin: '/System/Library/Frameworks/PCSC.framework/PCSC' } as const
const isWindows = process.platform === 'win32'
const isMac = process.platform === 'darwin'

// DWORD and LONG are `long` in pcsclite on Linux (64 bits there), 32 bits on Windows and macOS.
const dword = isWindows || isMac ? 'uint32' : 'ulong'
const long = isWindows || isMac ? 'int32' : 'long'
const handle = isWindows ? 'uintptr' : isMac ? 'int32' : 'long'

// Names of readers are UTF-16 on Windows: its other functions take them in the code page, which a name need not fit.
const text = isWindows ? 'const char16 *' : 'const char *'
const character = isWindows ? ({ bytes: 2, encoding: 'utf16le' } as const) : ({ bytes: 1, encoding: 'utf8' } as const)

const readerStateFields = {
  szReader: text,
  pvUserData: 'void *',
  dwCurrentState: dword,
  dwEventState: dword,
  cbAtr: dword,
  rgbAtr: koffi.array('uint8', isWindows ? 36 : 33),
}
const readerState = isMac
  ? koffi.pack('SCARD_READERSTATE', readerStateFields)
  : koffi.struct('SCARD_READERSTATE', readerStateFields)
const ioRequest = koffi.struct('SCARD_IO_REQUEST', { dwProtocol: dword, cbPciLength: dword })

const scopeSystem = 2
const shareExclusive = 1
export const protocolT1 = 2
const protocolT0OrT1 = 1 | protocolT1
const resetCard = 1
const infinite = 0xffffffff

export interface ReaderState {
  readonly name: string
  /** Flags and, in the upper half, the count of insertions and removals. */
  readonly state: number
}

export interface CardHandle {
  readonly handle: number | bigint
  readonly protocol: number
}

/** Every method answers a status code first; the rest is meaningful only with `success`. */
export interface Context {
  listReaders(): Promise<readonly [number, readonly string[]]>
  /**
   * Waits until a state differs from the given one, or a reader comes or goes. `timeout`: time to list the readers
   * again, on systems that do not tell of new ones. `unknownReader`: one has gone since it was listed.
   */
  waitForChange(known: readonly ReaderState[]): Promise<readonly [number, readonly ReaderState[]]>
  connect(reader: string): Promise<readonly [number, CardHandle]>
  transmit(card: CardHandle, command: Uint8Array): Promise<readonly [number, Uint8Array]>
  disconnect(card: CardHandle): Promise<number>
  release(): void
}

/** The functions, loaded on first use. Throws where the library is missing. */
function load() {
  const name = isWindows || isMac ? library[process.platform as keyof typeof library] : 'libpcsclite.so.1'
  const lib = koffi.load(name)
  const suffix = isWindows ? 'W' : ''
  const declare = (symbol: string, args: TypeSpec[]) =>
    lib.func(isWindows ? '__stdcall' : '__cdecl', symbol, long, args)
  const out = (type: TypeSpec) => koffi.out(koffi.pointer(type))
  const inout = (type: TypeSpec) => koffi.inout(koffi.pointer(type))
  return {
    establish: declare('SCardEstablishContext', [dword, 'void *', 'void *', out(handle)]),
    release: declare('SCardReleaseContext', [handle]),
    list: declare(`SCardListReaders${suffix}`, [handle, text, 'uint8 *', inout(dword)]),
    statusChange: declare(`SCardGetStatusChange${suffix}`, [handle, dword, inout(readerState), dword]),
    connect: declare(`SCardConnect${suffix}`, [handle, text, dword, dword, out(handle), out(dword)]),
    transmit: declare('SCardTransmit', [
      handle,
      koffi.pointer(ioRequest),
      'const uint8 *',
      dword,
      'void *',
      'uint8 *',
      inout(dword),
    ]),
    disconnect: declare('SCardDisconnect', [handle, dword]),
  }
}

let functions: ReturnType<typeof load> | undefined

const code = (value: unknown): number => Number(value) >>> 0

const inBackground = (call: NativeFunction, ...args: unknown[]): Promise<number> =>
  new Promise((resolve, reject) => {
    call.async(...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(code(value))))
  })

/** A fresh context. Only a fresh one works again after the service has died. Throws where there is no library. */
export async function establishContext(): Promise<readonly [number, Context]> {
  functions ??= load()
  const pcsc = functions
  const contextOut: (number | bigint)[] = [0]
  const established = await inBackground(pcsc.establish, scopeSystem, null, null, contextOut)
  const context = contextOut[0] ?? 0
  // Handed back at every wait: its upper half counts the readers (Windows) or their changes (pcsclite from 2.3), so that
  // one that comes between two waits is not missed.
  let plugAndPlayState = 0

  return [
    established,
    {
      async listReaders() {
        const length = [0]
        let result = await inBackground(pcsc.list, context, null, null, length)
        if (result !== status.success) return [result, []]
        const names = Buffer.alloc(Number(length[0]) * character.bytes)
        result = await inBackground(pcsc.list, context, null, names, length)
        return [result, names.toString(character.encoding).split('\0').filter(Boolean)]
      },
      async waitForChange(known) {
        const states = [...known, { name: plugAndPlay, state: plugAndPlayState }].map(({ name, state }) => ({
          szReader: name,
          pvUserData: null,
          dwCurrentState: state,
          dwEventState: 0,
          cbAtr: 0,
          rgbAtr: [],
        }))
        const limit = plugAndPlayState & notKnown ? lookAgainMs : infinite
        const result = await inBackground(pcsc.statusChange, context, limit, states, states.length)
        plugAndPlayState = Number(states.at(-1)?.dwEventState ?? 0)
        return [
          result,
          states.slice(0, -1).map((state) => ({ name: state.szReader, state: Number(state.dwEventState) })),
        ]
      },
      async connect(reader) {
        const cardOut: (number | bigint)[] = [0]
        const protocolOut = [0]
        const result = await inBackground(
          pcsc.connect,
          context,
          reader,
          shareExclusive,
          protocolT0OrT1,
          cardOut,
          protocolOut,
        )
        return [result, { handle: cardOut[0] ?? 0, protocol: Number(protocolOut[0]) }]
      },
      async transmit(card, command) {
        const request = { dwProtocol: card.protocol, cbPciLength: koffi.sizeof(ioRequest) }
        const response = Buffer.alloc(65_538)
        const length = [response.length]
        const result = await inBackground(
          pcsc.transmit,
          card.handle,
          request,
          command,
          command.length,
          null,
          response,
          length,
        )
        return [result, new Uint8Array(response.subarray(0, Number(length[0])))]
      },
      disconnect: (card) => inBackground(pcsc.disconnect, card.handle, resetCard),
      release: () => void pcsc.release(context),
    },
  ]
}
