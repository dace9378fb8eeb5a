// What a paper is before it lies on sheets: a title, whose it is, and blocks from top to bottom. A paper is made from data by a
// function (papers/), and says nothing about its size: what does not fit side by side on a narrow one stands below one another.
import type { ReactNode } from 'react'
import type { PaperName } from '../../src-main/contract/papers.ts'

export interface Paper {
  readonly name: PaperName
  readonly title: string
  /** On every sheet, so that one that was taken apart still says whose it is; a paper about nobody says its day. */
  readonly head: string
  readonly blocks: readonly Block[]
}

interface Column {
  readonly label: string
  /** Its part of the width, beside the others. */
  readonly width: number
  readonly isAmount?: boolean
  /** Never in two lines. */
  readonly isShort?: boolean
}

/** A row of a facts block. */
export interface Fact {
  readonly label: string
  /** null: a line to write on. */
  readonly value: string | null
  /** A number in parts for the eye, instead of the value's plain text. */
  readonly parts?: readonly string[]
}

interface Common {
  /** Does not stand at the end of a sheet without what follows it. */
  readonly keepsNext?: boolean
  /** Its rows are not torn apart while they fit on one sheet. */
  readonly isWhole?: boolean
  /** A form to fill in: left out where there is no room for columns. */
  readonly isOnlyWide?: boolean
}

export type Block = Common &
  (
    | { readonly kind: 'heading'; readonly text: string; readonly mark?: string }
    /** What is read from afar. */
    | { readonly kind: 'large'; readonly text: string }
    | { readonly kind: 'text'; readonly text: string; readonly look?: 'strong' | 'boxed' }
    | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
    /** With boxes to tick. */
    | { readonly kind: 'ticks'; readonly items: readonly string[] }
    | { readonly kind: 'list'; readonly items: readonly string[] }
    | {
        readonly kind: 'table'
        readonly columns: readonly Column[]
        readonly rows: readonly (readonly string[])[]
        /** Lines to write on, as high as a hand needs them. */
        readonly isForm?: boolean
      }
    /** Something drawn (a chart), which is never torn apart. */
    | { readonly kind: 'drawn'; readonly node: ReactNode }
  )

/** What a block can be torn into. */
export function pieceCount(block: Block): number {
  switch (block.kind) {
    case 'facts':
    case 'table':
      return block.rows.length
    case 'ticks':
    case 'list':
      return block.items.length
    default:
      return 1
  }
}

/** What of the blocks there is room for: on a narrow paper neither forms to fill in nor empty rows to write on. */
export const fitted = (paper: Paper, isNarrow: boolean): Paper =>
  isNarrow ? { ...paper, blocks: paper.blocks.filter(({ isOnlyWide }) => !isOnlyWide).map(withoutEmptyRows) } : paper

const withoutEmptyRows = (block: Block): Block =>
  block.kind === 'table' ? { ...block, rows: block.rows.filter((row) => row.some((cell) => cell !== '')) } : block
