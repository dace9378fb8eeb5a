// The connections to the hub: kept alive, mutual TLS against the hub's own CA, straight or through the clinic's proxy
// (CONNECT: the proxy sees an address and ciphertext). What each handshake shows about us and about the clock is kept.
import { Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { buildConnector, Client, Pool } from 'undici'

/** PEM certificate and key, or both in one PKCS#12 file. The hub reads the clinic's code from the certificate. */
export type ClientIdentity =
  | { readonly certificate: string; readonly key: string }
  | { readonly pfx: Uint8Array; readonly passphrase: string }

export interface ConnectionOptions {
  /** https, origin only. */
  readonly origin: string
  /** PEM of the only CA that counts for the hub. */
  readonly ca: string
  readonly identity: ClientIdentity
  /** http address of the proxy, user and password in it where it wants them; null: straight. */
  readonly proxy: string | null
  readonly limits: { readonly connectMs: number; readonly firstByteMs: number; readonly bodyBytes: number }
}

export interface HubConnection {
  readonly pool: Pool
  /** The error of the newest socket that broke since `forget`; undici tells only of a lost one. */
  broken(): Error | null
  forget(): void
  /** The last day of our own certificate, known after the first handshake. */
  identityEnds(): Date | null
  close(): Promise<void>
}

/** Our own certificate, key or passphrase cannot be used, or the hub's CA cannot. */
export class IdentityFault extends Error {}

/** The proxy is there and will not connect us. */
export class ProxyRefusal extends Error {}

export function openConnection({ origin, ca, identity, proxy, limits }: ConnectionOptions): HubConnection {
  const secureContext = contextOf(ca, identity)
  const secure = buildConnector({
    ...(secureContext && { secureContext }),
    // HTTP/1.1 only, so that what is kept open and what is limited does not depend on the hub.
    allowH2: false,
    timeout: limits.connectMs,
  })
  const tunnel = proxy === null ? null : openTunnel(proxy, limits.connectMs)
  let brokenBy: Error | null = null
  let ends: Date | null = null

  const pool = new Pool(origin, {
    // A visit given up while its question hangs must not hold up the next patient's.
    connections: 4,
    connect(target, callback) {
      const opened: buildConnector.Callback = (...result) => {
        const [, socket] = result
        // Under TLS 1.3 the hub refuses our certificate after our side is ready.
        socket?.once('error', (error) => {
          brokenBy = error
        })
        if (socket instanceof TLSSocket) ends = endOf(socket) ?? ends
        callback(...result)
      }
      if (!secureContext) return callback(new IdentityFault(), null)
      if (!tunnel) return secure(target, opened)
      tunnel.to(target).then(
        (httpSocket) => secure({ ...target, httpSocket }, opened),
        (error: Error) => callback(error, null),
      )
    },
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.firstByteMs,
    // Counted while the body arrives, whatever its content-length says.
    maxResponseSize: limits.bodyBytes,
  })

  return {
    pool,
    broken: () => brokenBy,
    forget() {
      brokenBy = null
    },
    identityEnds: () => ends,
    async close() {
      await pool.destroy()
      await tunnel?.close()
    },
  }
}

/** null where OpenSSL refuses what it is given; for a PKCS#12 file it does not say why. */
function contextOf(ca: string, identity: ClientIdentity): SecureContext | null {
  try {
    return createSecureContext({
      // A list, because an empty text would stand for every CA that Node trusts.
      ca: [ca],
      minVersion: 'TLSv1.2',
      ...('pfx' in identity
        ? { pfx: Buffer.from(identity.pfx), passphrase: identity.passphrase }
        : { cert: identity.certificate, key: identity.key }),
    })
  } catch {
    return null
  }
}

function endOf(socket: TLSSocket): Date | null {
  const certificate = socket.getCertificate()
  const text = certificate && 'valid_to' in certificate ? certificate.valid_to : undefined
  const end = new Date(text ?? Number.NaN)
  return Number.isNaN(end.getTime()) ? null : end
}

function openTunnel(proxy: string, connectMs: number) {
  const { origin, username, password } = new URL(proxy)
  const client = new Client(origin, { connect: { timeout: connectMs } })
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers = username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }
  return {
    async to({ hostname, port }: buildConnector.Options) {
      const path = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port || 443}`
      const { statusCode, socket } = await client.connect({ path, headers, signal: AbortSignal.timeout(connectMs) })
      if (statusCode === 200 && socket instanceof Socket) return socket
      socket.destroy()
      throw new ProxyRefusal()
    },
    close: () => client.destroy(),
  }
}
