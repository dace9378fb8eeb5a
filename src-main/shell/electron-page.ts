// What the `app://` scheme serves: files of the built renderer by exact path, never anything outside that folder, each
// with the page's security headers.
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
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

/** Path of a file as the build names them: no escapes, no name that starts with a dot, so no way out of the folder. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

/** The file behind an `app://` address, or null where there is none to be had. */
function pageFile(rendererDir: string, address: string): { readonly path: string; readonly type: string } | null {
  const url = URL.parse(address)
  if (url === null || `${url.protocol}//${url.host}` !== pageOrigin || !plainPath.test(url.pathname)) return null
  const type = types[extname(url.pathname)]
  return type === undefined ? null : { path: join(rendererDir, url.pathname), type }
}

/** 200 with the file, or 404 without a word. The policy goes with every answer. */
export async function pageResponse(rendererDir: string, address: string): Promise<Response> {
  const headers = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
  const file = pageFile(rendererDir, address)
  const content = file && (await readFile(file.path).catch(() => null))
  if (!file || !content) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(content), { headers: { ...headers, 'content-type': file.type } })
}
