// XML from outside, read strictly: decoded by what it declares, never guessed, and refused whole when it is not
// well-formed, names a document type (and with it entities) or is larger or deeper than anything a terminal writes.
// saxes was chosen (docs/decisions/0005) because it is event driven: each limit stops it where it is crossed.
import { SaxesParser } from 'saxes'

export interface XmlElement {
  readonly name: string
  /** In their order; a repeated name does not get here. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: readonly XmlElement[]
  /** All text directly inside, joined; CDATA counts as text. */
  readonly text: string
}

/**
 * `size`: too many bytes, elements or attributes. `encoding`: none we read, or not the one it declares. `form`: not
 * well-formed, or with a document type.
 */
export type XmlFlaw = 'size' | 'encoding' | 'form'

export type XmlReading = { readonly root: XmlElement } | { readonly flaw: XmlFlaw }

export interface XmlLimits {
  readonly bytes: number
  readonly elements: number
}

/** The terminal's answers are a few dozen KiB; its bulk answers come zipped and have limits of their own. */
export const fileLimits: XmlLimits = { bytes: 4 * 1024 * 1024, elements: 50_000 }
const deepest = 32
const attributesOfOne = 32

/** Names that stand for Windows-31J in declarations; the terminal writes Shift_JIS and means code page 932. */
const cp932Names = ['shift_jis', 'shift-jis', 'sjis', 'x-sjis', 'windows-31j', 'ms932', 'cp932', 'csshiftjis']

const encodingNamed = (name: string): 'utf-8' | 'shift_jis' | null => {
  const lower = name.toLowerCase()
  if (lower === 'utf-8' || lower === 'utf8') return 'utf-8'
  return cp932Names.includes(lower) ? 'shift_jis' : null
}

/** Never throws, whatever the bytes are. */
export function readXml(bytes: Uint8Array, limits: XmlLimits = fileLimits): XmlReading {
  if (bytes.length > limits.bytes) return { flaw: 'size' }
  const decoded = decode(bytes)
  return decoded === null ? { flaw: 'encoding' } : parse(decoded.text, decoded.encoding, limits)
}

type Decoded = { readonly text: string; readonly encoding: 'utf-8' | 'shift_jis' }

function decode(bytes: Uint8Array): Decoded | null {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const head = Buffer.from(bytes.subarray(hasMark ? 3 : 0, 256)).toString('latin1')
  const declared = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1]
  const encoding = encodingNamed(declared ?? 'utf-8')
  if (encoding === null || (hasMark && encoding !== 'utf-8')) return null
  const text = decodeAs(encoding, bytes)
  // Other programs write the file anew in UTF-8 and leave its declaration: read as declared, every name would be
  // another one without any error. Text that is Japanese in UTF-8 is not CP932.
  if (encoding === 'shift_jis' && /[ぁ-ヿ一-鿿]/.test(decodeAs('utf-8', bytes) ?? '')) return null
  return text === null ? null : { text, encoding }
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Thrown through the parser, which has no other way to be stopped. */
class Refused extends Error {
  readonly flaw: XmlFlaw
  constructor(flaw: XmlFlaw) {
    super(flaw)
    this.flaw = flaw
  }
}

interface OpenElement {
  readonly name: string
  readonly attributes: (readonly [string, string])[]
  readonly children: XmlElement[]
  text: string
}

function parse(text: string, encoding: Decoded['encoding'], limits: XmlLimits): XmlReading {
  const document: OpenElement = { name: '', attributes: [], children: [], text: '' }
  const open: OpenElement[] = [document]
  let inside = document
  let elements = 0

  const parser = new SaxesParser({ position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' })
  parser.on('error', () => {
    throw new Refused('form')
  })
  parser.on('doctype', () => {
    throw new Refused('form')
  })
  parser.on('xmldecl', (declaration) => {
    // What the first bytes seemed to declare must be what the declaration says.
    if (encodingNamed(declaration.encoding ?? 'utf-8') !== encoding) throw new Refused('encoding')
  })
  parser.on('opentagstart', ({ name }) => {
    elements++
    if (elements > limits.elements || open.length > deepest) throw new Refused('size')
    inside = { name, attributes: [], children: [], text: '' }
    open.push(inside)
  })
  parser.on('attribute', ({ name, value }) => {
    if (inside.attributes.push([name, value]) > attributesOfOne) throw new Refused('size')
  })
  const addText = (part: string) => {
    inside.text += part
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
    const parent = open.at(-1) ?? document
    parent.children.push(inside)
    inside = parent
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof Refused) return { flaw: error.flaw }
    throw error
  }
  const [root] = document.children
  return root ? { root } : { flaw: 'form' }
}
