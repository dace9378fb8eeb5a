// What a page loads before its first sight: every script that its scripts import; what they import only when they need it is
// not in it.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { builtPages } from './built-pages.ts'

/** `bytes`: of its JavaScript, each file by gzip as the headless shell sends it. */
export async function firstLoad(page: string): Promise<{ readonly files: readonly string[]; readonly bytes: number }> {
  const pages = await builtPages()
  const found = new Set<string>()
  const take = (path: string) => {
    const content = pages.get(path)
    if (!content) throw new Error(`${page} asks for ${path}, which is not there`)
    if (found.has(path)) return
    found.add(path)
    for (const [, imported = ''] of String(content).matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)) {
      take(join('assets', imported).replaceAll('\\', '/'))
    }
  }
  for (const [, path = ''] of String(pages.get(page)).matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)) take(path)
  const bytes = [...found].reduce((sum, path) => sum + gzipSync(pages.get(path) ?? '').byteLength, 0)
  return { files: [...found], bytes }
}
