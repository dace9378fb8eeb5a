// Windows' data protection (DPAPI): bytes that only the signed-in user of this computer gets back, wherever they lie. Windows
// only: the functions throw elsewhere, and where the system says no; what it says is left out, nothing about a key belongs
// in an error.
import koffi from 'koffi'

const blob = koffi.struct('DATA_BLOB', { cbData: 'uint32', pbData: 'void *' })
/** No window may ask anything: a service has none. */
const uiForbidden = 1

function load() {
  const crypt32 = koffi.load('crypt32.dll')
  const declare = (name: string) =>
    crypt32.func('__stdcall', name, 'bool', [
      koffi.pointer(blob),
      'void *',
      'void *',
      'void *',
      'void *',
      'uint32',
      koffi.out(koffi.pointer(blob)),
    ])
  return {
    protect: declare('CryptProtectData'),
    unprotect: declare('CryptUnprotectData'),
    free: koffi.load('kernel32.dll').func('__stdcall', 'LocalFree', 'void *', ['void *']),
  }
}

let functions: ReturnType<typeof load> | undefined

function call(name: 'protect' | 'unprotect', input: Uint8Array): Uint8Array {
  functions ??= load()
  const output: { cbData?: number; pbData?: unknown } = {}
  const given = { cbData: input.length, pbData: Buffer.from(input) }
  const isDone: unknown = functions[name](given, null, null, null, null, uiForbidden, output)
  given.pbData.fill(0)
  const { cbData = 0, pbData } = output
  if (isDone !== true || !pbData) throw new Error('refused by the system')
  try {
    const bytes: unknown = koffi.decode(pbData, koffi.array('uint8', cbData))
    if (!(bytes instanceof Uint8Array)) throw new Error('no bytes')
    return Uint8Array.from(bytes)
  } finally {
    koffi.encode(pbData, koffi.array('uint8', cbData), new Uint8Array(cbData))
    functions.free(pbData)
  }
}

export const protect = (bytes: Uint8Array): Uint8Array => call('protect', bytes)
export const unprotect = (bytes: Uint8Array): Uint8Array => call('unprotect', bytes)
