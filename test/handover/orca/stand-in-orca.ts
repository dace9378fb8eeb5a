// A receipt computer that speaks ORCA's interface and is not tame: it knows the fields of every call in their documented
// order and answers 91 to anything else, locks a patient, asks back, refuses overlaps and doubles, has calls switched off,
// and drops the line before or after it has done what it was asked. What it was sent is kept for other programs to read.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import { onTestFinished } from 'vitest'
import type { HeldBenefit } from '../../../src-main/handover/orca/compare.ts'
import { callsOf } from './orca-calls.ts'
import { answerText, requestOf } from './typed-xml.ts'

export interface SamplePatient {
  readonly number: string
  readonly name: string
  readonly nameKana: string
  readonly birthDate: string
  readonly sex: string
  benefits: HeldBenefit[]
}

export interface Received {
  readonly patient: string
  readonly day: string
  readonly department: string
}

/** What becomes of one call. `silent`: done, and no answer for ever; `garbled`: done, and half an answer. `meanwhile`: something else happens first. */
type Fault =
  | { readonly meanwhile: () => void }
  | 'dropBefore'
  | 'dropAfter'
  | 'silent'
  | 'garbled'
  | { readonly status: number }
  | { readonly body: string }

export interface StandInOrca {
  url: string
  readonly patients: SamplePatient[]
  readonly receptions: Received[]
  /** Who has a patient open: a Karte_Uid, or a terminal's name. */
  readonly locks: Map<string, { readonly karteUid: string; readonly orcaUid: string }>
  /** Whether a name may be searched by in kana. */
  searchesKana: boolean
  /** Whether it has remarks about what is registered when it reads a patient. */
  hasRemarks: boolean
  /** Questions (Patient_Select) that wait before the next commits. */
  readonly questions: string[]
  /** Paths that are not switched on. */
  readonly off: Set<string>
  /** By the number of the call, the first being 1. */
  readonly faults: Map<number, Fault>
  /** Every request so far: path and body. */
  readonly asked: { readonly path: string; readonly body: Buffer }[]
}

export const password = 'correct horse'

export async function startOrca(
  options: { readonly prefix?: string; readonly tls?: ServerOptions } = {},
): Promise<StandInOrca> {
  const orca: StandInOrca = {
    url: '',
    patients: [],
    receptions: [],
    locks: new Map(),
    searchesKana: true,
    hasRemarks: false,
    questions: [],
    off: new Set(),
    faults: new Map(),
    asked: [],
  }
  const { off, faults, asked } = orca
  const calls = callsOf(orca)

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part)
    const body = Buffer.concat(parts)
    const path = incoming.url ?? ''
    asked.push({ path, body })
    const fault = faults.get(asked.length)
    if (fault === 'dropBefore') return incoming.socket.destroy()
    const say = (status: number, text = '') => {
      if (fault === 'dropAfter') return incoming.socket.destroy()
      if (fault === 'silent') return
      // Headers of a hybrid installation, which nobody asked for.
      response.writeHead(status, {
        'content-type': 'application/xml; charset=UTF-8',
        'x-orca-hybrid': 'on; master=cloud',
        'x-hybrid-sync': '2026-11-23T09:15:00+09:00',
      })
      response.end(fault === 'garbled' ? text.slice(0, text.length / 2) : text)
    }
    if (typeof fault === 'object' && 'meanwhile' in fault) fault.meanwhile()
    else if (typeof fault === 'object') return 'status' in fault ? say(fault.status) : say(200, fault.body)
    const basic = `Basic ${Buffer.from(`madoguchi:${password}`).toString('base64')}`
    if (incoming.headers.authorization !== basic) return say(401)
    const prefix = options.prefix ?? ''
    const call = path.startsWith(prefix) ? calls[path.slice(prefix.length)] : undefined
    if (!call) return say(404)
    if (off.has(path.slice(prefix.length)) || incoming.method !== 'POST') return say(405)
    const request = requestOf(body, call)
    return say(200, answerText(call.name.replace('req', 'res'), request ? call.answer(request) : { Api_Result: '91' }))
  }

  const listener = (incoming: IncomingMessage, response: ServerResponse) => void handle(incoming, response)
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  orca.url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${address.port}`
  return orca
}
