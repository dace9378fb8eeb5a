// Electron's crypto and TLS are BoringSSL's, not OpenSSL's: the keys, PKCS#12 files and certificates that hubs, ORCA and
// cards have must be taken by it, and what it does not take is known. openssl makes them.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { build } from 'vite'
import { isInstalled } from '../installed.ts'
import { type HubCall, probe as onNode, type Probe } from './crypto-probe.ts'
import { giveToUser } from './desktop.ts'
import { test as base, expect } from './test.ts'

interface Fixtures {
  /** The probe inside the running program. */
  readonly inside: <N extends keyof Probe>(
    name: N,
    request: Parameters<Probe[N]>[0],
  ) => Promise<Awaited<ReturnType<Probe[N]>>>
  readonly keys: Keys
}

const test = base.extend<Fixtures, { readonly bundle: string }>({
  bundle: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'madoguchi-probe-'))
      await bundleProbe(folder)
      chmodSync(folder, 0o755)
      await use(join(folder, 'probe.cjs'))
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  inside: async ({ start, bundle }, use) => {
    const { app } = await start()
    await use((name, request) =>
      app.evaluate(
        (_electron, [path, asked, what]) => {
          const { createRequire } = process.getBuiltinModule('node:module')
          return createRequire(path)(path).probe[asked](what)
        },
        [bundle, name, request] as const,
      ),
    )
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  keys: async ({}, use) => {
    const keys = openKeys()
    await use(keys)
    keys.remove()
  },
})

const hasOpenssl = isInstalled('openssl')
if (!hasOpenssl) console.warn('!! LEFT OUT: what BoringSSL makes of keys and certificates: openssl is not installed')
test.skip(!hasOpenssl, 'said above')

