// What the sandbox hub can be told to do wrong, so that staff can rehearse it and tests can show what the agent makes
// of it. Each fault is what a real line or server does, down to the broken connection.
import type { FastifyReply } from 'fastify'
import { problem } from './problem.ts'

export type Fault =
  /** The right answer, but this much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'error' }
  | { readonly kind: 'rateLimit'; readonly retryAfterS: number }
  | { readonly kind: 'redirect' }
  /** A maintenance page with status 200, as proxies send it. */
  | { readonly kind: 'notJson' }
  | { readonly kind: 'wrongSchema' }
  /** 2 MiB, sent in chunks without a content-length. */
  | { readonly kind: 'tooLarge' }
  /** The connection breaks within the body. */
  | { readonly kind: 'halfAnswer' }
  /** The connection breaks before the answer. */
  | { readonly kind: 'hangUp' }

/** Answers with the fault instead of the call's own answer. */
export function misbehave(fault: Exclude<Fault, { kind: 'slow' }>, reply: FastifyReply): FastifyReply {
  switch (fault.kind) {
    case 'error':
      return problem(reply, 500, 'internal')
    case 'rateLimit':
      return problem(reply.header('retry-after', fault.retryAfterS), 429, 'rate_limited')
    case 'redirect':
      return reply.redirect('https://localhost:1/v1/sessions', 307)
    case 'notJson':
      return reply.type('text/html').send('<html><body>maintenance</body></html>')
    case 'wrongSchema':
      return reply.type('application/json').send({ sessionId: 7, medicalSubsidy: 'yes' })
    case 'tooLarge': {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/json' })
      for (let part = 0; part < 32; part++) reply.raw.write(' '.repeat(64 * 1024))
      reply.raw.end('{}')
      return reply
    }
    case 'halfAnswer':
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      reply.raw.write('{"sessionId":"', () => reply.raw.destroy())
      return reply
    case 'hangUp':
      reply.hijack()
      reply.raw.destroy()
      return reply
  }
}
