// A paper on its sheets. The page itself draws the blocks once, out of sight, at the width of the paper, and takes their
// heights: then what is shown and what is printed are the same sheets.
import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { isSame } from '../../src-main/ground/keep-same.ts'
import { paginate, type Slice } from './paginate.ts'
import { type Paper, pieceCount } from './paper.ts'
import { BlockPieces, Sheet, type SheetMarks } from './sheet.tsx'
import { measures } from './sizes.ts'

/** Pixels of a style sheet in a millimetre. */
const pxPerMm = 96 / 25.4
/** What the printer's own rounding may take. */
const slackMm = 1

export interface Sheets {
  readonly pages: readonly (readonly Slice[])[]
  readonly heightMm: number
}

export type Printed = Omit<SheetMarks, 'paper'> & { readonly paper: Paper }

/** `null` before anything could be measured. The element is that of `Measured`, which the caller draws. */
export function useSheets({
  paper,
  size,
}: Printed): readonly [sheets: Sheets | null, measure: RefObject<HTMLDivElement | null>] {
  const measure = useRef<HTMLDivElement>(null)
  const [sheets, setSheets] = useState<Sheets | null>(null)
  const [, drawAgain] = useReducer((count: number) => count + 1, 0)
  // A kanji of a name may come from a font that is only now fetched.
  useEffect(() => {
    document.fonts.addEventListener('loadingdone', drawAgain)
    return () => document.fonts.removeEventListener('loadingdone', drawAgain)
  }, [])
  // After every drawing: what stands there may have changed in any way.
  useLayoutEffect(() => {
    const drawn = measure.current?.querySelector('[data-sheet]')
    if (!drawn) return
    const next = layOut(drawn, paper, size)
    setSheets((before) => (before && isSame(before, next) ? before : next))
  })
  return [sheets, measure]
}

function layOut(drawn: Element, paper: Paper, size: Printed['size']): Sheets {
  const { height, margin } = measures[size]
  const heights = [...drawn.querySelectorAll('[data-block]')].map((element, at) => {
    const box = element.getBoundingClientRect()
    const tops = [...element.querySelectorAll('[data-piece]')].map((piece) => piece.getBoundingClientRect().top)
    return {
      head: (tops[0] ?? box.top) - box.top,
      pieces: tops.map((top, piece) => (tops[piece + 1] ?? box.bottom) - top),
      keepsNext: paper.blocks[at]?.keepsNext ?? false,
      isWhole: paper.blocks[at]?.isWhole ?? false,
    }
  })
  if (height === null) {
    const all = paper.blocks.map((block, at) => ({ block: at, from: 0, to: pieceCount(block) }))
    return { pages: [all], heightMm: Math.ceil(drawn.getBoundingClientRect().height / pxPerMm + slackMm) }
  }
  const [above, below] = ['[data-head]', '[data-foot]'].map(
    (part) => drawn.querySelector(part)?.getBoundingClientRect().height ?? 0,
  )
  const room = (height - 2 * margin - slackMm) * pxPerMm - (above ?? 0) - (below ?? 0)
  return { pages: paginate(heights, room), heightMm: height }
}

/** Every block once, as high as it is. */
export const Measured = ({ paper, ...marks }: Printed) => (
  <Sheet {...marks} paper={paper} heightMm={null} page={1} pages={1}>
    {paper.blocks.map((block, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a paper stand in their order
      <BlockPieces key={at} block={block} from={0} to={pieceCount(block)} size={marks.size} />
    ))}
  </Sheet>
)

/** `page`: from 0. `heightMm`: of the paper, or a hair less, so that no printer turns to another sheet. */
export function PaperSheet(
  props: Printed & { readonly sheets: Sheets; readonly page: number; readonly heightMm: number },
) {
  const { paper, size, isTraining, sheets, page, heightMm } = props
  return (
    <Sheet
      paper={paper}
      size={size}
      isTraining={isTraining}
      heightMm={heightMm}
      page={page + 1}
      pages={sheets.pages.length}
    >
      {sheets.pages[page]?.map(({ block: at, from, to }) => {
        const block = paper.blocks[at]
        return block && <BlockPieces key={at} block={block} from={from} to={to} size={size} />
      })}
    </Sheet>
  )
}
