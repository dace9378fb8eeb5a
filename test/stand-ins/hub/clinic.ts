// A clinic's program in a few words, without our client: it opens a visit with a card, asks, registers. Every answer it
// gets is held to docs/hub-api.yaml.
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { z } from 'zod'
import { clinicMoment } from '../../../src-main/ground/clock.ts'
import { base64, type CallOptions, documentedCall } from '../../hub/raw-call.ts'
import { type TrainingHub, today } from '../../hub/training-hub.ts'

const sessionSchema = z.object({ sessionId: z.string(), challenge: z.string() })
const records = z.array(z.record(z.string(), z.unknown())).optional()
const categorySchema = z.object({ status: z.string(), endedOn: z.string().optional(), items: records, records })
const eligibilitySchema = z.object({
  medicalSubsidy: categorySchema,
  vaccination: categorySchema,
  checkup: categorySchema,
})

export type Consent = Partial<Record<'medicalSubsidy' | 'vaccination' | 'checkup', boolean>>

/** The code of a refusal, or the status. */
export const outcomeOf = ({ status, body }: { status: number; body: unknown }): string | number =>
  status < 400 ? status : z.object({ code: z.string() }).parse(body).code

export function clinicAt(training: TrainingHub, options: CallOptions = {}) {
  const post = (path: string, body: unknown, headers = {}) =>
    documentedCall(training, 'POST', path, body, { ...options, headers })
  const get = (path: string, headers = {}) => documentedCall(training, 'GET', path, undefined, { ...options, headers })

  const openSession = async (personId: string, identification: string, consent?: Consent) => {
    const { certificate } = await training.pki.issueCard({ id: personId, certificate: 'valid' }, training.clock.now())
    return post('/v1/sessions', { certificate: base64(certificate), identification, ...(consent && { consent }) })
  }
  const proofOf = (personId: string, identification: string, challenge: string) => {
    const now = clinicMoment(training.clock.now())
    if (identification === 'visual') return { comparedAt: now }
    if (identification === 'tap') return { readAt: now }
    return { signature: base64(training.card(personId).sign(Buffer.from(challenge, 'base64'))) }
  }
  /** A whole visit: who it is, and a question about any day. */
  const visit = async (personId: string, identification = 'pin', consent?: Consent) => {
    const opened = await openSession(personId, identification, consent)
    expect(opened.status).toBe(201)
    const { sessionId, challenge } = sessionSchema.parse(opened.body)
    const proved = await post(`/v1/sessions/${sessionId}/proof`, proofOf(personId, identification, challenge))
    expect(proved.status).toBe(200)
    const { patientReference } = z.object({ patientReference: z.string() }).parse(proved.body)
    return {
      sessionId,
      patientReference,
      async eligibility(day = today) {
        const answer = await get(`/v1/sessions/${sessionId}/eligibility?date=${day}`)
        expect(answer.status).toBe(200)
        return eligibilitySchema.parse(answer.body)
      },
    }
  }
  return {
    get,
    post,
    openSession,
    visit,
    /** POST with a key made for it, or a given one. */
    once: (path: string, body: unknown, key: string = randomUUID()) => post(path, body, { 'idempotency-key': key }),
  }
}
