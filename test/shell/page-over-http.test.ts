// How the pages go over HTTP: packed as the browser takes it, kept by it where the name says the content, and nothing else kept.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packPages } from '../../scripts/pack-pages.mjs'
import { type PagePlaces, pageOverHttp } from '../../src-main/shell/page-over-http.ts'
import { temporaryFolder } from '../support.ts'

const script = 'export const words = "窓口 窓口 窓口"\n'.repeat(100)

/** Pages as the build leaves them. */
function built(): PagePlaces {
  const [rendererDir, packedDir] = [join(temporaryFolder(), 'renderer'), join(temporaryFolder(), 'packed')]
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>')
  writeFileSync(join(rendererDir, 'icon.png'), 'picture')
  writeFileSync(join(rendererDir, 'assets', 'index-BlEOv5LX.js'), script)
  writeFileSync(join(rendererDir, 'assets', 'font-Xgv-2i4m.woff2'), 'font')
  writeFileSync(join(rendererDir, 'assets', 'unhashed.js'), script)
  packPages(rendererDir, packedDir)
  return { rendererDir, packedDir }
}

const path = '/assets/index-BlEOv5LX.js'
const unpack: Record<string, (content: Uint8Array) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync }

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;Q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['br;q=0, *', 'gzip'],
  ['identity', undefined],
  ['', undefined],
  ['br;q=nonsense', undefined],
  ['brotli', undefined],
])('a browser that takes "%s" gets it as %s', async (accepted, coding) => {
  const file = await pageOverHttp(built(), path, accepted)
  expect(file?.headers['content-encoding']).toBe(coding)
  // Whatever lies in between must not give one browser's packing to another.
  expect(file?.headers.vary).toBe('accept-encoding')
  const content = file?.content ?? new Uint8Array()
  expect(String(coding ? unpack[coding]?.(content) : Buffer.from(content))).toBe(script)
  if (coding) expect(content.byteLength).toBeLessThan(script.length / 5)
})

test('only what is named by its content is kept by the browser, and for ever', async () => {
  const places = built()
  const cacheOf = async (name: string) => (await pageOverHttp(places, name, 'br'))?.headers['cache-control']
  expect(await cacheOf(path)).toBe('public, max-age=31536000, immutable')
  expect(await cacheOf('/assets/font-Xgv-2i4m.woff2')).toBe('public, max-age=31536000, immutable')
  for (const name of ['/index.html', '/icon.png', '/assets/unhashed.js']) expect(await cacheOf(name)).toBeUndefined()
})

test('what is packed is nothing to fetch by itself, and what is packed but gone is not there', async () => {
  const places = built()
  expect(await pageOverHttp(places, `${path}.br`, 'br')).toBeNull()
  rmSync(join(places.rendererDir, path))
  expect(await pageOverHttp(places, path, 'br')).toBeNull()
})

test('without the packed files everything is still served', async () => {
  const places = built()
  rmSync(places.packedDir, { recursive: true })
  const file = await pageOverHttp(places, path, 'br, gzip')
  expect(file?.headers['content-encoding']).toBeUndefined()
  expect(Buffer.from(file?.content ?? []).toString()).toBe(script)
})
