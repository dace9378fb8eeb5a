// The proxy that the system is set up with, for both shells. On Windows clinic IT sets it once for every program; elsewhere
// HTTPS_PROXY is how a program is told.
import type { SystemProxy } from '../settings/proxy.ts'

/** null: none, or the system does not say. */
export async function systemProxy(): Promise<SystemProxy | null> {
  if (process.platform !== 'win32') return null
  try {
    return (await import('../../native/windows-proxy.ts')).windowsProxy()
  } catch {
    return null
  }
}
