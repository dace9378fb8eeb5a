// The training clinic's certificates, made on its first start and never shipped: a hub CA with the hub's server and the
// clinic's client certificate (P-256), and a JPKI-like CA in two generations with one user-authentication certificate
// per sample card (RSA-2048, as on the real card). Profiles follow the public JPKI certificates: one issuer name, an opaque subject,
// no name of the person. Plain files in one folder, so that openssl and other programs can use them.
import { createHash, createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Persona, personas } from './personas.ts'

export interface TrainingCard {
  /** DER of the user-authentication certificate (JPKI file 000A). */
  readonly certificate: Uint8Array
  /** DER of its CA certificate (JPKI file 000B). */
  readonly caCertificate: Uint8Array
  readonly privateKey: KeyObject
}

export interface TrainingPki {
  /** PEM files of the hub's side; the clinic's client certificate carries its 10-digit code in the subject's serialNumber. */
  readonly hub: {
    readonly ca: string
    readonly serverCertificate: string
    readonly serverKey: string
    readonly clientCertificate: string
    readonly clientKey: string
  }
  /** DER of the JPKI-like CAs that the hub trusts for cards: two keys under one name, as the real one has had several. */
  readonly jpkiCas: readonly Uint8Array[]
  /** By persona id. */
  readonly cards: ReadonlyMap<string, TrainingCard>
}

/** 医療機関コード of the training clinic: prefecture 13, table 1, an invented clinic. */
const trainingClinicCode = '1312345670'

const bundleSchema = z.object({
  hub: z.object({
    ca: z.string(),
    serverCertificate: z.string(),
    serverKey: z.string(),
    clientCertificate: z.string(),
    clientKey: z.string(),
  }),
  jpkiCas: z.array(z.string()),
  cards: z.record(z.string(), z.object({ certificate: z.string(), privateKey: z.string(), generation: z.int() })),
})
type Bundle = z.infer<typeof bundleSchema>

/**
 * Opens the certificates in `folder`, making them if there are none, if sample cards were added since, or if the
 * hub's own certificates run out within a month.
 */
export async function openTrainingPki(folder: string, now: Date): Promise<TrainingPki> {
  const file = join(folder, 'training-pki.json')
  const known = await readFile(file, 'utf8').then(
    (text) => bundleSchema.safeParse(JSON.parse(text)).data,
    () => undefined,
  )
  if (known && isUsable(known, now)) return load(known)
  const made = await make(now)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(`${file}.tmp`, JSON.stringify(made), { mode: 0o600 })
  await rename(`${file}.tmp`, file)
  // The hub's side as PEM files as well: what openssl, curl or another clinic's agent needs to talk to the sandbox.
  const pem = {
    'hub-ca.pem': made.hub.ca,
    'client.pem': made.hub.clientCertificate,
    'client-key.pem': made.hub.clientKey,
  }
  for (const [name, text] of Object.entries(pem)) await writeFile(join(folder, name), text, { mode: 0o600 })
  return load(made)
}

function isUsable(bundle: Bundle, now: Date): boolean {
  const soon = now.getTime() + 30 * 86_400_000
  const inDate = [bundle.hub.serverCertificate, bundle.hub.clientCertificate].every((pem) => {
    const certificate = new X509Certificate(pem)
    return certificate.validToDate.getTime() > soon && certificate.validFromDate.getTime() <= now.getTime()
  })
  return inDate && personas.every((persona) => bundle.cards[persona.id] !== undefined)
}

function load(bundle: Bundle): TrainingPki {
  const der = (pem: string) => new Uint8Array(new X509Certificate(pem).raw)
  const jpkiCas = bundle.jpkiCas.map(der)
  return {
    hub: bundle.hub,
    jpkiCas,
    cards: new Map(
      Object.entries(bundle.cards).map(([id, card]) => [
        id,
        {
          certificate: der(card.certificate),
          caCertificate: jpkiCas[card.generation] ?? new Uint8Array(),
          privateKey: createPrivateKey(card.privateKey),
        },
      ]),
    ),
  }
}

