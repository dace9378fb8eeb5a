// Through which proxy the hub is reached: what settings.json says, else HTTPS_PROXY and NO_PROXY as other programs read them,
// else what the system itself is set up with.

/** As Windows writes it down: `proxy:3128`, or `http=a:80;https=b:443`; exceptions with `*`, and `<local>` for names without a dot. */
export interface SystemProxy {
  readonly server: string
  readonly bypass: string
}

export interface ProxySources {
  /** As in process.env. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly system: SystemProxy | null
}

/** `proxy`: `none` goes straight whatever else says. null: straight. */
export function proxyOf(
  { url, proxy }: { readonly url: string; readonly proxy?: string | undefined },
  { environment, system }: ProxySources,
): string | null {
  if (proxy !== undefined) return proxy === 'none' ? null : proxy
  const { hostname } = new URL(url)
  const of = (name: string) => environment[name] ?? environment[name.toLowerCase()] ?? ''
  if (of('HTTPS_PROXY') !== '' || of('NO_PROXY') !== '') {
    return isExcepted(hostname, of('NO_PROXY')) || !URL.canParse(of('HTTPS_PROXY')) ? null : of('HTTPS_PROXY')
  }
  return system && !isBypassed(hostname, system.bypass) ? serverFor(system.server) : null
}

/** Host names, `.suffix`, or `*`. */
const isExcepted = (hostname: string, exceptions: string): boolean =>
  exceptions
    .split(/[\s,]+/)
    .some(
      (entry) =>
        entry === '*' || hostname === entry || (entry !== '' && hostname.endsWith(`.${entry.replace(/^\./, '')}`)),
    )

/** Windows never asks its proxy for what is on the computer itself. */
function isBypassed(hostname: string, bypass: string): boolean {
  if (/^(?:localhost|127\..*|\[::1\])$/.test(hostname)) return true
  return bypass
    .toLowerCase()
    .split(/[;\s]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '<local>') return !hostname.includes('.')
      const pattern = entry.replace(/^https?:\/\//, '').replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(hostname)
    })
}

function serverFor(server: string): string | null {
  const entries = server.split(/[;\s]+/).filter(Boolean)
  const forHttps = entries.find((entry) => /^https=/i.test(entry)) ?? entries.find((entry) => !entry.includes('='))
  if (forHttps === undefined) return null
  const address = forHttps.replace(/^https=/i, '')
  const proxy = /^https?:\/\//i.test(address) ? address : `http://${address}`
  return URL.canParse(proxy) ? proxy : null
}
