// The sandbox hub: a real HTTPS server on loopback that does what docs/hub-api.yaml says. It checks what the real hub
// has to check (client certificate, certificate chain and dates, the link between certificate and person, a challenge
// used once, the signature) and can be told to misbehave.
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import fastify from 'fastify'
import { z } from 'zod'
import { type Clock, clinicMoment } from '../../contract/clock.ts'
import { dateSchema, momentSchema } from '../../eligibility/model.ts'
import { personaById } from '../personas.ts'
import type { TrainingPki } from '../pki.ts'
import { type Fault, misbehave } from './faults.ts'
import { problem } from './problem.ts'
import { recordsOf } from './records.ts'

/** The calls of docs/hub-api.yaml as routes. */
const routes = {
  health: '/v1/health',
  sessions: '/v1/sessions',
  proof: '/v1/sessions/:id/proof',
  eligibility: '/v1/sessions/:id/eligibility',
} as const

export interface SandboxHub {
  /** Origin, for example `https://127.0.0.1:40123`. */
  readonly url: string
  /** Sets or clears (null) what the hub does wrong, in every call or in the one named `on`. */
  setFault(fault: Fault | null, on?: keyof typeof routes): void
  /** Whether the hub takes a clinic's word for a comparison of faces; the real one may not. */
  refuseVisual(refuses: boolean): void
  close(): Promise<void>
}

interface Session {
  readonly persona: string
  readonly certificate: X509Certificate
  readonly challenge: Buffer
  readonly identification: 'pin' | 'visual'
  readonly opened: number
  readonly expires: number
  state: 'open' | 'proved' | 'used'
}

const sessionMs = 5 * 60_000
const clockToleranceMs = 2 * 60_000

const sessionRequest = z.object({
  certificate: z.base64().max(12_000),
  identification: z.enum(['pin', 'visual']),
})
const signatureProof = z.strictObject({ signature: z.base64().max(1_000) })
const visualProof = z.strictObject({ comparedAt: momentSchema })

/** Schemas are zod's here. Left to itself, Fastify loads its own compilers for 80 ms of every start. */
const noSchemas = (): never => {
  throw new Error('the sandbox gives Fastify no schemas')
}

/** A card counts until the end of the third month after the one in which its certificate ended, Japanese time. */
function graceEnd(validTo: Date): Date {
  const inJapan = new Date(validTo.getTime() + 9 * 3_600_000)
  return new Date(Date.UTC(inJapan.getUTCFullYear(), inJapan.getUTCMonth() + 4, 1, -9))
}

