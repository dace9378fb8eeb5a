import { describe, expect, test } from 'vitest'
import { type BlockHeight, paginate } from '../../src-renderer/print/paginate.ts'
import { randomFrom } from '../random.ts'

const block = (pieces: readonly number[], more: Partial<BlockHeight> = {}): BlockHeight => ({
  ...{ head: 0, pieces, keepsNext: false, isWhole: false },
  ...more,
})

describe('blocks on sheets', () => {
  test('what fits lies on one sheet', () => {
    expect(paginate([block([40]), block([30, 30])], 100)).toEqual([
      [
        { block: 0, from: 0, to: 1 },
        { block: 1, from: 0, to: 2 },
      ],
    ])
  })

  test('a table goes on with its head on the next sheet', () => {
    expect(paginate([block([30, 30, 30, 30], { head: 20 })], 100)).toEqual([
      [{ block: 0, from: 0, to: 2 }],
      [{ block: 0, from: 2, to: 4 }],
    ])
  })

  test('a heading goes to the next sheet with what it is about', () => {
    const heading = block([10], { keepsNext: true })
    expect(paginate([block([60]), heading, block([20, 20], { isWhole: true })], 100)).toEqual([
      [{ block: 0, from: 0, to: 1 }],
      [
        { block: 1, from: 0, to: 1 },
        { block: 2, from: 0, to: 2 },
      ],
    ])
    // Of rows that may be torn apart, the first one is enough.
    expect(paginate([block([60]), heading, block([20, 20])], 100)[0]).toHaveLength(3)
  })

  test('what is to stay whole and is higher than a sheet is torn all the same', () => {
    expect(paginate([block([60, 60, 60], { isWhole: true })], 100)).toHaveLength(3)
  })

  test('a piece that is higher than a sheet has one to itself', () => {
    expect(paginate([block([10]), block([300]), block([10])], 100)).toHaveLength(3)
  })

  test('a paper without anything is one empty sheet', () => {
    expect(paginate([], 100)).toEqual([[]])
  })

  test('nothing is lost, said twice, out of order, or on a sheet that is too small for it', () => {
    const random = randomFrom(35)
    const below = (limit: number) => Math.floor(random() * limit)
    for (let round = 0; round < 300; round++) {
      const blocks = Array.from({ length: 1 + below(12) }, () =>
        block(
          Array.from({ length: 1 + below(6) }, () => 1 + below(60)),
          { head: below(15), keepsNext: below(3) === 0, isWhole: below(3) === 0 },
        ),
      )
      const sheets = paginate(blocks, 100)
      const pieces = sheets.flat().flatMap(({ block: at, from, to }) => {
        return Array.from({ length: to - from }, (_, place) => `${at} ${from + place}`)
      })
      expect(pieces).toEqual(blocks.flatMap(({ pieces: all }, at) => all.map((_, place) => `${at} ${place}`)))
      for (const sheet of sheets) {
        const height = sheet.reduce((sum, { block: at, from, to }) => {
          const { head, pieces: all } = blocks[at] ?? block([])
          return sum + head + all.slice(from, to).reduce((total, each) => total + each, 0)
        }, 0)
        const alone = sheet.length === 1 && sheet[0] && sheet[0].to - sheet[0].from === 1
        expect(height <= 100 || alone).toBe(true)
        expect(sheet.length).toBeGreaterThan(0)
      }
    }
  })
})
