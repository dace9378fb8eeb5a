// The training clinic's certificates, made on its first start and never shipped: a hub CA with the hub's server and the
// clinic's client certificate (P-256), and a JPKI-like CA in two generations with one user-authentication certificate
// per sample card (RSA-2048, as on the real card). Profiles follow the public JPKI certificates: one issuer name, an opaque
// subject, no name of the person. Plain files in one folder, so that openssl and other programs can use them.
import { createHash, createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { checkCardCertificate } from '../../card/certificate.ts'
import { clinicDay, daysLater } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { makeFolder } from '../../ground/make-folder.ts'
import { type AgreedFile, type Found, openAgreedFile } from '../agreed-file.ts'
import { holderOf, type Persona } from '../people/persona.ts'
import { personasOn } from '../people/personas.ts'
import { clientAuth, type Issued, issue, newAuthority, p256, rsa2048, serverAuth } from './authority.ts'

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
  /** Ids of the sample cards that alone had to be made anew: out of date for what they are to show, or of another holder. */
  readonly renewedCards: readonly string[]
  /** DER of the JPKI-like CAs that the hub trusts for cards: two keys under one name, as the real one has had several. */
  readonly jpkiCas: readonly Uint8Array[]
  /** By persona id; grows with `issueCard`. */
  readonly cards: ReadonlyMap<string, TrainingCard>
  /** The card of somebody: the one they have, as long as it is theirs and in the state it is to show, or a new one. */
  issueCard(wanted: WantedCard, now: Date): Promise<TrainingCard>
  /** A client certificate for the municipality with this 6-digit code; the same one for ever after. PEM. */
  issueMunicipality(code: string): Promise<Issued>
}

interface WantedCard extends Pick<Persona, 'id' | 'certificate'> {
  /** See `holderOf`; whoever has it now when not given. */
  readonly holder?: string
}

/** 医療機関コード of the training clinic: prefecture 13, table 1, an invented clinic. */
const trainingClinicCode = '1312345670'

const issuedSchema = z.object({ certificate: z.string(), privateKey: z.string() })
const cardSchema = issuedSchema.extend({ generation: z.int(), holder: z.string() })
type IssuedCard = z.infer<typeof cardSchema>
const bundleSchema = z.object({
  hubCa: issuedSchema,
  server: issuedSchema,
  expiredServer: issuedSchema,
  client: issuedSchema,
  jpkiCas: z.array(issuedSchema),
})
type Bundle = z.infer<typeof bundleSchema>

/**
 * Opens the certificates in `folder`, making them if there are none, if they are damaged, or if the hub's own run out within
 * a month. Sample cards that no longer show what they are for are made anew. Programs that do this at the same time get the
 * same ones.
 */
export async function openTrainingPki(folder: string, now: Date): Promise<TrainingPki> {
  makeFolder(folder)
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
  return opened(bundle, found, await openIssued(folder, bundle), now)
}

function isUsable(bundle: Bundle, now: Date): boolean {
  const soon = daysLater(now, 30)
  return [bundle.server, bundle.client].every((issued) => {
    const certificate = new X509Certificate(issued.certificate)
    return certificate.validToDate > soon && certificate.validFromDate.getTime() <= now.getTime()
  })
}

/** The state in which a card's certificate is. */
function stateOf(certificate: Uint8Array, now: Date): Persona['certificate'] | null {
  const checked = checkCardCertificate(certificate, now)
  if (checked.ok) return checked.value.status
  return checked.error.code === 'CARD_CERTIFICATE_EXPIRED' ? 'expired' : null
}

/**
 * What is issued when somebody wants it, a file each: programs that share the folder then never overwrite each other's.
 * What an earlier authority issued is removed.
 */
async function openIssued(folder: string, bundle: Bundle) {
  const place = join(folder, 'issued')
  // Hub and cards get their authorities together.
  const authority = createHash('sha256')
    .update(bundle.jpkiCas.map(({ certificate }) => certificate).join())
    .digest('hex')
    .slice(0, 12)
  const names = await readdir(place).catch(() => [])
  for (const name of names) if (!name.startsWith(`${authority}-`)) await rm(join(place, name), { force: true })
  const start = `${authority}-card-`
  return {
    cardIds: names
      .filter((name) => name.startsWith(start) && name.endsWith('.json'))
      .map((name) => decodeURIComponent(name.slice(start.length, -'.json'.length))),
    /** The one of this name; made now if there is none, or none that can be used. */
    async open<T>(name: string, wanted: Omit<AgreedFile<T>, 'file'>) {
      makeFolder(place)
      return openAgreedFile({ ...wanted, file: join(place, `${authority}-${encodeURIComponent(name)}.json`) })
    },
  }
}