/** Listens on 127.0.0.1, on a free port if none is given. Sessions live in memory only. */
export async function startSandboxHub(options: {
  readonly pki: TrainingPki
  readonly clock: Clock
  readonly port?: number
}): Promise<SandboxHub> {
  const { pki, clock } = options
  const jpkiKeys = pki.jpkiCas.map((ca) => new X509Certificate(ca).publicKey)
  /** Certificate → person: the link the real hub keeps. */
  const persons = new Map(
    [...pki.cards].map(([persona, card]) => [new X509Certificate(card.certificate).fingerprint256, persona]),
  )
  const sessions = new Map<string, Session>()
  let refusesVisual = false
  let fault: { readonly what: Fault; readonly route: string | undefined } | null = null

  const server = fastify({
    https: {
      ca: pki.hub.ca,
      cert: pki.hub.serverCertificate,
      key: pki.hub.serverKey,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildValidator: () => noSchemas, buildSerializer: () => noSchemas } },
  })

  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    return problem(reply, status, status < 500 ? 'request_invalid' : 'internal')
  })
  server.setNotFoundHandler((_request, reply) => problem(reply, 404, 'not_found'))

  server.addHook('onRequest', async (request, reply) => {
    if (clinicCodeOf(request.socket) === null) return problem(reply, 403, 'client_not_allowed')
  })

  // Before the handler: what failed on the way has not happened, so that the same question may be asked again.
  server.addHook('preHandler', async (request, reply) => {
    if (!fault || (fault.route && request.routeOptions.url !== fault.route)) return
    if (fault.what.kind === 'slow') await wait(fault.what.ms, undefined, { ref: false })
    else return misbehave(fault.what, reply)
  })

  server.get(routes.health, async () => ({ status: 'ok' }))

  server.post(routes.sessions, async (request, reply) => {
    const body = sessionRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    let certificate: X509Certificate
    try {
      certificate = new X509Certificate(Buffer.from(body.data.certificate, 'base64'))
    } catch {
      return problem(reply, 422, 'certificate_invalid')
    }
    const now = clock.now()
    // By signature and not by name: the real CA has had several keys under one name.
    if (!jpkiKeys.some((key) => certificate.verify(key))) return problem(reply, 422, 'certificate_not_trusted')
    if (certificate.validFromDate > now) return problem(reply, 422, 'certificate_invalid')
    if (graceEnd(certificate.validToDate) <= now) return problem(reply, 422, 'certificate_expired')
    const persona = persons.get(certificate.fingerprint256)
    if (persona === undefined) return problem(reply, 422, 'certificate_unknown')

    for (const [id, session] of sessions) if (session.expires < now.getTime()) sessions.delete(id)
    const sessionId = randomBytes(18).toString('base64url')
    const expires = now.getTime() + sessionMs
    const challenge = randomBytes(32)
    const { identification } = body.data
    if (identification === 'visual' && refusesVisual) return problem(reply, 403, 'identification_not_allowed')
    const opened = now.getTime()
    sessions.set(sessionId, { persona, certificate, challenge, identification, opened, expires, state: 'open' })
    return reply.code(201).send({
      sessionId,
      challenge: challenge.toString('base64'),
      expiresAt: clinicMoment(new Date(expires)),
    })
  })

  const signatureRefusal = ({ certificate, challenge }: Session, signature: Uint8Array) =>
    verify('sha256', challenge, certificate.publicKey, signature) ? null : 'signature_invalid'

  /** The comparison belongs to this visit: not before its session, not in the future (but for clocks that differ). */
  const visualRefusal = ({ opened }: Session, comparedAt: string) => {
    const compared = Date.parse(comparedAt)
    return compared >= opened - clockToleranceMs && compared <= clock.now().getTime() + clockToleranceMs
      ? null
      : 'comparison_invalid'
  }

  const find = (id: string) => {
    const session = sessions.get(id)
    return session && session.expires >= clock.now().getTime() ? session : undefined
  }

  server.post<{ Params: { id: string } }>(routes.proof, async (request, reply) => {
    const session = find(request.params.id)
    if (session?.state !== 'open') return problem(reply, 404, 'session_unknown')
    // The proof is that of the method the session was opened for.
    const isVisual = session.identification === 'visual'
    const body = (isVisual ? visualProof : signatureProof).safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    // One try per challenge, right or wrong.
    session.state = 'used'
    const refusal =
      'comparedAt' in body.data
        ? visualRefusal(session, body.data.comparedAt)
        : signatureRefusal(session, Buffer.from(body.data.signature, 'base64'))
    const persona = personaById(session.persona)
    if (refusal || !persona) return problem(reply, 422, refusal ?? 'certificate_unknown')
    session.state = 'proved'
    return {
      patientReference: referenceOf(session.persona),
      name: persona.name,
      nameKana: persona.nameKana,
      dateOfBirth: persona.birthDate,
      sex: persona.sex,
    }
  })

  server.get<{ Params: { id: string }; Querystring: { date?: string } }>(routes.eligibility, async (request, reply) => {
    const session = find(request.params.id)
    if (session?.state !== 'proved') return problem(reply, 404, 'session_unknown')
    const date = dateSchema.safeParse(request.query.date)
    if (!date.success) return problem(reply, 400, 'request_invalid')
    return {
      patientReference: referenceOf(session.persona),
      asOf: date.data,
      ...recordsOf(session.persona, date.data),
    }
  })

  const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  return {
    url,
    refuseVisual(refuses) {
      refusesVisual = refuses
    },
    setFault(what, on) {
      fault = what && { what, route: on && routes[on] }
    },
    close: () => server.close(),
  }
}

/** An opaque handle: stable for a person, telling nothing about them. */
const referenceOf = (persona: string) => createHash('sha256').update(`sandbox ${persona}`).digest('base64url')

/** The 10-digit code in the subject of the client certificate that TLS has verified. */
function clinicCodeOf(socket: Socket): string | null {
  const isTls = (candidate: Socket): candidate is TLSSocket => 'getPeerX509Certificate' in candidate
  const subject = isTls(socket) ? socket.getPeerX509Certificate()?.subject : undefined
  return /^serialNumber=([0-9]{10})$/m.exec(subject ?? '')?.[1] ?? null
}
