// Errors of the sandbox hub as RFC 9457 problem documents: a code for programs, a title for people, nothing about the
// patient.
import type { FastifyReply } from 'fastify'

export const problem = (reply: FastifyReply, status: number, code: string): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: code.replaceAll('_', ' '), status, code })
