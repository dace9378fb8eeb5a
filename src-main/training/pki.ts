// The training clinic's certificates, made on its first start and never shipped: a hub CA with the hub's server and the
// clinic's client certificate (P-256), and a JPKI-like CA in two generations with one user-authentication certificate
// per sample card (RSA-2048, as on the real card). Profiles follow the public JPKI certificates: one issuer name, an opaque
// subject, no name of the person. Plain files in one folder, so that openssl and other programs can use them.
import { createHash, createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from '../ground/durable-write.ts'
import { type Found, openAgreedFile } from './agreed-file.ts'
import { clientAuth, type Issued, issue, newAuthority, p256, rsa2048, serverAuth } from './authority.ts'
import type { Persona } from './persona.ts'
import { personas } from './personas.ts'

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
    /** The same server, out of date since yesterday. */
    readonly expiredServer: Issued
    readonly clientCertificate: string
    readonly clientKey: string
  }
  /** How the certificates were found: whoever starts tells it when they had to be made anew. */
  readonly found: Found
  /** The day on which all this was made: sample residents have their ages on it. */
  readonly madeOn: Date
  /** DER of the JPKI-like CAs that the hub trusts for cards: two keys under one name, as the real one has had several. */
  readonly jpkiCas: readonly Uint8Array[]
  /** By persona id; grows with `issueCard`. */
  readonly cards: ReadonlyMap<string, TrainingCard>
  /** The card of somebody who has none yet; the same one for ever after. */
  issueCard(person: Pick<Persona, 'id' | 'certificate'>): Promise<TrainingCard>
  /** A client certificate for the municipality with this 6-digit code; the same one for ever after. PEM. */
  issueMunicipality(code: string): Promise<Issued>
}

/** 医療機関コード of the training clinic: prefecture 13, table 1, an invented clinic. */
const trainingClinicCode = '1312345670'

const issuedSchema = z.object({ certificate: z.string(), privateKey: z.string() })
const cardSchema = issuedSchema.extend({ generation: z.int() })
const bundleSchema = z.object({
  madeOn: z.iso.datetime(),
  hubCa: issuedSchema,
  server: issuedSchema,
  expiredServer: issuedSchema,
  client: issuedSchema,
  municipalities: z.record(z.string(), issuedSchema),
  jpkiCas: z.array(issuedSchema),
  cards: z.record(z.string(), cardSchema),
})
type Bundle = z.infer<typeof bundleSchema>

/**
 * Opens the certificates in `folder`, making them if there are none, if they are damaged, if sample cards were added since,
 * or if the hub's own certificates run out within a month. Programs that do this at the same time get the same ones.
 */
export async function openTrainingPki(folder: string, now: Date): Promise<TrainingPki> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { value: bundle, found } = await openAgreedFile({
    file: join(folder, 'training-pki.json'),
    schema: bundleSchema,
    isUsable: (known) => isUsable(known, now),
    make: () => make(now),
  })
  // The hub's side as PEM files as well: what openssl, curl or another clinic's agent needs to talk to the sandbox.
  const pem = {
    'hub-ca.pem': bundle.hubCa.certificate,
    'client.pem': bundle.client.certificate,
    'client-key.pem': bundle.client.privateKey,
  }
  for (const [name, text] of Object.entries(pem)) {
    const file = join(folder, name)
    const known = await readFile(file, 'utf8').catch(() => null)
    if (known !== text) writeDurably(file, text, { mode: 0o600 })
  }
  return opened(bundle, found, await openIssued(folder, bundle))
}

function isUsable(bundle: Bundle, now: Date): boolean {
  const soon = now.getTime() + 30 * 86_400_000
  const inDate = [bundle.server, bundle.client].every((issued) => {
    const certificate = new X509Certificate(issued.certificate)
    return certificate.validToDate.getTime() > soon && certificate.validFromDate.getTime() <= now.getTime()
  })
  return inDate && personas.every((persona) => bundle.cards[persona.id] !== undefined)
}

/**
 * What is issued when somebody wants it, a file each: programs that share the folder then never overwrite each other's.
 * What an earlier authority issued is removed.
 */
