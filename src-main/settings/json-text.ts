// A settings file as a person typed it: what it says and where each entry stands, or why it is no JSON, in the words of
// somebody who has it open in an editor. What counts is what JSON.parse says; jsonc-parser only knows the places.
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { SettingReason } from '../ground/setting-fault.ts'

/** Counted from 1; columns in characters as a person counts them. */
interface Place {
  readonly line: number
  readonly column: number
}

/** Names and numbers from the whole to an entry. */
export type SettingPath = readonly (string | number)[]

export interface TextFault extends Partial<Place> {
  readonly path: SettingPath
  readonly reason: SettingReason
}

/** Where the entry stands (its name, or its value); of one that is not there, where it would. */
export type PlaceOf = (path: SettingPath, what: 'name' | 'value') => Place

export type JsonText =
  | { readonly faults: readonly TextFault[] }
  | { readonly faults: null; readonly content: unknown; readonly placeOf: PlaceOf }

export function readJsonText(text: string): JsonText {
  const at = (offset: number): Place => placeIn(text, offset)
  // UTF-16 without its mark, or what a power cut leaves.
  if (text.includes('\0')) return { faults: [{ path: [], reason: 'encoding', line: 1 }] }
  const deep = tooDeepAt(text)
  if (deep !== null) return { faults: [{ path: [], reason: 'tooDeep', ...at(deep) }] }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    const found = errors.length > 0 ? worthTelling(text, errors) : [{ reason: 'syntax', offset: 0 } as const]
    return { faults: found.map(({ reason, offset }) => ({ path: [], reason, ...at(offset) })) }
  }
  const twice = root ? namedTwice(root) : []
  if (twice.length > 0) {
    return { faults: twice.map(({ path, node }) => ({ path, reason: 'twice', ...at(node.offset) })) }
  }
  const placeOf: PlaceOf = (path, what) => at(root ? offsetOf(root, path, what) : 0)
  return { faults: null, content, placeOf }
}

/** Far more than any setting has, and far less than whoever follows them within each other can bear. */
const deepest = 100

/** Where more brackets are open within each other than that; null: nowhere. What stands in a text is none. */
export function tooDeepAt(text: string): number | null {
  let open = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') open++
    if (token === ']' || token === '}') open--
    if (open > deepest) return index
  }
  return null
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 }
}

function offsetOf(root: Node, path: SettingPath, what: 'name' | 'value'): number {
  const node = findNodeAtLocation(root, [...path])
  if (!node) return path.length === 0 ? root.offset : offsetOf(root, path.slice(0, -1), 'name')
  const isProperty = node.parent?.type === 'property'
  return isProperty && what === 'name' ? (node.parent?.offset ?? node.offset) : node.offset
}

/** JSON.parse takes the last one silently: somebody would go on changing the first. */
function namedTwice(root: Node, path: SettingPath = []): readonly { path: SettingPath; node: Node }[] {
  const { type, children = [] } = root
  if (type === 'array') return children.flatMap((child, index) => namedTwice(child, [...path, index]))
  if (type !== 'object') return []
  const known = new Set<unknown>()
  return children.flatMap((property) => {
    const [name, value] = property.children ?? []
    const inside = [...path, String(name?.value)]
    const isKnown = known.has(name?.value)
    known.add(name?.value)
    return [...(isKnown ? [{ path: inside, node: property }] : []), ...(value ? namedTwice(value, inside) : [])]
  })
}

interface Found {
  readonly reason: SettingReason
  readonly offset: number
}

/** After these the parser still knows where it is; after any other one it only guesses. */
const harmless: readonly SettingReason[] = ['comment', 'extraComma', 'backslash', 'control']

function worthTelling(text: string, errors: readonly ParseError[]): readonly Found[] {
  const all = errors.map((error) => foundAt(text, error))
  const first = all.findIndex(({ reason }) => !harmless.includes(reason))
  const told = first < 0 ? all : all.slice(0, first + 1)
  return told.filter(({ offset }, index) => told.findIndex((other) => other.offset === offset) === index)
}

/** What an input method for Japanese types, and word processors make of a quotation mark. */
const fullWidth = /[\u2018-\u201f\u3000-\u3002\u300c-\u300f\uff01-\uff5e]/
/** What nobody sees. */
const unseen = /[\p{Cf}\p{Zl}\p{Zp}\u00a0]/u

function foundAt(text: string, { error, offset, length }: ParseError): Found {
  const code = printParseErrorCode(error)
  const token = text.slice(offset, offset + length)
  const rest = text.slice(offset)
  const char = text[offset]
  const isEnd = rest.trim() === ''
  const found = (reason: SettingReason, shift = 0): Found => ({ reason, offset: offset + Math.max(0, shift) })
  const comma = beforeIt(text, offset)
  switch (code) {
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return found('comment')
    case 'InvalidSymbol':
      return found(...symbolReason(token, text[offset - 1]))
    case 'InvalidNumberFormat':
    case 'UnexpectedEndOfNumber':
      return found('number')
    case 'InvalidCharacter':
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
      return found('control', token.search(/[\x00-\x1f]/))
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return found('backslash', token.search(/\\(?!["\\/bfnrt]|u[0-9a-f]{4})/i))
    case 'UnexpectedEndOfString': {
      const closed = token.slice(1).search(/[\u201c\u201d\uff02\u300d]/)
      if (closed >= 0) return found('fullWidth', closed + 1)
      // Explorer's path with a separator at its end: \" is no end of a text.
      return token.includes('\\') ? found('backslash', token.indexOf('\\')) : found('quoteOpen')
    }
    case 'EndOfFileExpected':
      return found(/[}\]]/.test(char ?? '') ? 'bracketExtra' : 'behindEnd')
    default:
  }
  if (text.trim() === '') return { reason: 'empty', offset: 0 }
  if (isEnd) return found('bracketOpen')
  switch (code) {
    case 'PropertyNameExpected':
    case 'ValueExpected':
      if (comma !== null) return { reason: 'extraComma', offset: comma }
      if (char === ',') return found('extraComma')
      return found(code === 'ValueExpected' ? 'valueMissing' : 'unquoted')
    case 'ColonExpected':
      return found('colonMissing')
    case 'CommaExpected':
      if (/[}\]]/.test(char ?? '')) return found('bracketOpen')
      return found(/^\d$/.test(char ?? '') && /\d/.test(text[offset - 1] ?? '') ? 'number' : 'commaMissing')
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
      return found('bracketOpen')
    default:
      return found('syntax')
  }
}

/** Where a comma stands before it with nothing in between; null: there is none. */
function beforeIt(text: string, offset: number): number | null {
  const before = text.slice(0, offset).trimEnd()
  return before.endsWith(',') ? before.length - 1 : null
}

function symbolReason(token: string, before: string | undefined): [SettingReason, number] {
  const wide = token.search(fullWidth)
  if (wide >= 0) return ['fullWidth', wide]
  const hidden = token.search(unseen)
  if (hidden >= 0) return ['control', hidden]
  if (token.startsWith("'")) return ['singleQuote', 0]
  if (token.startsWith('#') || token.startsWith('/')) return ['comment', 0]
  if (token.startsWith(';')) return ['commaMissing', 0]
  if (/^[A-Za-z_$\\]/.test(token)) return ['unquoted', 0]
  if (/^[+.]/.test(token) || /\d/.test(before ?? '')) return ['number', 0]
  return ['syntax', 0]
}
