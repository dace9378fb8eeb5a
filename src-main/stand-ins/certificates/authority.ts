// Certificate authorities of the training clinic and what they issue. An authority is two PEM texts, so that it can be
// kept and asked for another certificate at any time: a sample resident's card or a municipality's key is only made when
// somebody wants it. The X.509 library is slow to load, so it is loaded with the first certificate that is made.
import { randomBytes } from 'node:crypto'

export const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
export const rsa2048 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const
type Algorithm = typeof p256 | typeof rsa2048

/** PEM of a certificate and of its PKCS #8 key. */
export interface Issued {
  readonly certificate: string
  readonly privateKey: string
}

export interface Profile {
  /** RFC 4514 text; an attribute without a name is written as its OID. */
  readonly subject: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** Extended key usages, as OIDs. */
  readonly usages: readonly string[]
  /** A server's names. */
  readonly names?: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[]
  readonly policies?: readonly string[]
  readonly crl?: string
}

export const serverAuth = '1.3.6.1.5.5.7.3.1'
export const clientAuth = '1.3.6.1.5.5.7.3.2'

async function x509() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** RFC 5280 4.1.2.2: positive and at most 20 bytes. */
const serial = () => `00${randomBytes(15).toString('hex')}`

const newKeys = (algorithm: Algorithm) => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function keyPem(key: CryptoKey): Promise<string> {
  const { PemConverter } = await x509()
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
}

/** A new self-signed CA without intermediates below it. */
export async function newAuthority(
  name: string,
  algorithm: Algorithm,
  notBefore: Date,
  notAfter: Date,
): Promise<Issued> {
  const lib = await x509()
  const keys = await newKeys(algorithm)
  const certificate = await lib.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
    notBefore,
    notAfter,
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new lib.BasicConstraintsExtension(true, 0, true),
      new lib.KeyUsagesExtension(lib.KeyUsageFlags.keyCertSign | lib.KeyUsageFlags.cRLSign, true),
      await lib.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), privateKey: await keyPem(keys.privateKey) }
}

/** A certificate with new keys; authority and certificate use the same algorithm. */
export async function issue(authority: Issued, algorithm: Algorithm, profile: Profile): Promise<Issued> {
  const lib = await x509()
  const issuer = new lib.X509Certificate(authority.certificate)
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    lib.PemConverter.decodeFirst(authority.privateKey),
    algorithm,
    false,
    ['sign'],
  )
  const keys = await newKeys(algorithm)
  const certificate = await lib.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: profile.subject,
    issuer: issuer.subject,
    notBefore: profile.notBefore,
    notAfter: profile.notAfter,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new lib.KeyUsagesExtension(lib.KeyUsageFlags.digitalSignature, true),
      new lib.ExtendedKeyUsageExtension([...profile.usages]),
      ...(profile.names ? [new lib.SubjectAlternativeNameExtension([...profile.names])] : []),
      ...(profile.policies ? [new lib.CertificatePolicyExtension([...profile.policies])] : []),
      ...(profile.crl ? [new lib.CRLDistributionPointsExtension([profile.crl])] : []),
      await lib.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await lib.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), privateKey: await keyPem(keys.privateKey) }
}
