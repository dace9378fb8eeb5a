// Certificates from elsewhere: what an impostor's hub shows, and what another system's client presents.
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const dayMs = 86_400_000

/** A certificate authority of the given name with P-256 keys. PEM throughout. */
export async function otherAuthority(name: string) {
  const keys = await crypto.subtle.generateKey(p256, true, ['sign', 'verify'])
  const common = () => ({
    serialNumber: `00${randomBytes(15).toString('hex')}`,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 30 * dayMs),
    signingAlgorithm: p256,
  })
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(),
    name,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  })
  return {
    ca: ca.toString('pem'),
    /** For servers on localhost and for clients alike; `notAfter` puts it out of date, `purpose` narrows what it is for. */
    async issue(subject: string, notAfter?: Date, purpose?: 'clientAuth' | 'serverAuth') {
      const own = await crypto.subtle.generateKey(p256, true, ['sign', 'verify'])
      const certificate = await x509.X509CertificateGenerator.create({
        ...common(),
        ...(notAfter && { notBefore: new Date(notAfter.getTime() - dayMs), notAfter }),
        subject,
        issuer: ca.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
          ]),
          ...(purpose ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[purpose]])] : []),
        ],
      })
      const key = await crypto.subtle.exportKey('pkcs8', own.privateKey)
      return {
        certificate: certificate.toString('pem'),
        der: new Uint8Array(certificate.rawData),
        key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
      }
    },
  }
}
