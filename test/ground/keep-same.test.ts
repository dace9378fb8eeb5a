import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keepSame } from '../../src-main/ground/keep-same.ts'

describe('a view that follows another', () => {
  test('keeps the parts that are as before, and nothing else', () => {
    const before = { a: { b: [1, { c: 2 }] }, d: [{ e: 1 }, { e: 2 }], f: 'x' }
    const after = keepSame(before, { a: { b: [1, { c: 2 }] }, d: [{ e: 1 }, { e: 3 }], f: 'x' })
    expect(after).toEqual({ a: { b: [1, { c: 2 }] }, d: [{ e: 1 }, { e: 3 }], f: 'x' })
    expect(after.a).toBe(before.a)
    expect(after.d[0]).toBe(before.d[0])
    expect(after.d).not.toBe(before.d)
  })

  test('is always what was received', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(keepSame(before, structuredClone(after))).toEqual(after)
        expect(keepSame(after, structuredClone(after))).toEqual(after)
      }),
    )
  })

  test('is the same object when nothing has changed', () => {
    fc.assert(
      fc.property(fc.object(), (value) => {
        expect(keepSame(value, structuredClone(value))).toBe(value)
      }),
    )
  })
})
