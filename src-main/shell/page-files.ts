// What a page is made of, the same in both shells: files of the built renderer by exact path, never anything outside that
// folder, and the headers that go with each.
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { contentSecurityPolicy, permissionsPolicy } from './content-security-policy.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Path of a file as the build names them: no escapes, no name that starts with a dot, so no way out of the folder. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/

/** They go with every answer, also with one that refuses. */
export const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'permissions-policy': permissionsPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export interface PageFile {
  readonly type: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** The file at a path of the page, or null where there is none to be had. */
export async function pageFile(rendererDir: string, path: string): Promise<PageFile | null> {
  const type = types[extname(path)]
  if (type === undefined || !plainPath.test(path)) return null
  const content = await readFile(join(rendererDir, path)).catch(() => null)
  return content && { type, content: new Uint8Array(content) }
}
