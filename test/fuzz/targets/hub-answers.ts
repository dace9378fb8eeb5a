// What the hub answers, from the bytes of a body on: every schema of the wire, and what the house makes of it.
import { answersSchema } from '../../../src-main/eligibility/model.ts'
import { problemFailure } from '../../../src-main/hub/pmh/failure.ts'
import { answersOf, patientOf } from '../../../src-main/hub/pmh/map.ts'
import { itemsOf, requeryPageSchema } from '../../../src-main/hub/pmh/requeries.ts'
import { schemeSchema } from '../../../src-main/hub/pmh/schemes.ts'
import { eligibilitySchema, personSchema, sessionSchema } from '../../../src-main/hub/pmh/wire.ts'
import { samplesOf } from '../../../src-main/stand-ins/people/sample-holdings.ts'
import { eligibilityErrors } from '../../hub/api-document.ts'
import { mutateJson } from '../mutate-json.ts'
import { holds, refused, same, type Target, taken } from '../target.ts'

const day = '2026-11-23'
const moment = `${day}T09:00:00+09:00`

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8')
const utf8 = new TextDecoder('utf-8', { fatal: true })

const answers = ['kosei-hitorioya', 'kodomo', 'ended', 'withheld', 'last-try'].map((persona) => ({
  patientReference: 'p-1',
  asOf: day,
  ...samplesOf(persona, day),
}))

/** A page of a re-query with this as its one answer. */
const pageWith = (eligibility: unknown) => ({
  requeryId: 'r'.repeat(20),
  state: 'finished',
  total: 1,
  answered: 1,
  personsPerMinute: 60,
  expiresAt: `${day}T09:00:00+09:00`,
  items: [{ outcome: 'answered', eligibility }],
  nextCursor: null,
})

const others = [
  { sessionId: 's'.repeat(20), challenge: 'A'.repeat(43), expiresAt: moment },
  { patientReference: 'p-1', name: '秘匿花子', nameKana: 'ﾋﾄｸﾊﾅｺ', birthDate: '1979-04-12', sex: 'female' },
  { type: 'about:blank', title: '秘匿花子', status: 404, code: 'patient_unknown', detail: 'QZHIMITSU' },
  pageWith(answers[0]),
]

/** What the hub's client does with a body. */
function read(input: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(input))
  } catch {
    return undefined
  }
}

const isWellFormed = (value: unknown) => !/\\ud[89a-f]/i.test(JSON.stringify(value) ?? '')

export const hubTarget = async (): Promise<Target> => ({
  covers: ['src-main/hub/pmh/', 'src-main/eligibility/model.ts'],
  seeds: [...answers, ...others].map(json),
  words: ['"status"', '"items"', ',', ':', '{', '}', '[', ']', 'null', '\\ud842', '"code"'],
  longest: 30_000,
  mutate: mutateJson(['certificate_expired', 'session_unknown', 'toString', '2026-04-01', '15138019']),
  run(input) {
    const body = read(input)
    const told = [400, 404, 429, 503].map((status) => problemFailure(status, body, '3'))
    for (const schema of [sessionSchema, personSchema, schemeSchema]) schema.safeParse(body)
    const person = personSchema.safeParse(body)
    if (person.success) patientOf(person.data)
    const page = requeryPageSchema.safeParse(body)
    if (page.success) itemsOf(page.data, moment)
    const answer = eligibilitySchema.safeParse(body)
    same(
      'an answer alone and in a page are taken alike',
      requeryPageSchema.safeParse(pageWith(body)).success,
      answer.success,
    )
    // The document that the hub's side reads, by a validator of its own: it may be wider in one thing alone, half characters.
    const isAllowed = body !== undefined && eligibilityErrors(body).length === 0
    if (isAllowed)
      holds('what the document allows is taken, but for half characters', answer.success || !isWellFormed(body))
    if (!answer.success) return page.success ? taken : refused(told)
    holds('what is taken, the document allows', isAllowed)
    const judged = answersOf(answer.data)
    same('what was read is what the house stores', answersSchema.parse(judged), judged)
    return taken
  },
})