async function openIssued(folder: string, bundle: Bundle) {
  const place = join(folder, 'issued')
  const authority = createHash('sha256').update(bundle.hubCa.certificate).digest('hex').slice(0, 12)
  const names = await readdir(place).catch(() => [])
  for (const name of names) if (!name.startsWith(`${authority}-`)) await rm(join(place, name), { force: true })
  const start = `${authority}-card-`
  return {
    cardIds: names
      .filter((name) => name.startsWith(start) && name.endsWith('.json'))
      .map((name) => decodeURIComponent(name.slice(start.length, -'.json'.length))),
    /** The one of this name; made now if there is none. */
    async open<T>(name: string, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T> {
      await mkdir(place, { recursive: true, mode: 0o700 })
      const file = join(place, `${authority}-${encodeURIComponent(name)}.json`)
      return (await openAgreedFile({ file, schema, isUsable: () => true, make })).value
    },
  }
}

async function opened(
  bundle: Bundle,
  found: Found,
  issued: Awaited<ReturnType<typeof openIssued>>,
): Promise<TrainingPki> {
  const der = (pem: string) => new Uint8Array(new X509Certificate(pem).raw)
  const madeOn = new Date(bundle.madeOn)
  const jpkiCas = bundle.jpkiCas.map(({ certificate }) => der(certificate))
  const cardOf = (card: Bundle['cards'][string]): TrainingCard => ({
    certificate: der(card.certificate),
    caCertificate: jpkiCas[card.generation] ?? new Uint8Array(),
    privateKey: createPrivateKey(card.privateKey),
  })
  const cards = new Map(Object.entries(bundle.cards).map(([id, card]) => [id, cardOf(card)]))
  const openCard = async (id: string, state: Persona['certificate']) => {
    const make = () => newCard(bundle.jpkiCas, cards.size, state, madeOn)
    const card = cardOf(await issued.open(`card-${id}`, cardSchema, make))
    cards.set(id, card)
    return card
  }
  // Those of earlier days: made anew only where a file is damaged.
  for (const id of issued.cardIds) if (!cards.has(id)) await openCard(id, 'valid')
  const { server, client } = bundle
  return {
    hub: {
      ca: bundle.hubCa.certificate,
      serverCertificate: server.certificate,
      serverKey: server.privateKey,
      expiredServer: bundle.expiredServer,
      clientCertificate: client.certificate,
      clientKey: client.privateKey,
    },
    found,
    madeOn,
    jpkiCas,
    cards,
    issueCard: async (person) => cards.get(person.id) ?? openCard(person.id, person.certificate),
    issueMunicipality: async (code) =>
      bundle.municipalities[code] ??
      issued.open(`municipality-${code}`, issuedSchema, () =>
        newClient(bundle.hubCa, 'Training Municipality', code, madeOn),
      ),
  }
}

const years = (from: Date, count: number) =>
  new Date(Date.UTC(from.getUTCFullYear() + count, from.getUTCMonth(), from.getUTCDate()))
const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000)

/** `code` is what the hub knows the holder by: it stands in the subject's serialNumber (2.5.4.5). */
const newClient = (hubCa: Issued, name: string, code: string, now: Date) =>
  issue(hubCa, p256, {
    subject: `C=JP, O=Madoguchi Training, CN=${name}, 2.5.4.5=${code}`,
    notBefore: days(now, -1),
    notAfter: years(now, 2),
    usages: [clientAuth],
  })

async function newCard(jpkiCas: readonly Issued[], index: number, state: Persona['certificate'], now: Date) {
  const generation = index % jpkiCas.length
  const authority = jpkiCas[generation]
  if (!authority) throw new Error('no such generation')
  const periods: Record<Persona['certificate'], readonly [Date, Date]> = {
    valid: [days(now, -400), years(now, 4)],
    endsSoon: [years(now, -4), days(now, 60)],
    grace: [years(now, -5), days(now, -20)],
    expired: [years(now, -6), years(now, -1)],
  }
  const [notBefore, notAfter] = periods[state]
  // The real common name is an opaque identifier of the certificate, not of the person.
  const commonName = createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 26).toUpperCase()
  const card = await issue(authority, rsa2048, {
    subject: `C=JP, CN=${commonName}`,
    notBefore,
    notAfter,
    usages: [clientAuth],
    policies: ['1.2.392.200149.8.5.1.3.30'],
    crl: 'http://crl.training.invalid/auth-crl?o=JPKI,c=JP',
  })
  return { ...card, generation }
}

async function make(now: Date): Promise<Bundle> {
  const since = years(now, -9)
  const until = years(now, 11)
  const hubCa = await newAuthority('C=JP, O=Madoguchi Training, CN=Training Hub CA', p256, since, until)
  const serverProfile = {
    subject: 'C=JP, O=Madoguchi Training, CN=localhost',
    notBefore: days(now, -1),
    notAfter: years(now, 2),
    usages: [serverAuth],
    names: [
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
    ],
  } as const
  const server = await issue(hubCa, p256, serverProfile)
  const expiredServer = await issue(hubCa, p256, {
    ...serverProfile,
    notBefore: years(now, -2),
    notAfter: days(now, -1),
  })
  const jpkiName =
    'C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for Local Authority Information Systems'
  const jpkiCas = await Promise.all([
    newAuthority(jpkiName, rsa2048, since, until),
    newAuthority(jpkiName, rsa2048, since, until),
  ])
  const cards = await Promise.all(
    personas.map(
      async (persona, index) => [persona.id, await newCard(jpkiCas, index, persona.certificate, now)] as const,
    ),
  )
  return {
    madeOn: now.toISOString(),
    hubCa,
    server,
    expiredServer,
    client: await newClient(hubCa, 'Training Clinic', trainingClinicCode, now),
    municipalities: {},
    jpkiCas,
    cards: Object.fromEntries(cards),
  }
}
