// How a 受付番号 is said. A desk that goes on alone while its site's server is gone gives numbers of a series of its own, so that
// none is given twice: they begin behind a million for each series, and are said as 「3-1」, the first one of series 3.

/** More than are given on any day. */
const seriesSize = 1_000_000

/** The first number before those of a series; 0: the site's own. */
export const seriesStart = (series: number): number => series * seriesSize

/** Its first one, and the first behind it. */
export const seriesRange = (series: number) => ({ from: seriesStart(series), until: seriesStart(series + 1) })

/** As it is shown, printed and called. */
export function numberText(number: number): string {
  const series = Math.floor(number / seriesSize)
  return series === 0 ? String(number) : `${series}-${number % seriesSize}`
}
