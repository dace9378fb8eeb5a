// One patient at the counter: the card's certificate, a challenge used once, the proof by PIN, by face or by a tap of a
// card that was proved here before, and then the answer. Sessions live in memory only.
import { randomBytes, verify, X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dateSchema, momentSchema } from '../../eligibility/model.ts'
import { clinicMoment, tokyoAheadMs } from '../../ground/clock.ts'
import { referenceOf } from '../people/handles.ts'
import { type Category, categories } from '../people/holdings.ts'
import type { Person } from '../people/person.ts'
import { holderOf } from './door.ts'
import { problem } from './problem.ts'
import type { Registry } from './registry.ts'

const methods = ['pin', 'visual', 'tap'] as const
export type Method = (typeof methods)[number]

interface Session {
  readonly clinic: string
  readonly person: Person
  readonly certificate: X509Certificate
  readonly challenge: Buffer
  readonly method: Method
  readonly withheld: ReadonlySet<Category>
  readonly opened: number
  readonly expires: number
  state: 'open' | 'proved' | 'used'
}

const sessionMs = 5 * 60_000
const clockToleranceMs = 2 * 60_000

const sessionRequest = z.strictObject({
  certificate: z.base64().max(12_000),
  identification: z.enum(methods),
  consent: z
    .strictObject({ medicalSubsidy: z.boolean(), vaccination: z.boolean(), checkup: z.boolean() })
    .partial()
    .optional(),
})
const proofs = {
  pin: z.strictObject({ signature: z.base64().max(1_000) }),
  visual: z.strictObject({ comparedAt: momentSchema }),
  tap: z.strictObject({ readAt: momentSchema }),
}

/** A card counts until the end of the third month after the one in which its certificate ended, Japanese time. */
function graceEnd(validTo: Date): Date {
  const inJapan = new Date(validTo.getTime() + tokyoAheadMs)
  return new Date(Date.UTC(inJapan.getUTCFullYear(), inJapan.getUTCMonth() + 4, 1) - tokyoAheadMs)
}

export const sessionRoutes = {
  sessions: '/v1/sessions',
  proof: '/v1/sessions/:id/proof',
  eligibility: '/v1/sessions/:id/eligibility',
} as const

/** `refused`: methods that the hub does not take from clinics. */
export function addSessions(door: FastifyInstance, registry: Registry, refused: ReadonlySet<Method>): void {
  const { clock, people, pki } = registry
  const jpkiKeys = pki.jpkiCas.map((ca) => new X509Certificate(ca).publicKey)
  const sessions = new Map<string, Session>()
  /** Clinic and certificate of every PIN proof: what a later tap stands on. */
  const proved = new Set<string>()
  const proofOf = (clinic: string, certificate: X509Certificate) => `${clinic} ${certificate.fingerprint256}`

  /** The problem code of a certificate that does not count today. By signature and not by name: the real CA has had several keys under one name. */
  const certificateProblem = (certificate: X509Certificate, now: Date) => {
    if (!jpkiKeys.some((key) => certificate.verify(key))) return 'certificate_not_trusted'
    if (certificate.validFromDate > now) return 'certificate_invalid'
    return graceEnd(certificate.validToDate) <= now ? 'certificate_expired' : null
  }

  door.post(sessionRoutes.sessions, async (request, reply) => {
    const body = sessionRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    const certificate = certificateOf(body.data.certificate)
    if (!certificate) return problem(reply, 422, 'certificate_invalid')
    const now = clock.now()
    const wrong = certificateProblem(certificate, now)
    if (wrong) return problem(reply, 422, wrong)
    const person = await people.byCertificate(certificate)
    if (!person) return problem(reply, 422, 'certificate_unknown')
    const clinic = holderOf(request.socket)
    const { identification: method, consent = {} } = body.data
    if (refused.has(method)) return problem(reply, 403, 'identification_not_allowed')
    if (method === 'tap' && !proved.has(proofOf(clinic, certificate))) return problem(reply, 403, 'pin_proof_needed')

    for (const [id, session] of sessions) if (session.expires < now.getTime()) sessions.delete(id)
    const sessionId = randomBytes(18).toString('base64url')
    const opened = now.getTime()
    const expires = opened + sessionMs
    const challenge = randomBytes(32)
    const withheld = new Set(categories.filter((category) => consent[category] === false))
    sessions.set(sessionId, {
      clinic,
      person,
      certificate,
      challenge,
      method,
      withheld,
      opened,
      expires,
      state: 'open',
    })
    return reply.code(201).send({
      sessionId,
      challenge: challenge.toString('base64'),
      expiresAt: clinicMoment(new Date(expires)),
    })
  })

  /** A session is only there for the clinic that opened it. */
  const find = (id: string, clinic: string) => {
    const session = sessions.get(id)
    return session && session.clinic === clinic && session.expires >= clock.now().getTime() ? session : undefined
  }

  /** What staff vouch for belongs to this visit: not before its session, not in the future (but for clocks that differ). */
  const isOfThisVisit = ({ opened }: Session, moment: string) =>
    Date.parse(moment) >= opened - clockToleranceMs && Date.parse(moment) <= clock.now().getTime() + clockToleranceMs

  /** The problem code of a proof; the proof is that of the method the session was opened for. */
  const refusal = (session: Session, body: unknown): string | null => {
    switch (session.method) {
      case 'pin': {
        const proof = proofs.pin.safeParse(body)
        if (!proof.success) return 'request_invalid'
        const signature = Buffer.from(proof.data.signature, 'base64')
        const fits = verify('sha256', session.challenge, session.certificate.publicKey, signature)
        return fits ? null : 'signature_invalid'
      }
      case 'visual': {
        const proof = proofs.visual.safeParse(body)
        if (!proof.success) return 'request_invalid'
        return isOfThisVisit(session, proof.data.comparedAt) ? null : 'comparison_invalid'
      }
      case 'tap': {
        const proof = proofs.tap.safeParse(body)
        if (!proof.success) return 'request_invalid'
        return isOfThisVisit(session, proof.data.readAt) ? null : 'comparison_invalid'
      }
    }
  }

  door.post<{ Params: { id: string } }>(sessionRoutes.proof, async (request, reply) => {
    const session = find(request.params.id, holderOf(request.socket))
    if (session?.state !== 'open') return problem(reply, 404, 'session_unknown')
    const code = refusal(session, request.body)
    if (code === 'request_invalid') return problem(reply, 400, code)
    // One try per challenge, right or wrong.
    session.state = 'used'
    if (code) return problem(reply, 422, code)
    session.state = 'proved'
    const { clinic, person, certificate, method, withheld } = session
    if (method === 'pin') proved.add(proofOf(clinic, certificate))
    registry.remember(clinic, person, withheld)
    return {
      patientReference: referenceOf(clinic, person),
      name: person.name,
      nameKana: person.nameKana,
      dateOfBirth: person.birthDate,
      sex: person.sex,
    }
  })

  door.get<{ Params: { id: string }; Querystring: { date?: string } }>(
    sessionRoutes.eligibility,
    async (request, reply) => {
      const session = find(request.params.id, holderOf(request.socket))
      if (session?.state !== 'proved') return problem(reply, 404, 'session_unknown')
      const date = dateSchema.safeParse(request.query.date)
      if (!date.success) return problem(reply, 400, 'request_invalid')
      return registry.eligibility(session.clinic, session.person, date.data, session.withheld)
    },
  )
}

function certificateOf(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return null
  }
}
