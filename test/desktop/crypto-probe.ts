// The product's own code that meets keys and certificates, to be called inside the desktop program: its crypto and TLS are
// BoringSSL's there, not OpenSSL's. crypto.spec.ts bundles it. Bytes come and go in base64.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { checkCardCertificate, isIssuedBy, verifiesSignature } from '../../src-main/card/certificate.ts'
import { openConnection } from '../../src-main/hub/pmh/connection.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'

const limits = { connectMs: 60_000, firstByteMs: 60_000, bodyBytes: 100_000 }

export interface HubCall {
  readonly origin: string
  readonly ca: string
  readonly identity:
    | { readonly certificate: string; readonly key: string }
    | { readonly pfx: string; readonly passphrase: string }
}

/** The hub's answer, or null; and the end of our own certificate where the handshake has shown it. */
async function callHub({ origin, ca, identity }: HubCall) {
  const taken = 'pfx' in identity ? { ...identity, pfx: Buffer.from(identity.pfx, 'base64') } : identity
  const connection = openConnection({ origin, ca, identity: taken, proxy: null, limits })
  try {
    const { body } = await connection.pool.request({ path: '/', method: 'GET' })
    return { answer: await body.text(), knowsItsEnd: connection.identityEnds() !== null }
  } catch {
    return { answer: null, knowsItsEnd: false }
  } finally {
    await connection.close()
  }
}

/** What the desk says of card certificates at a moment: `ok`, or a code. */
const judge = ({ certificates, now }: { readonly certificates: readonly string[]; readonly now: string }) =>
  certificates.map((certificate) => {
    const checked = checkCardCertificate(Buffer.from(certificate, 'base64'), new Date(now))
    return checked.ok ? 'ok' : checked.error.code
  })

const isFrom = ({ certificate, issuer }: { readonly certificate: string; readonly issuer: string }) =>
  isIssuedBy(Buffer.from(certificate, 'base64'), Buffer.from(issuer, 'base64'))

/** Whether a signature by the key is the certificate's, and one with a changed bit is not. */
function verifies({ certificate, key }: { readonly certificate: string; readonly key: string }): boolean {
  const der = Buffer.from(certificate, 'base64')
  const content = createHash('sha256').update('challenge').digest()
  const signature = sign('sha256', content, createPrivateKey(key))
  const changed = Buffer.from(signature)
  changed[9] = (changed[9] ?? 0) ^ 1
  return verifiesSignature(der, content, signature) && !verifiesSignature(der, content, changed)
}

/** The certificates that a training clinic is issued, made here; each with the one that issued it. */
async function issueTraining({ folder }: { readonly folder: string }) {
  const { cards } = await openTrainingPki(folder, new Date())
  return [...cards].map(([id, { certificate, caCertificate, privateKey }]) => ({
    id,
    certificate: Buffer.from(certificate).toString('base64'),
    issuer: Buffer.from(caCertificate).toString('base64'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }))
}

export const probe = { callHub, judge, isFrom, verifies, issueTraining }
export type Probe = typeof probe
