// A plain HTTPS request to the sandbox, without our client: what any other program would see.
import { type RequestOptions, request } from 'node:https'
import { expect } from 'vitest'
import { type Answered, answerErrors, requestErrors, type Verb } from './api-document.ts'
import type { TrainingHub } from './training-hub.ts'

export interface CallOptions {
  /** Another door than the clinics'. */
  readonly url?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Another client certificate than the training clinic's, PEM. */
  readonly client?: { readonly certificate: string; readonly privateKey: string }
}

/** `body` is sent as JSON, a string as it is. The body of the answer is undefined where there is none. */
export function rawCall(
  training: { readonly hub: Pick<TrainingHub['hub'], 'url'>; readonly pki: Pick<TrainingHub['pki'], 'hub'> },
  method: Verb,
  path: string,
  body?: unknown,
  options: CallOptions = {},
) {
  const { hub, pki } = training
  const { certificate = pki.hub.clientCertificate, privateKey = pki.hub.clientKey } = options.client ?? {}
  const settings: RequestOptions = {
    method,
    ca: pki.hub.ca,
    cert: certificate,
    key: privateKey,
    agent: false,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...options.headers },
  }
  return new Promise<Answered>((resolve, reject) => {
    const sent = request(new URL(path, options.url ?? hub.url), settings, async (response) => {
      try {
        const parts: Buffer[] = []
        for await (const part of response) parts.push(part)
        const text = Buffer.concat(parts).toString('utf8')
        resolve({
          method,
          path,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text === '' ? undefined : JSON.parse(text),
        })
      } catch (error) {
        reject(error)
      }
    })
    sent.on('error', reject)
    sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  })
}

/**
 * A call whose answer is one of the document, and whose question is, unless the hub refuses it as none. An upload is
 * judged by its parts: the hub answers 200 whatever they are.
 */
export async function documentedCall(...call: Parameters<typeof rawCall>): Promise<Answered> {
  const [, method, path, body] = call
  const answer = await rawCall(...call)
  expect(answerErrors(answer), `${method} ${path} → ${answer.status}`).toEqual([])
  const isJudged = typeof body === 'object' && answer.status < 300 && !path.endsWith('/registrations')
  if (isJudged) expect(requestErrors(method, path, body)).toEqual([])
  return answer
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
