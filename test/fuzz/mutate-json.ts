// JSON changed as a document: one place of it replaced, taken away, doubled or put elsewhere, so that it stays JSON and what is behind
// the parser is reached.
import { markers } from './target.ts'

type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string }

function placesOf(node: unknown): Place[] {
  if (typeof node !== 'object' || node === null) return []
  const holder: Place['holder'] = Array.isArray(node) ? node : Object(node)
  return Object.entries(node).flatMap(([key, value]) => [{ holder, key }, ...placesOf(value)])
}

const strange = [
  ...[
    '',
    '0',
    '54136015',
    '５４１３６０１５',
    '2026-02-30',
    '2026-11-23',
    '0000-00-00',
    '9999-12-31',
    '\ud842',
    '\u0000',
    'x'.repeat(300),
  ],
  ...[0, -1, 1, 0.5, 1e9, 2 ** 53, true, false, null, [], {}, [[]], { length: 1 }],
  ...['__proto__', 'constructor', 'present', 'none', 'notConsented', 'ended', ...markers],
] as const

/** Far more than any target takes: what was put into itself again and again would fill the memory. */
const mostCharacters = 400_000

const whole = (random: () => number, below: number) => Math.floor(random() * below)

/** null where it is no JSON. `values`: what else may stand somewhere. */
export function mutateJson(values: readonly unknown[] = []) {
  const all: readonly unknown[] = [...strange, ...values]
  // Its own copy: what is put in is changed later.
  const oneOf = (random: () => number): unknown => structuredClone(all[whole(random, all.length)])
  return (input: Uint8Array, random: () => number): Uint8Array | null => {
    let document: unknown
    try {
      document = JSON.parse(Buffer.from(input).toString('utf8'))
    } catch {
      return null
    }
    const places = placesOf(document)
    const place = places[whole(random, places.length)]
    if (!place) return null
    const { holder, key } = place
    const dice = random()
    const value: unknown = Reflect.get(holder, key)
    if (dice < 0.4) Reflect.set(holder, key, oneOf(random))
    else if (dice < 0.55) Reflect.deleteProperty(holder, key)
    else if (dice < 0.7 && typeof value === 'string') {
      const at = whole(random, value.length + 1)
      Reflect.set(holder, key, value.slice(0, at) + String(oneOf(random)) + value.slice(at))
    } else if (dice < 0.8 && Array.isArray(holder)) holder.push(structuredClone(value))
    else if (dice < 0.9) {
      const other = places[whole(random, places.length)]
      if (other) Reflect.set(other.holder, other.key, structuredClone(value))
    } else if (!Array.isArray(holder)) {
      // Also a name that an object has of itself.
      const what = { value: structuredClone(value), enumerable: true, configurable: true, writable: true }
      Object.defineProperty(holder, String(oneOf(random)), what)
    }
    const text = JSON.stringify(document)
    return text === undefined || text.length > mostCharacters ? null : Buffer.from(text, 'utf8')
  }
}
