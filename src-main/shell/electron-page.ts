// What the `app://` scheme serves: files of the built renderer by exact path, never anything outside that folder, each
// with the page's security headers.
import { extname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { pageOrigin } from './electron-ipc.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** The file behind an `app://` address, or null where there is none to be had. */
export function pageFile(rendererDir: string, address: string): URL | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (`${url.protocol}//${url.host}` !== pageOrigin) return null
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (path.includes('\0') || path.includes('\\')) return null
  const file = join(rendererDir, path)
  return file.startsWith(rendererDir + sep) && types[extname(file)] !== undefined ? pathToFileURL(file) : null
}

export const pageHeaders = (file: URL): Record<string, string> => ({
  'content-type': types[extname(file.pathname)] ?? 'application/octet-stream',
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
})
