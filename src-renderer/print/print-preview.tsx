// A paper before it is printed, as it will be: which one, how large, by which printer. What is chosen is remembered when it is
// printed. The choice has the focus; Enter prints, once what stands there has been seen.
import { type FormEvent, type ReactNode, use, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type PaperFormat, type PaperName, type Printers, paperSizes } from '../../src-main/contract/papers.ts'
import { type Failure, ok } from '../../src-main/ground/result.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { paperSizeText, paperText, printScreen as words } from '../../src-main/words/papers.ts'
import { useFreshContent } from '../keys/guarded-keys.tsx'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { KeyCap } from '../parts/key-cap.tsx'
import { Page } from '../parts/page.tsx'
import { Reference } from '../parts/reference.tsx'
import { DeskPapersContext } from './desk-papers.tsx'
import { ForPrinter } from './for-printer.tsx'
import { fitted, type Paper } from './paper.ts'
import styles from './print-preview.module.css'
import { PrinterContext } from './printer.ts'
import { PaperSheet, type Printed, type Sheets, useSheets } from './sheets.tsx'
import { formatOf, measures } from './sizes.ts'

export function PrintPreview(props: {
  readonly papers: readonly Paper[]
  readonly visitId: string | null
  readonly onBack: () => void
  /** It has gone to the printer; `title` of the paper. */
  readonly onPrinted: (title: string) => void
}) {
  const { papers, visitId, onBack, onPrinted } = props
  const { formats, isTraining, act } = use(DeskPapersContext)
  const printer = use(PrinterContext)
  const [name, setName] = useState<PaperName | null>(null)
  const [chosen, setChosen] = useState<{ readonly [N in PaperName]?: PaperFormat }>({})
  const [printers, setPrinters] = useState<Printers | null>(null)
  const [isPrinting, setPrinting] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const start = useRef<HTMLFormElement>(null)

  const paper = papers.find((each) => each.name === name) ?? papers[0]
  const format = paper && (chosen[paper.name] ?? formatOf(formats, paper.name))
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    void printer.list().then((found) => isHere.current && setPrinters(found))
    return () => {
      isHere.current = false
    }
  }, [printer])
  // After the headline, which begins the page's second.
  useLayoutEffect(() => start.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), [])
  if (!paper || !format) return null
  const choose = (change: Partial<PaperFormat>) => {
    setFailure(null)
    setChosen((before) => ({ ...before, [paper.name]: { ...format, ...change } }))
  }

  const print = async (sheets: Sheets) => {
    const subject = { paper: paper.name, visitId }
    if (isPrinting) return
    setPrinting(true)
    setFailure(null)
    // What cannot be written down is not printed; the desk tells why.
    const unnoted = await act('notePaper', { ...subject, isPrinted: true })
    if (unnoted) return setPrinting(false)
    const kept = formatOf(formats, paper.name)
    if (kept.size !== format.size || kept.printer !== format.printer) {
      await act('rememberPaper', { paper: paper.name, format })
    }
    const { width: widthMm } = measures[format.size]
    const request = { printer: format.printer, widthMm, heightMm: sheets.heightMm }
    // Another card may have come meanwhile, and taken the sheets away.
    const printed = isHere.current ? await printer.print(request) : ok(false)
    setPrinting(false)
    if (printed.ok && printed.value) return onPrinted(paper.title)
    await act('notePaper', { ...subject, isPrinted: false })
    if (!printed.ok) setFailure(printed.error)
  }

  return (
    <Drawn paper={paper} size={format.size} isTraining={isTraining}>
      {(sheets, preview) => (
        <Page title={words.title} status={statusOf(paper, format, sheets)} onBack={onBack} back={words.back}>
          <div className={styles.columns}>
            <form
              ref={start}
              className={styles.choices}
              onSubmit={(event: FormEvent) => {
                event.preventDefault()
                if (sheets) void print(sheets)
              }}
            >
              <Choices
                legend={words.paper}
                all={papers.map((each) => [each.name, paperText[each.name]] as const)}
                chosen={paper.name}
                onChoose={(next) => {
                  setFailure(null)
                  setName(next)
                }}
              />
              <Choices
                legend={words.size}
                all={paperSizes.map((size) => [size, paperSizeText[size]] as const)}
                chosen={format.size}
                onChoose={(size) => choose({ size })}
              />
              {printers && <PrinterChoice printers={printers} format={format} onChoose={choose} />}
              {failure && <Refused failure={failure} />}
              <div>
                <Action weight="primary" type="submit" isDisabled={!sheets || isPrinting}>
                  {isPrinting ? words.printing : words.print}
                  <KeyCap>{screen.keys.send}</KeyCap>
                </Action>
              </div>
              <p className={styles.note}>{words.note}</p>
            </form>
            {preview}
          </div>
        </Page>
      )}
    </Drawn>
  )
}

