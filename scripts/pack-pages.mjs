// Packs the built pages, for the shell that sends them over HTTP: once here and not at every request. The desktop program reads
// them from its own archive and has no use for it, so they lie beside its files and in no installer.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'

/** Fonts and pictures are packed already; the large font of rare kanji would take longer than it ever saves on one computer. */
const worthIt = /\.(css|html|js|svg)$/

export function packPages(from, to) {
  rmSync(to, { recursive: true, force: true })
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !worthIt.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    const packed = join(to, relative(from, file))
    mkdirSync(dirname(packed), { recursive: true })
    writeFileSync(`${packed}.gz`, gzipSync(content, { level: zlib.Z_BEST_COMPRESSION }))
    writeFileSync(`${packed}.br`, brotliCompressSync(content))
  }
}
