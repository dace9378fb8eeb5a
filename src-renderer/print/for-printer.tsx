// The sheets for the printer, beside the page: as long as they stand there, a print of the page is them and nothing else.
import { type RefObject, useLayoutEffect } from 'react'
import { createPortal } from 'react-dom'
import styles from './for-printer.module.css'
import { Measured, PaperSheet, type Printed, type Sheets } from './sheets.tsx'
import { measures } from './sizes.ts'

/** A hair of the height, so that no rounding makes an empty sheet of it. */
const hairMm = 0.4

export function ForPrinter(
  props: Printed & {
    readonly sheets: Sheets | null
    readonly measure: RefObject<HTMLDivElement | null>
  },
) {
  const { sheets, measure, ...printed } = props
  const { width } = measures[printed.size]
  const heightMm = sheets?.heightMm ?? null
  useLayoutEffect(() => {
    if (heightMm === null) return
    // By script, because the policy allows no style element; a roll is as long as what stands on it.
    const page = new CSSStyleSheet()
    page.replaceSync(`@page { size: ${width}mm ${heightMm}mm; margin: 0; }`)
    document.adoptedStyleSheets.push(page)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== page)
    }
  }, [width, heightMm])
  return createPortal(
    <div className={styles.printed} aria-hidden="true" data-papers>
      <div ref={measure} className={styles.measure}>
        <Measured {...printed} />
      </div>
      {sheets && (
        <div className={styles.sheets}>
          {sheets.pages.map((_, page) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sheet is its place
            <PaperSheet key={page} {...printed} sheets={sheets} page={page} heightMm={sheets.heightMm - hairMm} />
          ))}
        </div>
      )}
    </div>,
    document.body,
  )
}
