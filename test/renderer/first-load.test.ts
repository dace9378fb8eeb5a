// What a page needs before its first sight is small, however many pages the screen gets: the rest are files of their own that
// come afterwards. Packed as the headless shell sends them.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { builtPages } from './built-pages.ts'

let pages: ReadonlyMap<string, Buffer>
beforeAll(async () => {
  pages = await builtPages()
})

/** Of everything that a page's scripts import, in bytes; what they import only when they need it does not count. */
function firstLoad(page: string): { files: number; bytes: number } {
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
  return { files: found.size, bytes }
}

test('the JavaScript of the desk is at most 200 KB by gzip before its first sight', () => {
  const { files, bytes } = firstLoad('index.html')
  expect(files).toBeGreaterThan(1)
  expect(bytes).toBeLessThanOrEqual(200_000)
})

test('the patient’s page loads nothing of the desk', () => {
  const { bytes } = firstLoad('patient.html')
  expect(bytes).toBeLessThanOrEqual(150_000)
})
