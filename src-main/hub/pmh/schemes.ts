// The hub's master of schemes, asked for with the version already held.
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import type { SchemeUpdate } from '../../eligibility/schemes.ts'
import { fail, ok } from '../../ground/result.ts'
import type { SchemeMasterSource } from '../scheme-master.ts'
import type { PmhCalls } from './calls.ts'
import { someText, text } from './wire.ts'

export const schemeSchema = z.object({
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
  municipalityName: someText(100).optional(),
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
      return ok({ etag: headers.etag, master: masterOf(body) })
    },
  }
}

/** A local scheme without its number cannot be told from another town's, and is left out. */
function masterOf({ asOf, schemes }: z.infer<typeof masterSchema>): SchemeUpdate {
  const source = 'hub'
  const national = schemes.filter(({ kind }) => kind === 'national')
  const local = schemes.flatMap(({ medicalSubsidyInsurerNumber: payerNumber, ...scheme }) =>
    scheme.kind === 'local' && payerNumber !== undefined ? [{ payerNumber, ...scheme }] : [],
  )
  return {
    version: asOf,
    sources: { [source]: { title: 'PMH 制度マスタ', date: asOf, confirmed: true } },
    national: national.map(({ schemeCode, schemeName, validFrom, validTo }) => ({
      code: schemeCode,
      name: schemeName,
      validFrom,
      validTo: validTo ?? null,
      source,
    })),
    precedence: { source, codes: [] },
    local: local.map(({ payerNumber, schemeName, municipalityName, validFrom, validTo }) => ({
      payerNumber,
      name: schemeName,
      municipality: municipalityName ?? '',
      validFrom,
      validTo: validTo ?? null,
      source,
    })),
    conditions: local.flatMap(({ payerNumber, additionalConditions = [] }) =>
      additionalConditions.map(({ code, itemName, conditionName }) => ({
        payerNumber,
        code,
        text: `${itemName}：${conditionName}`,
        source,
      })),
    ),
  }
}