async function opened(
  bundle: Bundle,
  found: Found,
  issued: Awaited<ReturnType<typeof openIssued>>,
  now: Date,
): Promise<TrainingPki> {
  const der = (pem: string) => new Uint8Array(new X509Certificate(pem).raw)
  const jpkiCas = bundle.jpkiCas.map(({ certificate }) => der(certificate))
  const cards = new Map<string, TrainingCard>()
  const known = new Map<string, IssuedCard>()
  const openCard = async (id: string, wanted: Pick<AgreedFile<IssuedCard>, 'isUsable' | 'make'>) => {
    const opening = await issued.open(`card-${id}`, { schema: cardSchema, ...wanted })
    const { certificate, privateKey, generation } = opening.value
    const card = {
      certificate: der(certificate),
      caCertificate: jpkiCas[generation] ?? new Uint8Array(),
      privateKey: createPrivateKey(privateKey),
    }
    known.set(id, opening.value)
    cards.set(id, card)
    return { card, found: opening.found }
  }
  const make = async ({ id, certificate, holder = id }: WantedCard, at: Date) => ({
    ...(await newCard(bundle.jpkiCas, indexOf(id), certificate, at)),
    holder,
  })
  const fits = (card: IssuedCard, { certificate, holder = card.holder }: WantedCard, at: Date) =>
    card.holder === holder && stateOf(der(card.certificate), at) === certificate
  const openWanted = (wanted: WantedCard, at: Date) =>
    openCard(wanted.id, { isUsable: (card) => fits(card, wanted, at), make: () => make(wanted, at) })

  const samples = await Promise.all(
    personasOn(clinicDay(now)).map(async (persona) => ({
      id: persona.id,
      ...(await openWanted({ ...persona, holder: holderOf(persona) }, now)),
    })),
  )
  const renewedCards = samples
    .filter((opening) => opening.found === 'outdated' || opening.found === 'damaged')
    .map(({ id }) => id)
  // Those of earlier days: made anew only where a file is damaged, or when somebody wants them.
  for (const id of issued.cardIds) {
    if (!cards.has(id))
      await openCard(id, { isUsable: () => true, make: () => make({ id, certificate: 'valid' }, now) })
  }
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
    renewedCards,
    jpkiCas,
    cards,
    async issueCard(wanted, at) {
      const [card, issuedCard] = [cards.get(wanted.id), known.get(wanted.id)]
      return card && issuedCard && fits(issuedCard, wanted, at) ? card : (await openWanted(wanted, at)).card
    },
    async issueMunicipality(code) {
      // As long as the authority lasts: programs of municipalities keep it.
      const ca = new X509Certificate(bundle.hubCa.certificate)
      const period = { notBefore: ca.validFromDate, notAfter: ca.validToDate }
      const make = () => newClient(bundle.hubCa, 'Training Municipality', code, period)
      return (await issued.open(`municipality-${code}`, { schema: issuedSchema, isUsable: () => true, make })).value
    },
  }
}

/** Which of the two generations a card is of: the same one for ever. */
const indexOf = (id: string) => createHash('sha256').update(id).digest()[1] ?? 0

const years = (from: Date, count: number) =>
  new Date(Date.UTC(from.getUTCFullYear() + count, from.getUTCMonth(), from.getUTCDate()))

/** `code` is what the hub knows the holder by: it stands in the subject's serialNumber (2.5.4.5). */
const newClient = (
  hubCa: Issued,
  name: string,
  code: string,
  period: { readonly notBefore: Date; readonly notAfter: Date },
) =>
  issue(hubCa, p256, {
    subject: `C=JP, O=Madoguchi Training, CN=${name}, 2.5.4.5=${code}`,
    ...period,
    usages: [clientAuth],
  })

async function newCard(jpkiCas: readonly Issued[], index: number, state: Persona['certificate'], now: Date) {
  const generation = index % jpkiCas.length
  const authority = jpkiCas[generation]
  if (!authority) throw new Error('no such generation')
  const periods: Record<Persona['certificate'], readonly [Date, Date]> = {
    valid: [daysLater(now, -400), years(now, 4)],
    endsSoon: [years(now, -4), daysLater(now, 60)],
    grace: [years(now, -5), daysLater(now, -20)],
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
  const period = { notBefore: daysLater(now, -1), notAfter: years(now, 2) }
  const serverProfile = {
    subject: 'C=JP, O=Madoguchi Training, CN=localhost',
    ...period,
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
    notAfter: daysLater(now, -1),
  })
  const jpkiName =
    'C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for Local Authority Information Systems'
  const jpkiCas = await Promise.all([
    newAuthority(jpkiName, rsa2048, since, until),
    newAuthority(jpkiName, rsa2048, since, until),
  ])
  return {
    hubCa,
    server,
    expiredServer,
    client: await newClient(hubCa, 'Training Clinic', trainingClinicCode, period),
    jpkiCas,
  }
}
