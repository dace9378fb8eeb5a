// The pictures of docs/benchmarks.md: small SVG files without fonts or scripts from elsewhere, each with a title and a sentence
// for those who do not see it.
import { described } from './figures.ts'
import { judge, type Kept, shareOfGoal } from './kept.ts'

const width = 720
const ink = '#1a1a1c'
const grid = '#b8b8bb'
const met = '#0055ad'
const over = '#b3261e'
const colours = [met, '#b06000', '#197a4b', '#8e1caf'] as const

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const at = (value: number) => String(Math.round(value * 10) / 10)

function svg(size: { readonly height: number }, title: string, says: string, shapes: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${at(size.height)}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="12" fill="${ink}">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(says)}</desc>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...shapes,
    '</svg>',
    '',
  ].join('\n')
}

const line = (x1: number, y1: number, x2: number, y2: number, colour: string, more = '') =>
  `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${colour}"${more}/>`
const words = (x: number, y: number, text: string, more = '') =>
  `<text x="${at(x)}" y="${at(y)}"${more}>${escaped(text)}</text>`

/** How much of its goal each figure takes: what ends before the line is met. */
export function goalBars(kept: Kept): string {
  const most = 2
  const [left, right, rowHeight, top] = [250, 640, 20, 34]
  const rows = judge(kept).flatMap(({ name, goal, value, isMet }) => {
    if (value === null || 'isSlope' in goal || ('atMost' in goal && goal.atMost === 0)) return []
    return [{ name, share: shareOfGoal(value, goal), isMet }]
  })
  const x = (share: number) => left + (Math.min(share, most) / most) * (right - left)
  const height = top + rows.length * rowHeight + 12
  const bars = rows.flatMap(({ name, share, isMet }, place) => {
    const y = top + place * rowHeight
    return [
      words(left - 8, y + 13, name, ' text-anchor="end"'),
      `<rect x="${left}" y="${y + 3}" width="${at(x(share) - left)}" height="13" fill="${isMet ? met : over}"/>`,
      words(x(share) + 5, y + 13, `${share.toFixed(2)}${isMet ? '' : ' missed'}`),
    ]
  })
  const missedCount = rows.filter(({ isMet }) => !isMet).length
  return svg(
    { height },
    'What each figure takes of its goal',
    `${rows.length} figures as a share of their goals, of which ${missedCount} are beyond it. A bar that ends before the line at 1 is met.`,
    [
      words(x(1), 16, 'goal', ' text-anchor="middle"'),
      ...bars,
      line(x(1), 22, x(1), height - 8, ink, ' stroke-dasharray="4 3"'),
    ],
  )
}

interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

interface Axis {
  readonly says: string
  readonly isLog: boolean
  readonly ticks: readonly (readonly [value: number, text: string])[]
}

/** Round numbers up to the largest value, from zero. */
function ticksTo(most: number): readonly (readonly [number, string])[] {
  const rough = most / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, place) => {
    const value = Math.round(place * step * 1e6) / 1e6
    return [value, value.toLocaleString('en-US')]
  })
}

/** Lines through points; the vertical axis begins at zero. */
function lines(title: string, says: string, series: readonly Series[], x: Axis, yUnit: string): string {
  const [left, right, top, bottom] = [64, 560, 30, 270]
  const ticks = ticksTo(Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y))))
  const most = ticks.at(-1)?.[0] ?? 1
  const along = (value: number) => (x.isLog ? Math.log10(value) : value)
  const [from, to] = [along(x.ticks[0]?.[0] ?? 1), along(x.ticks.at(-1)?.[0] ?? 1)]
  const px = (value: number) => left + ((along(value) - from) / (to - from)) * (right - left)
  const py = (value: number) => bottom - (value / most) * (bottom - top)
  const drawn = series.flatMap(({ name, points }, place) => {
    const colour = colours[place % colours.length] ?? ink
    const path = points.map(([a, b]) => `${at(px(a))},${at(py(b))}`).join(' ')
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(([a, b]) => `<circle cx="${at(px(a))}" cy="${at(py(b))}" r="2.5" fill="${colour}"/>`),
      `<rect x="${right + 16}" y="${top + place * 20}" width="12" height="12" fill="${colour}"/>`,
      words(right + 34, top + place * 20 + 11, name),
    ]
  })
  return svg({ height: 310 }, title, says, [
    words(left - 8, 18, yUnit, ' text-anchor="end"'),
    ...ticks.flatMap(([value, text]) => [
      line(left, py(value), right, py(value), grid),
      words(left - 8, py(value) + 4, text, ' text-anchor="end"'),
    ]),
    ...x.ticks.map(([value, text]) => words(px(value), bottom + 18, text, ' text-anchor="middle"')),
    words((left + right) / 2, bottom + 36, x.says, ' text-anchor="middle"'),
    ...drawn,
  ])
}

const sizes = [
  [1_000, '1k'],
  [10_000, '10k'],
  [100_000, '100k'],
  [1_000_000, '1M'],
] as const

/** What the store takes at each number of stored visits; null where it was not measured. */
export function storeLines({ figures }: Kept): string | null {
  const of = (name: string, prefix: string): Series[] => {
    const points = sizes.flatMap(([size, short]) => {
      const value = figures[`store.${prefix}At${short}Us`]
      return typeof value === 'number' ? [[size, value / 1_000] as const] : []
    })
    return points.length > 1 ? [{ name, points }] : []
  }
  const series = [
    ...of('lookup', 'lookup'),
    ...of('lookup, 99 of 100', 'lookupP99'),
    ...of('write', 'write'),
    ...of('write, 99 of 100', 'writeP99'),
  ]
  if (series.length === 0) return null
  const axis = { says: 'stored visits', isLog: true, ticks: sizes }
  const says = `${series.map(({ name }) => name).join('; ')}: milliseconds at a thousand to a million stored visits.`
  return lines('What the store takes as it grows', says, series, axis, 'ms')
}

/** What each process holds over the check-ins, as it was sampled; null where it was not measured. */
export function memoryLines({ ranges }: Kept): string | null {
  const series = Object.entries(ranges).flatMap(([name, { points }]) =>
    points && points.length > 1 ? [{ name: described[name]?.drawnAs ?? name, points }] : [],
  )
  if (series.length === 0) return null
  const most = Math.max(...series.flatMap(({ points }) => points.map(([x]) => x)))
  const says = `${series.map(({ name }) => name).join('; ')}: megabytes over ${most} check-ins.`
  const ticks = ticksTo(most)
  return lines('Memory over check-ins', says, series, { says: 'check-ins', isLog: false, ticks }, 'MB')
}
