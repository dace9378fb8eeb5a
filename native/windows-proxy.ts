// The proxy that Windows itself is set up with for the signed-in user (Settings, Network, Proxy): clinic IT sets it there once
// for every program. A script that finds the proxy (PAC, „automatically detect“) is not run. Windows only: throws elsewhere.
import koffi from 'koffi'

const config = koffi.struct('WINHTTP_CURRENT_USER_IE_PROXY_CONFIG', {
  fAutoDetect: 'int32',
  lpszAutoConfigUrl: 'str16',
  lpszProxy: 'str16',
  lpszProxyBypass: 'str16',
})

/** As Windows writes them down; null: none is set. */
export function windowsProxy(): { readonly server: string; readonly bypass: string } | null {
  const read = koffi
    .load('winhttp.dll')
    .func('__stdcall', 'WinHttpGetIEProxyConfigForCurrentUser', 'bool', [koffi.out(koffi.pointer(config))])
  // Its strings stay allocated: a few bytes, once for each start.
  const found: { lpszProxy?: string | null; lpszProxyBypass?: string | null } = {}
  const isRead: unknown = read(found)
  return isRead === true && found.lpszProxy ? { server: found.lpszProxy, bypass: found.lpszProxyBypass ?? '' } : null
}
