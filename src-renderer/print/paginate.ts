// Lays the blocks of a paper on sheets: in order, torn only between rows, a heading never without what it is about. Pure: the
// heights come from the page that has drawn them (use-sheets.ts).

/** In any one unit. */
export interface BlockHeight {
  /** What comes again on each sheet that the block goes on to: its distance, the head of a table. */
  readonly head: number
  readonly pieces: readonly number[]
  readonly keepsNext: boolean
  readonly isWhole: boolean
}

/** The pieces of a block from `from` on, up to and without `to`. */
export interface Slice {
  readonly block: number
  readonly from: number
  readonly to: number
}

/** At least one sheet. What is higher than a whole one has one to itself, and is not cut. */
export function paginate(blocks: readonly BlockHeight[], room: number): readonly (readonly Slice[])[] {
  const sheets: Slice[][] = [[]]
  let used = 0
  const turn = () => {
    if (used === 0) return
    sheets.push([])
    used = 0
  }
  for (const [block, { head, pieces }] of blocks.entries()) {
    if (used + leastFrom(blocks, block) > room) turn()
    for (const [at, height] of pieces.entries()) {
      const isGoingOn = () => sheets.at(-1)?.at(-1)?.block === block
      if (used + height + (isGoingOn() ? 0 : head) > room) turn()
      const sheet = sheets.at(-1) ?? []
      const last = sheet.at(-1)
      if (last?.block === block) sheet.splice(-1, 1, { ...last, to: at + 1 })
      else {
        sheet.push({ block, from: at, to: at + 1 })
        used += head
      }
      used += height
    }
  }
  return sheets
}

const sum = (heights: readonly number[]) => heights.reduce((total, height) => total + height, 0)

/** What must find room together with the beginning of this block; the block before may have asked for it already. */
function leastFrom(blocks: readonly BlockHeight[], from: number): number {
  let least = 0
  for (const { head, pieces, keepsNext, isWhole } of blocks.slice(from)) {
    least += head + (isWhole || keepsNext ? sum(pieces) : (pieces[0] ?? 0))
    if (!keepsNext) return least
  }
  return least
}
