// One look at the way to the hub, step by step, so that the first thing that is wrong is named and not the last: our own
// certificate, the name, the line with an answer. Nothing about anybody is asked.
import { lookup } from 'node:dns/promises'
import { isIP, Socket } from 'node:net'
import { connect, createSecureContext, TLSSocket } from 'node:tls'
import type { Clock } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { createCalls, type PmhLimits } from './calls.ts'
import type { ClientIdentity } from './connection.ts'
import { healthSchema } from './wire.ts'

export interface HubWay {
  readonly url: string
  readonly ca: string
  readonly identity: ClientIdentity
  readonly proxy: string | null
}

/** The host whose name has to be known: the proxy's, where there is one. */
export const hostOnTheWay = ({ url, proxy }: Pick<HubWay, 'url' | 'proxy'>): string =>
  new URL(proxy ?? url).hostname.replace(/^\[|\]$/g, '')

/** Whether the name of the hub, or of the proxy on the way to it, has an address. */
export const isNameKnown = (way: Pick<HubWay, 'url' | 'proxy'>): Promise<boolean> =>
  lookup(hostOnTheWay(way)).then(
    () => true,
    () => false,
  )

/** Whether anything listens there: at the hub, or at the proxy on the way to it. */
export function isReached(way: Pick<HubWay, 'url' | 'proxy'>, limitMs = 6_000): Promise<boolean> {
  const { protocol, port } = new URL(way.proxy ?? way.url)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const usual = protocol === 'http:' ? 80 : 443
  const socket = new Socket()
  const timer = setTimeout(() => resolve(false), limitMs)
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  socket.connect({ host: hostOnTheWay(way), port: Number(port || usual) })
  return promise.finally(() => {
    clearTimeout(timer)
    socket.destroy()
  })
}

/** The days of our own certificate, read without a connection. Errors: SETTINGS_INVALID where it, its key or the CA cannot be used. */
export function daysOfIdentity({ ca, identity }: Pick<HubWay, 'ca' | 'identity'>): Result<{ from: Date; to: Date }> {
  try {
    const secureContext = createSecureContext({
      ca: [ca],
      ...('pfx' in identity
        ? { pfx: Buffer.from(identity.pfx), passphrase: identity.passphrase }
        : { cert: identity.certificate, key: identity.key }),
    })
    const socket = new TLSSocket(new Socket(), { secureContext })
    const certificate = socket.getCertificate()
    socket.destroy()
    if (!certificate || !('valid_to' in certificate)) return fail('SETTINGS_INVALID', { field: 'hub' })
    return ok({ from: new Date(certificate.valid_from), to: new Date(certificate.valid_to) })
  } catch {
    return fail('SETTINGS_INVALID', { field: 'hub' })
  }
}

export interface HubAnswer {
  /** How far the hub's clock is ahead of ours; null where it has not told its time. */
  readonly clockOffsetMs: number | null
}

/** Errors: HUB_ codes, SETTINGS_INVALID. */
export async function askHub(way: HubWay, clock: Clock, limits?: Partial<PmhLimits>): Promise<Result<HubAnswer>> {
  const calls = createCalls({ ...way, clock, limits })
  try {
    const answered = await calls.ask({ method: 'GET', path: '/v1/health', schema: healthSchema, repeat: 'always' })
    return answered.ok ? ok({ clockOffsetMs: calls.line().clockOffsetMs }) : answered
  } finally {
    await calls.close()
  }
}

/**
 * Why whoever answers in the hub's place cannot show to be it: out of date by our clock, under another name, by another CA;
 * `unknown` where it does not even speak TLS, or only a proxy could ask. Nothing is sent but a greeting.
 */
export async function doubtOf(
  { url, ca, proxy }: HubWay,
  limitMs = 3_000,
): Promise<'date' | 'name' | 'ca' | 'unknown'> {
  if (proxy !== null) return 'unknown'
  const { hostname, port } = new URL(url)
  const { promise, resolve } = Promise.withResolvers<'date' | 'name' | 'ca' | 'unknown'>()
  const host = hostname.replace(/^\[|\]$/g, '')
  const address = { host, port: Number(port || 443), ca: [ca], ...(isIP(host) === 0 && { servername: host }) }
  const socket = connect({ ...address, rejectUnauthorized: false }, () => {
    const why = String(socket.authorizationError ?? '')
    if (/EXPIRED|NOT_YET_VALID/.test(why)) resolve('date')
    else resolve(/altname|hostname/i.test(why) ? 'name' : 'ca')
  })
  const timer = setTimeout(() => resolve('unknown'), limitMs)
  socket.on('error', () => resolve('unknown'))
  return promise.finally(() => {
    clearTimeout(timer)
    socket.destroy()
  })
}