async function bundleProbe(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { probe: join(import.meta.dirname, 'crypto-probe.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  })
}

const rsa = (bits: number) => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]
const ec = (curve: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`]
const kinds = {
  'RSA 2048': rsa(2048),
  'RSA 4096': rsa(4096),
  'P-256': ec('P-256'),
  'P-384': ec('P-384'),
  'P-521': ec('P-521'),
  Ed25519: ['-algorithm', 'ED25519'],
  'RSA-PSS': ['-algorithm', 'RSA-PSS'],
} as const
type Kind = keyof typeof kinds
type Keys = ReturnType<typeof openKeys>

/** Keys and certificates by openssl, in a folder of their own, all under one authority. */
function openKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-keys-'))
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' })
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  const sign = (kind: Kind, name: string, issuer: string | null, subject: string, extensions: string) => {
    openssl('genpkey', '-out', `${name}.key`, ...kinds[kind])
    writeFileSync(join(folder, 'extensions'), `${extensions}\n`)
    openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', 'request')
    const by = issuer ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`] : ['-signkey', `${name}.key`]
    const out = ['-days', '30', '-extfile', 'extensions', '-out', `${name}.pem`]
    openssl('x509', '-req', '-in', 'request', ...by, ...out)
    return { certificate: text(`${name}.pem`), key: text(`${name}.key`) }
  }
  const der = (name: string) => openssl('x509', '-in', `${name}.pem`, '-outform', 'DER').toString('base64')
  sign('P-256', 'ca', null, '/CN=authority', 'basicConstraints=critical,CA:true')
  return {
    ca: text('ca.pem'),
    der,
    sign,
    issue: (kind: Kind) => sign(kind, kind, 'ca', `/C=JP/CN=${kind}`, 'subjectAltName=IP:127.0.0.1'),
    /** In the form that openssl wrote before PKCS #8. */
    traditional(kind: Kind) {
      openssl('pkey', '-in', `${kind}.key`, '-traditional', '-out', 'traditional.key')
      return text('traditional.key')
    },
    pkcs12(kind: Kind, passphrase: string, how: readonly string[]) {
      const files = ['-in', `${kind}.pem`, '-inkey', `${kind}.key`, '-certfile', 'ca.pem', '-name', 'クリニック']
      openssl('pkcs12', '-export', ...files, '-out', 'all.p12', '-passout', `pass:${passphrase}`, ...how)
      return readFileSync(join(folder, 'all.p12')).toString('base64')
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A hub that asks for our certificate and answers with whose it is. */
async function withHub<T>(
  ca: string,
  own: { readonly certificate: string; readonly key: string },
  use: (origin: string) => Promise<T>,
): Promise<T> {
  const tls = { key: own.key, cert: own.certificate, ca, requestCert: true, rejectUnauthorized: true } as const
  const server = createServer({ ...tls, minVersion: 'TLSv1.2' }, ({ socket }, response) => {
    response.end(socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the hub has no port')
  try {
    return await use(`https://127.0.0.1:${address.port}`)
  } finally {
    server.close()
  }
}

test('the hub is reached whatever key it has, except the three that BoringSSL does not offer', async ({
  inside,
  keys,
}) => {
  const identity = keys.issue('P-256')
  const answers: Record<string, string | null> = {}
  for (const kind of Object.keys(kinds) as Kind[]) {
    answers[kind] = await withHub(keys.ca, keys.issue(kind), async (origin) => {
      const { answer } = await inside('callHub', { origin, ca: keys.ca, identity })
      return answer
    })
  }
  expect(answers).toEqual({
    'RSA 2048': 'P-256',
    'RSA 4096': 'P-256',
    'P-256': 'P-256',
    'P-384': 'P-256',
    'P-521': null,
    Ed25519: null,
    'RSA-PSS': null,
  })
})

test('the hub takes us by whatever key we have, except RSA-PSS', async ({ inside, keys }) => {
  const own = keys.issue('P-256')
  await withHub(keys.ca, own, async (origin) => {
    const call = (identity: HubCall['identity']) => inside('callHub', { origin, ca: keys.ca, identity })
    for (const kind of Object.keys(kinds) as Kind[]) {
      const answer = kind === 'RSA-PSS' ? null : kind
      expect(await call(keys.issue(kind)), kind).toEqual({ answer, knowsItsEnd: answer !== null })
    }
    for (const kind of ['RSA 2048', 'P-256'] as const) {
      const { certificate } = keys.issue(kind)
      expect(await call({ certificate, key: keys.traditional(kind) }), kind).toMatchObject({ answer: kind })
    }
  })
})

/** As clinics get them: by today's openssl, by Windows (3DES), by older programs (RC2). `isTaken` by BoringSSL. */
const containers: Readonly<Record<string, { readonly how: readonly string[]; readonly isTaken: boolean }>> = {
  'AES-256': { how: [], isTaken: true },
  '3DES and RC2-40': { how: ['-legacy'], isTaken: true },
  '3DES, SHA-1': { how: ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'], isTaken: true },
  'AES-256, SHA-384': { how: ['-macalg', 'sha384'], isTaken: true },
  'not encrypted': { how: ['-keypbe', 'NONE', '-certpbe', 'NONE'], isTaken: true },
  'without a MAC': { how: ['-nomac'], isTaken: false },
  'RC2-128': { how: ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128'], isTaken: false },
}

test('a PKCS#12 file opens whichever program made it, also by a Japanese passphrase, and by no other', async ({
  inside,
  keys,
}) => {
  await withHub(keys.ca, keys.issue('P-256'), async (origin) => {
    const call = (pfx: string, passphrase: string) =>
      inside('callHub', { origin, ca: keys.ca, identity: { pfx, passphrase } })
    for (const kind of ['RSA 2048', 'P-256'] as const) {
      keys.issue(kind)
      for (const [name, { how, isTaken }] of Object.entries(containers)) {
        const pfx = keys.pkcs12(kind, '合言葉', how)
        const { answer } = await call(pfx, '合言葉')
        expect([name, answer]).toEqual([name, isTaken ? kind : null])
      }
      expect(await call(keys.pkcs12(kind, '合言葉', []), 'another')).toMatchObject({ answer: null })
    }
  })
})

test('cards’ certificates are judged as on Node, whole or damaged, and their signatures verified', async ({
  inside,
  keys,
  folder,
}) => {
  const now = new Date().toISOString()
  const place = join(folder, 'made-inside')
  mkdirSync(place)
  giveToUser(place)
  // A training clinic's own certificates are made by BoringSSL too.
  const cards = await inside('issueTraining', { folder: place })
  expect(cards).toHaveLength(12)
  const certificates = cards.map(({ certificate }) => certificate)
  expect(await inside('judge', { certificates, now })).toEqual(onNode.judge({ certificates, now }))
  for (const { id, certificate, issuer, key } of cards) {
    expect(await inside('isFrom', { certificate, issuer }), id).toBe(true)
    expect(onNode.isFrom({ certificate, issuer }), id).toBe(true)
    expect(await inside('verifies', { certificate, key }), id).toBe(true)
  }
  const [first, second] = cards
  if (!first || !second) throw new Error('no cards')
  expect(await inside('isFrom', { certificate: first.certificate, issuer: second.certificate })).toBe(false)

  const jpki = '/C=JP/O=JPKI/OU=JPKI for user authentication'
  keys.sign('RSA 2048', 'jpki', null, jpki, 'basicConstraints=critical,CA:true')
  const usage = 'keyUsage=critical,digitalSignature'
  keys.sign('P-384', 'later', 'jpki', '/C=JP/CN=later', usage)
  keys.sign('RSA 2048', 'signing', 'jpki', '/C=JP/CN=signing', 'keyUsage=critical,digitalSignature,nonRepudiation')
  const later = Date.now() + 1_000
  expect(
    await inside('judge', {
      certificates: [keys.der('later'), keys.der('signing')],
      now: new Date(later).toISOString(),
    }),
  ).toEqual(['CARD_TOKEN_UNKNOWN', 'CARD_CERTIFICATE_INVALID'])

  // One bit of each: nobody throws, and what OpenSSL refuses is not taken.
  const whole = Buffer.from(first.certificate, 'base64')
  const damaged = Array.from({ length: whole.length }, (_, at) => {
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
    return bytes.toString('base64')
  })
  const [here, there] = [
    await inside('judge', { certificates: damaged, now }),
    onNode.judge({ certificates: damaged, now }),
  ]
  expect(here.filter((said, at) => said === 'ok' && there[at] !== 'ok')).toEqual([])
  const known = ['ok', 'CARD_CERTIFICATE_INVALID', 'CARD_CERTIFICATE_EXPIRED', 'CARD_TOKEN_UNKNOWN']
  expect(here.filter((said) => !known.includes(said))).toEqual([])
})