const years = (from: Date, count: number) =>
  new Date(Date.UTC(from.getUTCFullYear() + count, from.getUTCMonth(), from.getUTCDate()))

async function make(now: Date): Promise<Bundle> {
  // Only needed on the very first start, and slow to load: not at the top of the file.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  const rsa2048 = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  } as const
  type Algorithm = typeof p256 | typeof rsa2048
  const newKeys = (algorithm: Algorithm) => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const keyPem = async (keys: CryptoKeyPair) =>
    x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  // RFC 5280 4.1.2.2: positive and at most 20 bytes.
  const serial = () => `00${randomBytes(15).toString('hex')}`
  const day = (offset: number) => new Date(now.getTime() + offset * 86_400_000)
  const use = x509.KeyUsageFlags

  const authority = async (name: string, algorithm: Algorithm) => {
    const keys = await newKeys(algorithm)
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name,
      notBefore: years(now, -9),
      notAfter: years(now, 11),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(use.keyCertSign | use.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    const issue = async (
      subject: string,
      leafAlgorithm: Algorithm,
      notBefore: Date,
      notAfter: Date,
      extensions: InstanceType<typeof x509.Extension>[],
    ) => {
      const leaf = await newKeys(leafAlgorithm)
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject,
        issuer: certificate.subject,
        notBefore,
        notAfter,
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.KeyUsagesExtension(use.digitalSignature, true),
          ...extensions,
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
          await x509.SubjectKeyIdentifierExtension.create(leaf.publicKey),
        ],
      })
      return { certificate: issued.toString('pem'), privateKey: await keyPem(leaf) }
    }
    return { pem: certificate.toString('pem'), issue }
  }

  const serverAuth = '1.3.6.1.5.5.7.3.1'
  const clientAuth = '1.3.6.1.5.5.7.3.2'
  const hubCa = await authority('C=JP, O=Madoguchi Training, CN=Training Hub CA', p256)
  const server = await hubCa.issue('C=JP, O=Madoguchi Training, CN=localhost', p256, day(-1), years(now, 2), [
    new x509.ExtendedKeyUsageExtension([serverAuth]),
    new x509.SubjectAlternativeNameExtension([
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ]),
  ])
  const client = await hubCa.issue(
    `C=JP, O=Madoguchi Training, CN=Training Clinic, 2.5.4.5=${trainingClinicCode}`,
    p256,
    day(-1),
    years(now, 2),
    [new x509.ExtendedKeyUsageExtension([clientAuth])],
  )

  const jpkiName =
    'C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for Local Authority Information Systems'
  const generations = await Promise.all([authority(jpkiName, rsa2048), authority(jpkiName, rsa2048)])
  const periods: Record<Persona['certificate'], readonly [Date, Date]> = {
    valid: [day(-400), years(now, 4)],
    endsSoon: [years(now, -4), day(60)],
    grace: [years(now, -5), day(-20)],
    expired: [years(now, -6), years(now, -1)],
  }
  const cards = await Promise.all(
    personas.map(async (persona, index) => {
      const generation = index % generations.length
      // The real common name is an opaque identifier of the certificate, not of the person.
      const commonName = createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 26).toUpperCase()
      const card = await generations[generation]?.issue(
        `C=JP, CN=${commonName}`,
        rsa2048,
        ...periods[persona.certificate],
        [
          new x509.ExtendedKeyUsageExtension([clientAuth]),
          new x509.CertificatePolicyExtension(['1.2.392.200149.8.5.1.3.30']),
          new x509.CRLDistributionPointsExtension(['http://crl.training.invalid/auth-crl?o=JPKI,c=JP']),
        ],
      )
      if (!card) throw new Error('no such generation')
      return [persona.id, { ...card, generation }] as const
    }),
  )
  return {
    hub: {
      ca: hubCa.pem,
      serverCertificate: server.certificate,
      serverKey: server.privateKey,
      clientCertificate: client.certificate,
      clientKey: client.privateKey,
    },
    jpkiCas: generations.map(({ pem }) => pem),
    cards: Object.fromEntries(cards),
  }
}
