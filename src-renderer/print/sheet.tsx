// One sheet of a paper as it is drawn, on the screen and for the printer alike. Black on white, whatever the screen's colours
// are; training is marked on each sheet, because sheets are taken apart.
import type { CSSProperties, ReactNode } from 'react'
import type { PaperSize } from '../../src-main/contract/papers.ts'
import { sheetWords as words } from '../../src-main/words/papers.ts'
import type { Block, Paper } from './paper.ts'
import styles from './sheet.module.css'
import { measures } from './sizes.ts'

export interface SheetMarks {
  readonly paper: Pick<Paper, 'title' | 'head'>
  readonly size: PaperSize
  readonly isTraining: boolean
}

/** `children`: the blocks, or pieces of them; `heightMm` null: as high as they are. */
export function Sheet(
  props: SheetMarks & {
    readonly heightMm: number | null
    readonly page: number
    readonly pages: number
    readonly children: ReactNode
  },
) {
  const { paper, size, isTraining, heightMm, page, pages } = props
  const { width, margin, label, isNarrow } = measures[size]
  const style: CSSProperties & { readonly '--label': string } = {
    '--label': `${label}mm`,
    width: `${width}mm`,
    ...(heightMm !== null && { height: `${heightMm}mm` }),
    padding: `${margin}mm`,
  }
  return (
    <div className={isNarrow ? `${styles.sheet} ${styles.narrow}` : styles.sheet} style={style} data-sheet>
      <div data-head>
        {isTraining && (
          <p className={styles.training}>
            <strong>{words.training}</strong>
            <span>{words.trainingNote}</span>
          </p>
        )}
        <h3 className={styles.title}>{paper.title}</h3>
        {paper.head !== '' && <p className={styles.whose}>{paper.head}</p>}
      </div>
      <div className={styles.body}>{props.children}</div>
      <p className={styles.foot} data-foot>
        {pages > 1 && words.page(page, pages)}
      </p>
    </div>
  )
}

/** The pieces of a block from `from` on, up to and without `to`; each is marked, so that its height can be taken. */
export function BlockPieces(props: {
  readonly block: Block
  readonly from: number
  readonly to: number
  readonly size: PaperSize
}) {
  const { block, from, to, size } = props
  switch (block.kind) {
    case 'heading':
      return (
        <div data-block className={styles.heading}>
          <h4 data-piece>
            {block.mark && <span className={styles.mark}>{block.mark}</span>}
            {block.text}
          </h4>
        </div>
      )
    case 'large':
      return (
        <div data-block className={styles.large}>
          <p data-piece>{block.text}</p>
        </div>
      )
    case 'text':
      return (
        <div data-block className={styles.text}>
          <p data-piece className={block.look && styles[block.look]}>
            {block.text}
          </p>
        </div>
      )
    case 'facts':
      return (
        <dl data-block className={styles.facts}>
          {block.rows.slice(from, to).map(({ label, value, parts }) => (
            <div key={label} data-piece className={value === null ? styles.open : undefined}>
              <dt>{label}</dt>
              <dd>{parts ? <Parts parts={parts} /> : value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'ticks':
    case 'list':
      return (
        <ul data-block className={styles[block.kind]}>
          {block.items.slice(from, to).map((item) => (
            <li key={item} data-piece>
              {item}
            </li>
          ))}
        </ul>
      )
    case 'table':
      return measures[size].isNarrow ? (
        <StackedRows block={block} from={from} to={to} />
      ) : (
        <Table block={block} from={from} to={to} />
      )
    case 'drawn':
      return (
        <div data-block className={styles.text}>
          <div data-piece>{block.node}</div>
        </div>
      )
  }
}

/** A number in its parts for the eye. */
const Parts = ({ parts }: { readonly parts: readonly string[] }) => (
  <span className={styles.number}>
    {parts.map((part, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a number have nothing but their place
      <span key={place}>{part}</span>
    ))}
  </span>
)

interface TablePieces {
  readonly block: Extract<Block, { readonly kind: 'table' }>
  readonly from: number
  readonly to: number
}

function Table({ block, from, to }: TablePieces) {
  const { columns, rows, isForm } = block
  const whole = columns.reduce((sum, { width }) => sum + width, 0)
  return (
    <div data-block className={isForm ? `${styles.table} ${styles.form}` : styles.table}>
      <table>
        <colgroup>
          {columns.map(({ label, width }) => (
            <col key={label} style={{ width: `${(100 * width) / whole}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(from, to).map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their order, and empty ones are alike
            <tr key={from + at} data-piece>
              {columns.map(({ label, isAmount, isShort }, place) => (
                <td key={label} className={isAmount ? styles.amount : isShort ? styles.short : undefined}>
                  {row[place]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A row of a table where there is no room for columns: each cell beside its name, one below the other. */
function StackedRows({ block, from, to }: TablePieces) {
  const { columns, rows } = block
  return (
    <div data-block className={styles.stacked}>
      {rows.slice(from, to).map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their order
        <dl key={from + at} data-piece>
          {columns.map(
            ({ label }, place) =>
              row[place] && (
                <div key={label} className={styles.cell}>
                  <dt>{label}</dt>
                  <dd>{row[place]}</dd>
                </div>
              ),
          )}
        </dl>
      ))}
    </div>
  )
}
