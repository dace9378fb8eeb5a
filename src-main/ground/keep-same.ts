// Most of a new state is as before. What has not changed stays the same object, so that a page draws again only what has,
// and what has changed can be told apart.

/** `next` with every part that equals the one in `previous` replaced by it; itself where there is none. For plain JSON values. */
export function keepSame<T>(previous: unknown, next: T): T
export function keepSame(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next) || !isPlain(previous) || !isPlain(next)) return next
  if (Array.isArray(previous) && Array.isArray(next)) return rowsKept(previous, next)
  if (Array.isArray(previous) || Array.isArray(next)) return next
  const before: Readonly<Record<string, unknown>> = { ...previous }
  const keys = Object.keys(next)
  let isSame = Object.keys(before).length === keys.length
  let isNew = true
  const parts = keys.map((key): [string, unknown] => {
    const value: unknown = Reflect.get(next, key)
    const part = Object.hasOwn(before, key) ? keepSame(before[key], value) : value
    isSame &&= Object.hasOwn(before, key) && Object.is(part, before[key])
    isNew &&= Object.is(part, value)
    return [key, part]
  })
  if (isSame) return previous
  return isNew ? next : Object.fromEntries(parts)
}

/** A long list comes with every change: it is gone through without making anything of it. */
function rowsKept(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let isSame = previous.length === next.length
  let isNew = true
  const rows = next.map((value, place) => {
    const row = place < previous.length ? keepSame(previous[place], value) : value
    isSame &&= Object.is(row, previous[place])
    isNew &&= Object.is(row, value)
    return row
  })
  if (isSame) return previous
  return isNew ? next : rows
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null

/** For plain JSON values. */
export const isSame = (one: unknown, other: unknown): boolean => Object.is(keepSame(one, other), one)
