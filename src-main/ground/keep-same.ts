// Most of a new state is as before. What has not changed stays the same object, so that a page draws again only what has,
// and what has changed can be told apart.

/** `next` with every part that equals the one in `previous` replaced by it. For plain JSON values. */
export function keepSame<T>(previous: unknown, next: T): T
export function keepSame(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next) || !isPlain(previous) || !isPlain(next)) return next
  if (Array.isArray(previous) !== Array.isArray(next)) return next
  const before: Readonly<Record<string, unknown>> = { ...previous }
  const keys = Object.keys(next)
  let isSame = Object.keys(before).length === keys.length
  const parts = keys.map((key): [string, unknown] => {
    const value: unknown = Reflect.get(next, key)
    const part = Object.hasOwn(before, key) ? keepSame(before[key], value) : value
    isSame &&= Object.hasOwn(before, key) && Object.is(part, before[key])
    return [key, part]
  })
  if (isSame) return previous
  return Array.isArray(next) ? parts.map(([, part]) => part) : Object.fromEntries(parts)
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null

/** For plain JSON values. */
export const isSame = (one: unknown, other: unknown): boolean => Object.is(keepSame(one, other), one)
