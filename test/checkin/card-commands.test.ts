// docs/card-commands.md tells every command that goes to a card: whole check-ins on the virtual card, recorded, are what
// its tables say and nothing else.
import { expect, test } from 'vitest'
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
const opening = withPin.slice(0, 8)

const pattern = (command: string) => command.replaceAll('xx', '[0-9A-F]{2}').replaceAll('…', '[0-9A-F ]*')

/** A whole sequence, one command a line. */
const sequence = (rows: readonly Row[]) =>
  new RegExp(`^${rows.map(({ times, command }) => `(?:${pattern(command)}\n)${times === 'n' ? '*' : ''}`).join('')}$`)

/** What goes to the card during `work`, one command a line. */
async function record(work: (card: CounterCard) => Promise<unknown>, quirks: Partial<Quirks> = {}) {
  const { virtual } = sampleCard(await testPki(), 'nanbyo', { quirks: { ...noQuirks, ...quirks } })
  const sent: string[] = []
  const readers: Readers = {
    list: () => [],
    onChange: () => () => undefined,
    async connect() {
      return ok({
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
  const card = openCounterCard({ readers, reader: 'counter', onHold: () => undefined })
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

test('a check-in with the PIN sends what the document says', async () => {
  const sent = await record(byPin)
  expect(sent.join('')).toMatch(sequence(withPin))
  expect(sent.length).toBe(14)
})

test('a check-in by the face sends what the document says', async () => {
  expect((await record(byPrint)).join('')).toMatch(sequence([...opening, ...byFace]))
})

test('a check-in without the hub sends what the document says', async () => {
  const sent = await record(async (card) => {
    must(await card.issuer())
    await byPin(card)
  })
  // The PIN's file has to be selected again before row 10.
  const [pinFile] = opening.filter(({ command }) => command.endsWith('00 18'))
  if (!pinFile) throw new Error('no row selects the PIN')
  expect(sent.join('')).toMatch(sequence([...opening, ...withoutHub, pinFile, ...withPin.slice(8)]))
})

test('reading the holder for the sheet sends what the document says', async () => {
  const sent = await record(async (card) =>
    must(await card.readAttributes(Buffer.from('1234'), { spendLastTry: false })),
  )
  expect(sent.join('')).toMatch(sequence([...opening, ...forSheet]))
})

test.each<Partial<Quirks>>([{ announce: true }, { exactLength: true }, { announce: true, exactLength: true }])(
  'a card with %o is sent only what the document has for it besides',
  async (quirks) => {
    for (const [work, rows] of [
      [byPin, withPin],
      [byPrint, [...opening, ...byFace]],
    ] as const) {
      const known = [...rows, ...wanted].map(({ command }) => new RegExp(`^${pattern(command)}\n$`))
      const sent = await record(work, quirks)
      expect(sent.filter((command) => !known.some((one) => one.test(command)))).toEqual([])
    }
  },
)
