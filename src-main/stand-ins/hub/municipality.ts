// The municipality's side: registrations of 医療費助成 as JSON or CSV, each one checked, linked to a person and answered for
// itself; the history of what was sent; and the check of the link between person and certificate that the Digital
// Agency announced for PMH. A municipality sees its own registrations only.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { linkOf } from '../people/handles.ts'
import type { Person } from '../people/person.ts'
import {
  type BasicFiveInfo,
  basicFiveInfo,
  carriesPersonalNumber,
  linkId,
  registrationSchema,
  registrationsOfCsv,
} from '../people/registration.ts'
import { holderOf, isMunicipality } from './door.ts'
import { problem } from './problem.ts'
import type { Registry } from './registry.ts'

const linkCheckRequest = z.strictObject({
  persons: z.array(z.strictObject({ linkId, basicFiveInfo })).min(1).max(1_000),
})
const uploadRequest = z.strictObject({ registrations: z.array(z.unknown()).min(1).max(10_000) })

/** A registration that was not taken: why, and which field it is about. */
const rejected = (code: string, field?: string) => ({
  outcome: 'rejected',
  code,
  ...(field !== undefined && { field }),
})

export async function addMunicipality(office: FastifyInstance, registry: Registry): Promise<void> {
  office.addHook('onRequest', async (request, reply) => {
    if (!isMunicipality(holderOf(request.socket))) return problem(reply, 403, 'client_not_allowed')
  })
  office.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const charset = /charset="?([A-Za-z0-9_-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8'
      const text = new TextDecoder(charset, { fatal: true }).decode(Buffer.from(body))
      done(null, { registrations: registrationsOfCsv(text) })
    } catch {
      // Another encoding than it says, or one that nobody knows.
      done(null, null)
    }
  })

  /** Who the registration is for, if what the municipality knows of the person is what the hub knows. */
  const check = async (link: string, info: BasicFiveInfo): Promise<Person | { code: string; field?: string }> => {
    const person = await registry.people.byLink(link)
    if (!person) return { code: 'link_unknown', field: 'linkId' }
    const field = differingField(person, info)
    return field === null ? person : { code: 'link_mismatch', field }
  }

  const register = async (municipality: string, upload: unknown) => {
    const parsed = registrationSchema.safeParse(upload)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
      return rejected('registration_invalid', field?.slice(0, 100))
    }
    const { linkId: link, basicFiveInfo: info, ...certificate } = parsed.data
    const linked = await check(link, info)
    if ('code' in linked) return rejected(linked.code, linked.field)
    const outcome = registry.register(municipality, linked, certificate)
    if (outcome === 'reused') return rejected('history_key_reused', 'historyKey')
    return outcome === 'nothing' ? rejected('nothing_to_withdraw', 'isDeleted') : { outcome }
  }

  office.post('/municipality/v1/registrations', { bodyLimit: 16 * 1024 * 1024 }, async (request, reply) => {
    if (carriesPersonalNumber(request.body)) return problem(reply, 400, 'personal_number_refused')
    const body = uploadRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    const results: object[] = []
    for (const upload of body.data.registrations) results.push(await register(holderOf(request.socket), upload))
    return { results }
  })

  office.get(
    '/municipality/v1/registrations',
    async (request: FastifyRequest<{ Querystring: { linkId?: string } }>, reply) => {
      const link = linkId.safeParse(request.query.linkId)
      if (!link.success) return problem(reply, 400, 'request_invalid')
      const person = await registry.people.byLink(link.data)
      if (!person) return problem(reply, 404, 'link_unknown')
      const versions = registry.history(holderOf(request.socket), person)
      return { versions: versions.map(({ receivedAt, certificate }) => ({ receivedAt, certificate })) }
    },
  )

  office.post('/municipality/v1/link-checks', async (request, reply) => {
    if (carriesPersonalNumber(request.body)) return problem(reply, 400, 'personal_number_refused')
    const body = linkCheckRequest.safeParse(request.body)
    if (!body.success) return problem(reply, 400, 'request_invalid')
    const results = body.data.persons.map(async ({ linkId: link, basicFiveInfo: info }) => {
      const linked = await check(link, info)
      return 'code' in linked ? linked : { code: 'link_ok' }
    })
    return { results: await Promise.all(results) }
  })

  office.get('/municipality/v1/persons', async (request) => {
    const code = holderOf(request.socket)
    const people = (await registry.people.all()).filter(({ municipality }) => (municipality?.code ?? code) === code)
    return {
      persons: people.map((person) => ({
        linkId: linkOf(person),
        name: person.name,
        nameKana: person.nameKana,
        dateOfBirth: person.birthDate,
        sex: person.sex,
      })),
    }
  })
}

/** Kana decide, not kanji: those are written in more than one way. */
const kana = (text: string) => text.normalize('NFKC').replace(/\s/g, '')

function differingField(person: Person, info: BasicFiveInfo): string | null {
  if (person.birthDate !== info.dateOfBirth) return 'basicFiveInfo.dateOfBirth'
  if (person.sex !== info.sex) return 'basicFiveInfo.sex'
  return kana(person.nameKana) === kana(info.nameKana) ? null : 'basicFiveInfo.nameKana'
}
