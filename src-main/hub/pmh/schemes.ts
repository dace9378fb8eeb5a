// The hub's master of schemes, asked for with the version already held.
import { z } from 'zod'
import { fail, ok } from '../../contract/result.ts'
import { dateSchema } from '../../eligibility/model.ts'
import type { HubScheme, SchemeMasterSource } from '../scheme-master.ts'
import type { PmhCalls } from './calls.ts'
import { someText, text } from './wire.ts'

const schemeSchema = z.object({
  schemeCode: z.string().regex(/^[0-9]{2}$/),
  medicalSubsidyInsurerNumber: z
    .string()
    .regex(/^[0-9]{8}$/)
    .optional(),
  schemeName: someText(100),
  kind: z.enum(['national', 'local']),
  municipalityCode: z
    .string()
    .regex(/^[0-9]{6}$/)
    .optional(),
  municipalityName: text(100).optional(),
  validFrom: dateSchema,
  validTo: dateSchema.optional(),
  additionalConditions: z
    .array(
      z.object({
        code: z.string().regex(/^[0-9A-Za-z]+-[0-9A-Za-z]+$/),
        itemName: text(100),
        conditionName: text(100),
      }),
    )
    .max(100)
    .optional(),
})

const masterSchema = z.object({ asOf: dateSchema, schemes: z.array(schemeSchema).max(5000) })

export function createSchemeMaster({ ask }: PmhCalls): SchemeMasterSource {
  return {
    async fetchSchemes(etag, signal) {
      const answer = await ask({
        method: 'GET',
        path: '/v1/masters/schemes',
        headers: etag === null ? {} : { 'if-none-match': etag },
        schema: masterSchema.nullable(),
        repeat: 'always',
        isInBackground: true,
        signal,
      })
      if (!answer.ok) return answer
      const { status, headers, body } = answer.value
      if (status === 304 && etag !== null) return ok(null)
      if (body === null || typeof headers.etag !== 'string') return fail('HUB_ANSWER_INVALID')
      return ok({ etag: headers.etag, asOf: body.asOf, schemes: body.schemes.map(schemeOf) })
    },
  }
}

const schemeOf = (wire: z.infer<typeof schemeSchema>): HubScheme => ({
  code: wire.schemeCode,
  payerNumber: wire.medicalSubsidyInsurerNumber ?? null,
  name: wire.schemeName,
  kind: wire.kind,
  municipality:
    wire.municipalityCode === undefined ? null : { code: wire.municipalityCode, name: wire.municipalityName ?? '' },
  validFrom: wire.validFrom,
  validTo: wire.validTo ?? null,
  conditions: (wire.additionalConditions ?? []).map(({ code, itemName, conditionName }) => ({
    code,
    item: itemName,
    condition: conditionName,
  })),
})
