// docs/card-commands.md tells every command that goes to a card: whole check-ins on the virtual card, recorded, are what
// its tables say and nothing else.
import { expect, test } from 'vitest'
import { createLengthLessons } from '../../src-main/card/extended-length.ts'
import { type Readers, transmitInOrder } from '../../src-main/card/reader.ts'
import { verificationNumberB } from '../../src-main/card/verification-number.ts'
import { type CounterCard, openCounterCard } from '../../src-main/checkin/counter-card.ts'
import { ok } from '../../src-main/ground/result.ts'
import { noQuirks, type Quirks } from '../../src-main/stand-ins/card/quirks.ts'
import { tableUnder } from '../markdown.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { must, testPki } from '../support.ts'

interface Row {
  readonly times: string
  /** `00 A4 …`, empty for a row that is no command. */
  readonly command: string
}

const rowsUnder = (heading: string): readonly Row[] =>
  tableUnder('card-commands.md', heading)
    .map(([, times = '', command = '']) => ({ times, command }))
    .filter(({ command }) => command !== '')

const withPin = rowsUnder('## With the PIN')
const byFace = rowsUnder('## By the face')
const withoutHub = rowsUnder('## Without the hub')
const forSheet = rowsUnder('## For the sheet')
const wanted = rowsUnder('## Where a card or reader wants it so')
/** Certificate and tries, the same for both ways. */
const opening = withPin.slice(0, 10)

const pattern = (command: string) => command.replaceAll('xx', '[0-9A-F]{2}').replaceAll('…', '[0-9A-F ]*')

const often: Readonly<Record<string, string>> = { n: '*', '≤ 1': '?' }
/** A whole sequence, one command a line. */
const sequence = (rows: readonly Row[]) =>
  new RegExp(`^${rows.map(({ times, command }) => `(?:${pattern(command)}\n)${often[times] ?? ''}`).join('')}$`)

/** Extended length: the reader does not carry it, nobody has tried it there yet, or it has been taken there before. */
type Reading = 'short' | 'tried' | 'extended'
const readings: readonly Reading[] = ['short', 'tried', 'extended']

/** What goes to the card during `work`, one command a line. */
async function record(work: (card: CounterCard) => Promise<unknown>, reading: Reading, quirks: Partial<Quirks> = {}) {
  const lengths = createLengthLessons()
  if (reading === 'extended') lengths.on('counter').learn('card', 2_048)
  const { virtual } = sampleCard(await testPki(), 'nanbyo', { quirks: { ...noQuirks, ...quirks } })
  const sent: string[] = []
  const readers: Readers = {
    list: () => [],
    onChange: () => () => undefined,
    async connect() {
      return ok({
        carriesExtended: reading !== 'short',
        transmit: (commands) =>
          transmitInOrder(commands, async (command) => {
            sent.push(`${Buffer.from(command).toString('hex').toUpperCase().match(/../g)?.join(' ')}\n`)
            return ok(virtual.transmit(command))
          }),
        async end() {},
      })
    },
    async close() {},
  }
  const card = openCounterCard({ readers, reader: 'counter', lengths, onHold: () => undefined })
  must(await card.identity())
  must(await card.triesLeft())
  await work(card)
  await card.end()
  return sent
}

const byPin = async (card: CounterCard) =>
  must(await card.sign(Buffer.alloc(32), Buffer.from('1234'), { spendLastTry: false }))
const byPrint = async (card: CounterCard) => {
  const front = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const
  must(await card.readHolder(must(verificationNumberB(front)), { spendLastTry: false }))
}

test.each<[Reading, number]>([
  ['short', 14],
  ['tried', 12],
  ['extended', 11],
])(
  'a check-in with the PIN sends what the document says, with extended length %s %i commands',
  async (reading, commands) => {
    const sent = await record(byPin, reading)
    expect(sent.join('')).toMatch(sequence(withPin))
    expect(sent.length).toBe(commands)
  },
)

test.each(readings)('a check-in by the face sends what the document says, with extended length %s', async (reading) => {
  expect((await record(byPrint, reading)).join('')).toMatch(sequence([...opening, ...byFace]))
})

test.each(readings)(
  'a check-in without the hub sends what the document says, with extended length %s',
  async (reading) => {
    const sent = await record(async (card) => {
      must(await card.issuer())
      await byPin(card)
    }, reading)
    // The PIN's file has to be selected again before row 10.
    const [pinFile] = opening.filter(({ command }) => command.endsWith('00 18'))
    if (!pinFile) throw new Error('no row selects the PIN')
    expect(sent.join('')).toMatch(sequence([...opening, ...withoutHub, pinFile, ...withPin.slice(10)]))
  },
)

test.each(readings)(
  'reading the holder for the sheet sends what the document says, with extended length %s',
  async (reading) => {
    const sent = await record(
      async (card) => must(await card.readAttributes(Buffer.from('1234'), { spendLastTry: false })),
      reading,
    )
    expect(sent.join('')).toMatch(sequence([...opening, ...forSheet]))
  },
)

test.each<Partial<Quirks>>([{ announce: true }, { exactLength: true }, { announce: true, exactLength: true }])(
  'a card with %o is sent only what the document has for it besides',
  async (quirks) => {
    for (const [work, rows] of [
      [byPin, withPin],
      [byPrint, [...opening, ...byFace]],
    ] as const) {
      const known = [...rows, ...wanted].map(({ command }) => new RegExp(`^${pattern(command)}\n$`))
      const sent = await record(work, 'tried', quirks)
      expect(sent.filter((command) => !known.some((one) => one.test(command)))).toEqual([])
    }
  },
)
