// One door of the sandbox hub: a real HTTPS server with mutual TLS on loopback, that knows who knocks from the client
// certificate, tells the time of the hub's clock in every answer, and answers every error as a problem document.
import type { Socket } from 'node:net'
import { finished } from 'node:stream/promises'
import type { TLSSocket } from 'node:tls'
import fastify, { type FastifyInstance } from 'fastify'
import type { Clock } from '../../ground/clock.ts'
import type { TrainingPki } from '../certificates/pki.ts'
import { problem } from './problem.ts'

/** Schemas are zod's here. Left to itself, Fastify loads its own compilers for 80 ms of every start. */
const noSchemas = (): never => {
  throw new Error('the sandbox gives Fastify no schemas')
}

/** Not listening yet; bodies up to 64 KiB where a route does not say otherwise. */
export function createDoor({ hub }: TrainingPki, clock: Clock): FastifyInstance {
  const server = fastify({
    https: {
      ca: hub.ca,
      cert: hub.serverCertificate,
      key: hub.serverKey,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildValidator: () => noSchemas, buildSerializer: () => noSchemas } },
  })
  server.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    // A connection that is closed over what is still coming is reset on Windows, and the answer lost with it.
    if (status === 413) await finished(request.raw.resume()).catch(() => undefined)
    return problem(reply, status, status < 500 ? 'request_invalid' : 'internal')
  })
  server.setNotFoundHandler((_request, reply) => problem(reply, 404, 'not_found'))
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('date', clock.now().toUTCString())
  })
  return server
}

/** What stands as `serialNumber` in the subject of the client certificate that TLS has verified; '' where nothing does. */
export function holderOf(socket: Socket): string {
  const isTls = (candidate: Socket): candidate is TLSSocket => 'getPeerX509Certificate' in candidate
  const subject = isTls(socket) ? socket.getPeerX509Certificate()?.subject : undefined
  return /^serialNumber=([0-9]+)$/m.exec(subject ?? '')?.[1] ?? ''
}

/** 医療機関コード */
export const isClinic = (holder: string): boolean => /^[0-9]{10}$/.test(holder)
/** 全国地方公共団体コード */
export const isMunicipality = (holder: string): boolean => /^[0-9]{6}$/.test(holder)
