// A plain HTTPS request to the sandbox, without our client: what any other program would see.
import { request } from 'node:https'
import type { TrainingHub } from './training-hub.ts'

export interface RawAnswer {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly contentType: string
  readonly body: unknown
}

/** `body` is sent as JSON, a string as it is. */
export function rawCall(training: TrainingHub, method: 'GET' | 'POST', path: string, body?: unknown) {
  const { hub, pki } = training
  return new Promise<RawAnswer>((resolve, reject) => {
    const sent = request(
      new URL(path, hub.url),
      {
        method,
        ca: pki.hub.ca,
        cert: pki.hub.clientCertificate,
        key: pki.hub.clientKey,
        agent: false,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
      },
      async (response) => {
        const parts: Buffer[] = []
        for await (const part of response) parts.push(part)
        resolve({
          method,
          path,
          status: response.statusCode ?? 0,
          contentType: String(response.headers['content-type']),
          body: JSON.parse(Buffer.concat(parts).toString('utf8')),
        })
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  })
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
