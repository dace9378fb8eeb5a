// The entry of the desktop program on the stand-in runtime, and of its agent's process: defines what Node 20 and Electron 33
// lack of what the product is built for (Node 24, Electron 45), then runs the product's own entry out of its archive.
// Nothing that the runtime has is replaced, but for the path of the agent's entry, which leads here first.
import { createRequire, register } from 'node:module'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const tls = require('node:tls')
const zlib = require('node:zlib')
const threads = require('node:worker_threads')
const { X509Certificate } = require('node:crypto')
const { safeStorage, utilityProcess } = require('electron')

if (Number(process.versions.node.split('.')[0]) !== 20) throw new Error('this entry is for Node 20')

// undici names them when it is loaded. No hub answers in zstd: it is not asked to.
zlib.createZstdDecompress ??= () => {
  throw new Error('no zstd on Node 20')
}
zlib.constants.ZSTD_d_windowLogMax ??= 101
threads.markAsUncloneable ??= () => undefined
// Those of Electron itself. It has no way to those of the system.
tls.getCACertificates ??= (type = 'default') => (type === 'system' ? [] : tls.rootCertificates)

/** What is imported by name has to be exported by name, and a built-in module takes no new names. */
const newNames = { 'node:tls': ['getCACertificates'] }
const hooks = `
const newNames = ${JSON.stringify(newNames)}
export function resolve(specifier, context, next) {
  const names = context.parentURL?.includes('.asar/dist/') && newNames[specifier]
  if (!names) return next(specifier, context)
  const source = \`import module from '\${specifier}'; export * from '\${specifier}'; export default module; export const { \${names} } = module\`
  return { url: \`data:text/javascript,\${encodeURIComponent(source)}\`, shortCircuit: true }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

/** One element of DER: its content, and what follows it. */
function element(der) {
  let [length, start] = [der[1], 2]
  if (length & 0x80) {
    start += length & 0x7f
    length = der.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0)
  }
  return { content: der.subarray(start, start + length), rest: der.subarray(start + length) }
}

function dotted(oid) {
  const arcs = [0]
  for (const byte of oid) {
    arcs.push(arcs.pop() * 128 + (byte & 0x7f))
    if (!(byte & 0x80)) arcs.push(0)
  }
  const [first] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...arcs.slice(1, -1)].join('.')
}

const lacking = {
  // Certificate: tbsCertificate, signatureAlgorithm { algorithm … }, signature (RFC 5280, 4.1).
  signatureAlgorithmOid: ({ raw }) => dotted(element(element(element(element(raw).content).rest).content).content),
  validFromDate: ({ validFrom }) => new Date(validFrom),
  validToDate: ({ validTo }) => new Date(validTo),
}
for (const [name, of] of Object.entries(lacking)) {
  if (name in X509Certificate.prototype) throw new Error(`${name} is there`)
  Object.defineProperty(X509Certificate.prototype, name, {
    get() {
      return of(this)
    },
  })
}

if (process.type === 'utility') await import('../madoguchi.asar/dist/main/electron-agent.js')
else await runMain()

async function runMain() {
  const fork = utilityProcess.fork.bind(utilityProcess)
  utilityProcess.fork = (entry, ...more) =>
    fork(entry.endsWith('electron-agent.js') ? fileURLToPath(import.meta.url) : entry, ...more)
  safeStorage.isAsyncEncryptionAvailable ??= async () => safeStorage.isEncryptionAvailable()
  safeStorage.encryptStringAsync ??= async (text) => safeStorage.encryptString(text)
  safeStorage.decryptStringAsync ??= async (wrapped) => ({
    result: safeStorage.decryptString(wrapped),
    shouldReEncrypt: false,
  })

  await import('../madoguchi.asar/dist/main/electron.js')
}
