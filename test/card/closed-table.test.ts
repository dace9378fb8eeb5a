// Nothing outside the table of applications reaches a card, whatever the code above asks for. The other party is a spy on
// the connection that knows every way of ISO/IEC 7816-4 to name a file, also those that we never use.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openChannel } from '../../src-main/card/apdu.ts'
import { faceCheck, inputAid, jpki } from '../../src-main/card/applications.ts'
import { openSession } from '../../src-main/card/session.ts'
import { ok } from '../../src-main/ground/result.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 5_000)

const applications = ['d392f000260100000001', 'd3921000310001010408', 'd3921000310001010402']
/** What we select, as ISO ids. In no application of the card does one of these hold the 12-digit number. */
const files = [0x0002, 0x0006, 0x000a, 0x000b, 0x0011, 0x0012, 0x0015, 0x0017, 0x0018]
/** SELECT, READ BINARY, VERIFY, COMPUTE DIGITAL SIGNATURE, GET RESPONSE. */
const instructions = [0xa4, 0xb0, 0x20, 0x2a, 0xc0]

/** The data of a command, as much of it as its length says, or as there is. */
function dataOf(command: Uint8Array): Uint8Array {
  const body = command.subarray(4)
  const [first = 0, second = 0, third = 0] = body
  return first === 0 ? body.subarray(3, 3 + ((second << 8) | third)) : body.subarray(1, 1 + first)
}

/** What is wrong with a command that reached the card; null if it may be there. */
function offence(command: Uint8Array): string | null {
  const [, instruction = 0, p1 = 0] = command
  if (command.length < 4) return 'no command'
  if (!instructions.includes(instruction)) return `instruction ${instruction.toString(16)}`
  if (instruction === 0xb0 && p1 >= 0x80) return `short file identifier ${p1 & 0x1f}`
  if (instruction !== 0xa4) return null
  const name = Buffer.from(dataOf(command)).toString('hex')
  if (p1 === 0x04) return applications.includes(name) ? null : `application ${name}`
  // 00, 01 and 03 find a file anywhere on the card, 08 and 09 by its path.
  return p1 === 0x02 && name.length === 4 && files.includes(Number.parseInt(name, 16)) ? null : `file ${name} by ${p1}`
}

/** What reached the card of `commands`; an answer of 9000 to everything lets no command stop the next. */
async function reaching(send: (connection: Parameters<typeof openChannel>[0]) => Promise<unknown>) {
  const reached: Uint8Array[] = []
  const connection = {
    carriesExtended: true,
    async transmit(commands: readonly Uint8Array[]) {
      reached.push(...commands)
      return ok(commands.map(() => Uint8Array.of(0x90, 0x00)))
    },
    async end() {},
  }
  // A command outside the table is a bug of the caller, and thrown.
  await send(connection).catch(() => undefined)
  return reached
}

const byte = fc.integer({ min: 0, max: 0xff })
const name = fc.oneof(
  fc.constantFrom(...applications).map((aid) => Uint8Array.from(Buffer.from(aid, 'hex'))),
  fc.constantFrom(0x0001, 0x0005, ...files, 0x001a, 0x001b, 0x3f00).map((id) => Uint8Array.of(id >> 8, id & 0xff)),
  fc.tuple(byte, fc.constantFrom(0x01, 0x05)).map(([high, low]) => Uint8Array.of(0x3f, high, 0x00, low)),
  fc.uint8Array({ maxLength: 20 }),
)
/** Data with its length in either form, or with one that does not fit, and perhaps an Le. */
const body = fc
  .record({
    data: name,
    form: fc.constantFrom('short', 'extended', 'wrong', 'none'),
    expected: fc.uint8Array({ maxLength: 3 }),
    length: byte,
  })
  .map(({ data, form, expected, length }) => {
    const header = { short: [data.length], extended: [0, 0, data.length], wrong: [length], none: [] }[form] ?? []
    return [...header, ...(form === 'none' ? [] : data), ...expected]
  })
const command = fc.oneof(
  fc
    .tuple(
      fc.oneof(fc.constantFrom(0x00, 0x80), byte),
      fc.oneof(fc.constantFrom(...instructions, 0xb1, 0xb2, 0xca, 0xcb, 0x24, 0x2c, 0xd6), byte),
      fc.oneof(fc.constantFrom(0x00, 0x01, 0x02, 0x03, 0x04, 0x08, 0x09, 0x81, 0x85), byte),
      fc.oneof(fc.constantFrom(0x00, 0x0c, 0x80), byte),
      body,
    )
    .map(([classByte, instruction, p1, p2, rest]) => Uint8Array.of(classByte, instruction, p1, p2, ...rest)),
  fc.uint8Array({ maxLength: 30 }),
)

test('the table holds the three applications and no file of the 12-digit number', () => {
  const listed = [jpki, inputAid, faceCheck].flatMap((table) => Object.values(table))
  expect([...new Set(listed.map(({ aid }) => aid))]).toEqual(applications)
  expect([...new Set(listed.map(({ id }) => id))].sort((a, b) => a - b)).toEqual(files)
})

test('no command outside the table reaches the card, and none of the sequence that it is in', async () => {
  let passed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 3 }), async (commands) => {
      const reached = await reaching((connection) => openChannel(connection).send(commands))
      expect(reached.map(offence).filter((reason) => reason !== null)).toEqual([])
      const isWhole = commands.every((one) => offence(one) === null)
      if (!isWhole) expect(reached).toEqual([])
      passed += reached.length
    }),
    { numRuns: runs },
  )
  // Else this would only show that nothing is ever sent. Few are drawn right by chance: one in seventy or so.
  expect(passed).toBeGreaterThan(runs / 500)
})

test('a session selects no other file, whatever it is made to believe about one', async () => {
  const file = fc.record({
    aid: fc.oneof(
      fc.constantFrom(...applications),
      fc.uint8Array({ maxLength: 8 }).map((aid) => Buffer.from(aid).toString('hex')),
    ),
    id: fc.oneof(fc.constantFrom(0x0001, 0x0005, ...files), fc.integer({ min: 0, max: 0xffff })),
  })
  let passed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ file, command }), { minLength: 1, maxLength: 3 }), async (steps) => {
      const reached = await reaching((connection) => openSession(connection).run(steps))
      expect(reached.map(offence).filter((reason) => reason !== null)).toEqual([])
      passed += reached.length
    }),
    { numRuns: runs },
  )
  expect(passed).toBeGreaterThan(runs / 500)
})
