// The sandbox's own switches over HTTPS, for vendors whose tests run in another process: faults, schemes, sample persons and
// their cards, and what a person does on their phone (consent, answers to 予診票 and 問診票). No real hub has these.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { clinicDay, clinicMoment } from '../../ground/clock.ts'
import { schemeSchema } from '../../hub/pmh/schemes.ts'
import { linkOf } from '../people/handles.ts'
import { categories } from '../people/holdings.ts'
import { holderOf } from '../people/persona.ts'
import { type Call, isCall, type SandboxHub } from './calls.ts'
import { faultSchema } from './faults.ts'
import { problem } from './problem.ts'
import type { Registry } from './registry.ts'

const faultRequest = z.strictObject({
  fault: faultSchema.nullable(),
  on: z.custom<Call>((name) => typeof name === 'string' && isCall(name)).optional(),
})
const schemesRequest = z.strictObject({ schemes: z.array(schemeSchema).max(100) })
const methodRequest = z.strictObject({ visual: z.boolean() })
const consentRequest = z.strictObject({
  medicalSubsidy: z.boolean(),
  vaccination: z.boolean(),
  checkup: z.boolean(),
})
const answersRequest = z.strictObject({
  questionnaireName: z.string().min(1).max(100),
  answers: z
    .array(
      z.strictObject({
        question: z.string().min(1).max(500),
        answer: z.string().max(1000),
        needsDoctor: z.boolean(),
      }),
    )
    .min(1)
    .max(100),
})

type PersonRequest = FastifyRequest<{ Params: { id: string; voucherId: string } }>

export async function addSwitches(office: FastifyInstance, hub: SandboxHub, registry: Registry): Promise<void> {
  const { people, pki, clock } = registry

  office.put('/sandbox/v1/fault', async (request, reply) => {
    const body = faultRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    await hub.setFault(body.data.fault, body.data.on)
    return reply.code(204).send()
  })

  office.put('/sandbox/v1/identification', async (request, reply) => {
    const body = methodRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    hub.refuseVisual(!body.data.visual)
    return reply.code(204).send()
  })

  office.put('/sandbox/v1/schemes', async (request, reply) => {
    const body = schemesRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    registry.know(body.data.schemes)
    return reply.code(204).send()
  })

  office.get('/sandbox/v1/persons', async () => ({
    persons: (await people.all()).map((person) => ({
      personId: person.id,
      label: person.label,
      linkId: linkOf(person),
      ...(person.municipality && { municipalityCode: person.municipality.code }),
    })),
  }))

  office.post('/sandbox/v1/persons/:id/card', async (request: PersonRequest, reply) => {
    const person = await people.byId(request.params.id)
    if (!person) return problem(reply, 404, 'patient_unknown')
    const card = await pki.issueCard({ ...person, holder: holderOf(person) }, clock.now())
    return {
      certificate: Buffer.from(card.certificate).toString('base64'),
      privateKey: card.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    }
  })

  office.put('/sandbox/v1/persons/:id/consent', async (request: PersonRequest, reply) => {
    const person = await people.byId(request.params.id)
    if (!person) return problem(reply, 404, 'patient_unknown')
    const body = consentRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    registry.refuse(person, new Set(categories.filter((category) => !body.data[category])))
    return reply.code(204).send()
  })

  office.put('/sandbox/v1/persons/:id/answers/:voucherId', async (request: PersonRequest, reply) => {
    const person = await people.byId(request.params.id)
    if (!person) return problem(reply, 404, 'patient_unknown')
    const { voucherId } = request.params
    const { vaccinationVouchers, checkupVouchers } = person.holdings(clinicDay(clock.now()))
    const vouchers = [...vaccinationVouchers, ...checkupVouchers]
    if (!vouchers.some((voucher) => voucher.voucherId === voucherId)) return problem(reply, 404, 'voucher_unknown')
    const body = answersRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    registry.answer(person, voucherId, { ...body.data, answeredAt: clinicMoment(clock.now()) })
    return reply.code(204).send()
  })
}
