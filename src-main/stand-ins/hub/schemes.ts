// GET /v1/masters/schemes: the national schemes that eligibility/ knows, and the local ones of the pilot municipalities
// under the payer numbers of the samples, and what a switch has added. Told whole, or not at all when the caller holds the newest one.
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { shippedMaster } from '../../eligibility/schemes.ts'
import type { NewSchemes, Registry } from './registry.ts'

export const schemeRoutes = { schemes: '/v1/masters/schemes' } as const

export function addSchemes(door: FastifyInstance, registry: Pick<Registry, 'newSchemes'>): void {
  door.get(schemeRoutes.schemes, async (request, reply) => {
    const { body, etag } = await makeMaster(registry.newSchemes())
    reply.header('etag', etag)
    const held = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/)
    // RFC 9110, 13.1.2: weakly compared, and a star stands for any.
    if (held.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) return reply.code(304).send()
    return reply.type('application/json').send(body)
  })
}

async function makeMaster({ asOf, schemes }: NewSchemes) {
  const { localSchemesOf, municipalities, payerNumberOf } = await import('../people/residents.ts')
  const names = new Map(shippedMaster.national.toReversed().map(({ code, name }) => [code, name]))
  const national = [...names]
    .map(([schemeCode, schemeName]) => ({ schemeCode, schemeName, kind: 'national', validFrom: '2024-03-23' }))
    .sort((one, other) => (one.schemeCode < other.schemeCode ? -1 : 1))
  const local = municipalities.flatMap((municipality) =>
    localSchemesOf(municipality).map(({ law, name }) => ({
      schemeCode: law,
      medicalSubsidyInsurerNumber: payerNumberOf(law, municipality),
      schemeName: name,
      kind: 'local',
      municipalityCode: municipality.code,
      municipalityName: municipality.name,
      validFrom: '2024-03-23',
    })),
  )
  const body = JSON.stringify({ asOf, schemes: [...national, ...local, ...schemes] })
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
