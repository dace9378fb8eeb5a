// A file of the page as it goes over HTTP: packed where the build has done that and the browser takes it, and kept by the
// browser for ever where its name says its content. Whatever else this computer serves is kept nowhere: only the build's own
// files are named so, and nobody's data are in them.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageFile } from './page-files.ts'

export interface PagePlaces {
  readonly rendererDir: string
  /** The same files once more, packed, each with the ending of its packing. */
  readonly packedDir: string
}

/** The smaller one first. */
const packings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** As the build names what it has given a name by content: any other content has another name. */
const namedByContent = /^\/assets\/[^/]+-[\w-]{8}\.\w+$/

export interface HttpFile {
  readonly content: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** The file at a path of the page, or null where there is none to be had. `accepted`: what the browser says it can unpack. */
export async function pageOverHttp(places: PagePlaces, path: string, accepted: string): Promise<HttpFile | null> {
  const plain = await pageFile(places.rendererDir, path)
  if (!plain) return null
  const packed = await packedFile(places.packedDir, path, accepted)
  return {
    content: packed?.content ?? plain.content,
    headers: {
      'content-type': plain.type,
      vary: 'accept-encoding',
      ...(packed && { 'content-encoding': packed.coding }),
      ...(namedByContent.test(path) && { 'cache-control': 'public, max-age=31536000, immutable' }),
    },
  }
}

/** `path` is one that a file was found at. */
async function packedFile(folder: string, path: string, accepted: string) {
  for (const [coding, ending] of packings) {
    if (!isAccepted(coding, accepted)) continue
    const content = await readFile(join(folder, `${path}${ending}`)).catch(() => null)
    if (content) return { coding, content }
  }
  return null
}

/** RFC 9110, 12.5.3: a list with weights; 0 refuses, and * stands for whatever is not named. */
function isAccepted(coding: string, accepted: string): boolean {
  const weights = new Map(
    accepted.split(',').map((each) => {
      const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
      return [name, weight === undefined ? 1 : Number(weight)] as const
    }),
  )
  return (weights.get(coding) ?? weights.get('*') ?? 0) > 0
}
