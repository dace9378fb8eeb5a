// Asking the terminal: a file into `req`, its answer out of `res`, each within a limit or told as unanswered. An answer
// is ours when its name and the identifier inside it are; other programs number their requests in the same way, and an
// answer that comes late or twice finds nobody waiting.
import { randomUUID } from 'node:crypto'
import { type Clock, clinicDay, clinicMoment } from '../../ground/clock.ts'
import type { Encoding } from '../../ground/encodings.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { XmlElement } from '../../text/xml-reader.ts'
import type { Element } from '../../text/xml-text.ts'
import type { Mapping } from './mapping.ts'
import { abnormalFailure, readMessage, type TerminalMessage } from './message.ts'
import {
  type Registration,
  registrationElement,
  requestXml,
  searchElement,
  type TerminalQuestion,
} from './request-xml.ts'
import type { RequestFolder } from './threaded-folder.ts'

export interface TerminalRequests {
  /** OQSsiquc01: one person by insurance numbers. Errors: TERMINAL_ codes, TEXT_NOT_ENCODABLE. */
  confirm(query: TerminalQuestion): Promise<Result<TerminalMessage>>
  /**
   * OQSmuquc01 and 02: many people in two steps, `arbitraryIdentifier` telling whose answer is whose. Errors: as above,
   * TERMINAL_MAPPING_INVALID where the mapping only assumes the names of its body.
   */
  confirmMany(queries: readonly TerminalQuestion[]): Promise<Result<TerminalMessage>>
  /** OQSsiimm01: registers 照会番号. Errors: as above. */
  register(registration: Registration): Promise<Result<TerminalMessage>>
}

/** In milliseconds. */
export interface RequestLimits {
  /** A single answer comes within seconds. */
  readonly answerMs: number
  /** The whole of a bulk request, and the pause before its result is asked for again. */
  readonly bulkMs: number
  readonly pollMs: number
}

const usualLimits: RequestLimits = { answerMs: 30_000, bulkMs: 1_800_000, pollMs: 10_000 }

export interface RequestOptions {
  readonly folder: Pick<RequestFolder, 'put'>
  readonly mapping: () => Mapping
  readonly training: boolean
  /** 医療機関コード */
  readonly institutionCode: string
  readonly encoding: Encoding
  /** The next number of the day (YYYY-MM-DD) from 1 on, never the same twice, also after a restart. */
  readonly nextNumber: (day: string) => Promise<Result<number>>
  readonly clock: Clock
  readonly limits?: RequestLimits | undefined
}

/** Numbers that another program, or another desk, may have used in a row before we give up. */
const takenInARow = 500

const base = (name: string) => name.replace(/\.(xml|zip)$/i, '')

type Kind = 'OQSsiquc01' | 'OQSmuquc01' | 'OQSmuquc02' | 'OQSsiimm01'

export function createTerminalRequests(options: RequestOptions): TerminalRequests & {
  answered(name: string, documents: readonly XmlElement[]): void
  /** The answer is there and cannot be read. */
  refused(name: string, failure: Failure): void
} {
  const { folder, mapping, training, clock, limits = usualLimits } = options
  /** By the name of the answer without its extension. */
  const waiting = new Map<string, (documents: Result<readonly XmlElement[]>) => void>()

  const send = async (kind: Kind, body: readonly Element[], limitMs: number): Promise<Result<TerminalMessage>> => {
    const now = clinicMoment(clock.now())
    const day = clinicDay(clock.now())
    const fileIdentifier = randomUUID()
    const { institutionCode, encoding } = options
    const header = { processedAt: now.replaceAll(/\D/g, '').slice(0, 14), institutionCode, fileIdentifier, encoding }
    const content = requestXml(header, body, mapping())
    if (!content.ok) return content
    for (let tried = 0; tried < takenInARow; tried++) {
      const number = await options.nextNumber(day)
      if (!number.ok) return number
      if (number.value > 9_999) return fail('TERMINAL_REQUESTS_USED_UP')
      const request = `${kind}req_${day.replaceAll('-', '')}${String(number.value).padStart(4, '0')}`
      const answer = request.replace('req_', 'res_')
      const answers = [`${answer}.xml`, `${answer}.zip`]
      const answered = wait(answer, fileIdentifier, limitMs)
      const put = await folder.put({ name: `${request}.xml`, answers, content: content.value })
      if (put.ok && put.value) return answered.promise
      answered.stop()
      if (!put.ok) return put
    }
    return fail('TERMINAL_REQUESTS_USED_UP')
  }

  const wait = (answer: string, fileIdentifier: string, limitMs: number) => {
    const { promise, resolve } = Promise.withResolvers<Result<TerminalMessage>>()
    const stop = () => {
      clearTimeout(timer)
      waiting.delete(answer)
    }
    const end = (result: Result<TerminalMessage>) => {
      stop()
      resolve(result)
    }
    const timer = setTimeout(() => end(fail('TERMINAL_NO_ANSWER')), limitMs)
    waiting.set(answer, (read) => {
      if (!read.ok) return end(read)
      const rules = { mapping: mapping(), training }
      const messages: TerminalMessage[] = []
      for (const document of read.value) {
        const message = readMessage(document, rules)
        if (!message.ok) return end(message)
        // Somebody else's answer under the same name: ours is still to come.
        if (message.value.fileIdentifier !== fileIdentifier) return
        messages.push(message.value)
      }
      const [first] = messages
      if (first) end(ok({ ...first, results: messages.flatMap(({ results }) => results) }))
    })
    return { promise, stop }
  }

  const done = (answer: Result<TerminalMessage>): Result<TerminalMessage> =>
    answer.ok && answer.value.outcome !== 'done' ? { ok: false, error: abnormalFailure(answer.value) } : answer

  const mayAssume = (field: 'bulk' | 'registration'): boolean =>
    training || mapping().requests[field].status === 'confirmed'
  const assumed = (field: string) => fail('TERMINAL_MAPPING_INVALID', { field: `requests.${field}` })

  return {
    async confirm(query) {
      return done(await send('OQSsiquc01', [searchElement(query, mapping())], limits.answerMs))
    },
    async confirmMany(queries) {
      if (!mayAssume('bulk')) return assumed('bulk')
      const end = performance.now() + limits.bulkMs
      const body = queries.map((query) => searchElement(query, mapping()))
      const accepted = done(await send('OQSmuquc01', body, limits.answerMs))
      if (!accepted.ok) return accepted
      const { receptionNumber } = accepted.value
      const name = mapping().body.receptionNumber
      if (receptionNumber === null) return fail('TERMINAL_FILE_INVALID', { field: name })
      for (;;) {
        const answer = await send('OQSmuquc02', [[name, receptionNumber]], limits.answerMs)
        if (!answer.ok || answer.value.outcome !== 'inProgress') return done(answer)
        if (performance.now() + limits.pollMs > end) return fail('TERMINAL_NO_ANSWER')
        await new Promise((resolve) => setTimeout(resolve, limits.pollMs))
      }
    },
    async register(registration) {
      if (!mayAssume('registration')) return assumed('registration')
      return done(await send('OQSsiimm01', [registrationElement(registration, mapping())], limits.answerMs))
    },
    answered(name, documents) {
      waiting.get(base(name))?.(ok(documents))
    },
    refused(name, failure) {
      waiting.get(base(name))?.({ ok: false, error: failure })
    },
  }
}
