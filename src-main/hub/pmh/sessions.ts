// One patient at the counter: the card's certificate, the proof that its holder is here, and the answer about them.
import { fail, ok } from '../../ground/result.ts'
import type { EligibilitySource, Proof } from '../source.ts'
import type { PmhCalls } from './calls.ts'
import { eligibilityOf, patientOf } from './map.ts'
import { eligibilitySchema, personSchema, sessionSchema } from './wire.ts'

const path = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`

/** `now` gives RFC 3339 in clinic time. */
export function createSessions(
  { ask }: PmhCalls,
  now: () => string,
): Pick<EligibilitySource, 'openSession' | 'prove' | 'fetchEligibility'> {
  return {
    async openSession(certificate, identification, signal) {
      const session = await ask({
        method: 'POST',
        path: '/v1/sessions',
        body: { certificate: Buffer.from(certificate).toString('base64'), identification },
        schema: sessionSchema,
        // A second session is only another challenge.
        repeat: 'always',
        signal,
      })
      if (!session.ok) return session
      const { sessionId, challenge } = session.value.body
      return ok({ id: sessionId, challenge })
    },
    async prove({ id }, proof, signal) {
      const person = await ask({
        method: 'POST',
        path: `${path(id)}/proof`,
        body: proofBody(proof),
        schema: personSchema,
        // A challenge takes one proof.
        repeat: 'unsent',
        signal,
      })
      return person.ok ? ok(patientOf(person.value.body)) : person
    },
    async fetchEligibility({ id }, patient, asOf, signal) {
      const answer = await ask({
        method: 'GET',
        path: `${path(id)}/eligibility?date=${asOf}`,
        schema: eligibilitySchema,
        repeat: 'always',
        signal,
      })
      if (!answer.ok) return answer
      const { body } = answer.value
      // An answer about somebody else, or about another day, is no answer.
      if (body.patientReference !== patient.ref || body.asOf !== asOf) return fail('HUB_ANSWER_INVALID')
      return ok({ patient, ...eligibilityOf(body, now()) })
    },
  }
}

function proofBody(proof: Proof) {
  switch (proof.method) {
    case 'pin':
      return { signature: Buffer.from(proof.signature).toString('base64') }
    case 'visual':
      return { comparedAt: proof.comparedAt }
    case 'tap':
      return { readAt: proof.readAt }
  }
}