const statusOf = ({ name }: Paper, { size }: PaperFormat, sheets: Sheets | null) =>
  sheets ? words.status(paperText[name], paperSizeText[size], sheets.pages.length) : ''

/** The sheets of a paper, for the printer and to be looked at. */
function Drawn(props: Printed & { readonly children: (sheets: Sheets | null, preview: ReactNode) => ReactNode }) {
  const { children, ...wanted } = props
  const printed = { ...wanted, paper: fitted(wanted.paper, measures[wanted.size].isNarrow) }
  const [sheets, measure] = useSheets(printed)
  return (
    <>
      {children(sheets, sheets && <Preview {...printed} sheets={sheets} />)}
      <ForPrinter {...printed} sheets={sheets} measure={measure} />
    </>
  )
}

/** As large as there is room for it, and never larger than the paper is. */
function Preview({ sheets, ...printed }: Printed & { readonly sheets: Sheets }) {
  const place = useRef<HTMLElement>(null)
  const [room, setRoom] = useState<number | null>(null)
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return
    const look = () => setRoom(element.clientWidth)
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const widthPx = (measures[printed.size].width * 96) / 25.4
  const zoom = room === null ? 1 : Math.min(1, (room - 2) / widthPx)
  return (
    <section ref={place} className={styles.preview} aria-label={words.preview}>
      {sheets.pages.map((_, page) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: a sheet is its place
          key={page}
          className={styles.sheet}
          aria-label={words.sheet(page + 1, sheets.pages.length)}
          style={{ zoom }}
        >
          <PaperSheet {...printed} sheets={sheets} page={page} heightMm={sheets.heightMm} />
        </section>
      ))}
    </section>
  )
}

function Choices<N extends string>(props: {
  readonly legend: string
  readonly all: readonly (readonly [N, string])[]
  readonly chosen: N
  readonly onChoose: (name: N) => void
}) {
  const { legend, all, chosen, onChoose } = props
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {all.map(([name, text]) => (
        <label key={name} className={form.check}>
          <input type="radio" name={legend} checked={name === chosen} onChange={() => onChoose(name)} />
          {text}
        </label>
      ))}
    </fieldset>
  )
}

function PrinterChoice(props: {
  readonly printers: Printers
  readonly format: PaperFormat
  readonly onChoose: (change: Pick<PaperFormat, 'printer'>) => void
}) {
  const { printers, format, onChoose } = props
  const { printer } = format
  const isGone = printer !== null && !printers.some(({ name }) => name === printer)
  return (
    <label className={form.labelled}>
      {words.printer}
      <select
        className={styles.printer}
        value={printer ?? ''}
        onChange={({ target }) => onChoose({ printer: target.value === '' ? null : target.value })}
      >
        <option value="">{words.system}</option>
        {isGone && <option value={printer}>{words.gone(printer)}</option>}
        {printers.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function Refused({ failure }: { readonly failure: Failure }) {
  // It has to be read before anything is printed again; the focus stays where it was.
  useFreshContent()
  const { message, next } = sentence(failure)
  return (
    <p className={form.failure} role="alert">
      {message}
      {next} <Reference number={failure.detail?.reference} />
    </p>
  )
}
