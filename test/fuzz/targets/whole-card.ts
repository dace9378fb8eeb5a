// A whole session at the counter with a card whose every answer is made up: the input is what it answers, one answer after the other,
// each behind its length in two bytes. Recorded from the virtual cards, and then changed.
import { checkCardCertificate } from '../../../src-main/card/certificate.ts'
import { readAttributes, readHolder } from '../../../src-main/card/holder.ts'
import { openJpki } from '../../../src-main/card/jpki.ts'
import { type CardConnection, transmitInOrder } from '../../../src-main/card/reader.ts'
import { openSession } from '../../../src-main/card/session.ts'
import { verificationNumberB } from '../../../src-main/card/verification-number.ts'
import { failureOrigin } from '../../../src-main/ground/failures.ts'
import { fail, ok, type Result } from '../../../src-main/ground/result.ts'
import { noQuirks, type Quirks } from '../../../src-main/stand-ins/card/quirks.ts'
import { testStart } from '../../clock.ts'
import { sampleCard } from '../../stand-ins/sample-card.ts'
import { must, testPki } from '../../support.ts'
import { Broken, holds, markers, refused, type Target, taken } from '../target.ts'

const front = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const
const pin = () => Buffer.from('1234', 'latin1')
/** Nobody has allowed the last try. */
const careful = { spendLastTry: false }
/** The longest undisturbed session three times over: more is a session without an end. */
const mostCommands = 600

/** The parts of a check-in, each whatever became of the one before. */
async function everything(connection: CardConnection) {
  const session = openSession(connection)
  const jpki = openJpki(session)
  const identity = await jpki.readCertificate()
  const results: Result<unknown>[] = [
    identity,
    ...(identity.ok ? [checkCardCertificate(identity.value.certificate, testStart, identity.value.token)] : []),
    await jpki.triesLeft(),
    await readHolder(session, must(verificationNumberB(front)), careful),
    await jpki.sign(Buffer.alloc(32), pin(), careful),
    await readAttributes(session, pin(), careful),
    await jpki.readIssuer(),
  ]
  return { results, trace: session.trace }
}

/** What a sound card answers to all of it, as an input. */
async function recorded(persona: string, quirks: Quirks): Promise<Uint8Array> {
  const { virtual } = sampleCard(await testPki(), persona, { quirks })
  const answers: Buffer[] = []
  virtual.reset()
  await everything({
    carriesExtended: true,
    transmit: (commands) =>
      transmitInOrder(commands, async (command) => {
        const answer = Buffer.from(virtual.transmit(command))
        const length = Buffer.alloc(2)
        length.writeUInt16BE(answer.length)
        answers.push(length, answer)
        return ok(answer)
      }),
    end: async () => virtual.reset(),
  })
  return Buffer.concat(answers)
}

const verify = 0x20

/** Answers from the input until it is used up; then the card is gone. */
function scripted(input: Uint8Array): CardConnection {
  const bytes = Buffer.from(input)
  let at = 0
  let commands = 0
  /** What the card has said last of the tries of a lock, by nobody's PIN. */
  let told: number | null = null
  return {
    carriesExtended: true,
    transmit: (sequence) =>
      transmitInOrder(sequence, async (command) => {
        if (++commands > mostCommands) throw new Broken('a session comes to its end')
        const isVerify = command[1] === verify
        const isTry = isVerify && command.length > 5
        if (isTry && told !== null && told <= 1) throw new Broken('the last try is spent by nobody')
        if (at + 2 > bytes.length) return fail('CARD_REMOVED')
        const length = bytes.readUInt16BE(at)
        const answer = bytes.subarray(at + 2, at + 2 + length)
        at += 2 + length
        const status = answer.length >= 2 ? answer.readUInt16BE(answer.length - 2) : 0
        if (isVerify && !isTry) told = (status & 0xfff0) === 0x63c0 ? status & 0xf : null
        else if (isTry || command[1] === 0xa4) told = null
        return ok(new Uint8Array(answer))
      }),
    end: async () => undefined,
  }
}

const traceLine = /^[0-9A-F]{2} \d+>(\d+ [0-9A-F]{4}|[A-Z_]+)$/
const word = (hex: string) => new Uint8Array(Buffer.from(`0002${hex}`, 'hex'))

export const cardTarget = async (): Promise<Target> => ({
  covers: ['src-main/card/'],
  seeds: await Promise.all([
    recorded('nanbyo', noQuirks),
    recorded('gaiji', { ...noQuirks, announce: true, leadingBytes: true }),
    recorded('nanbyo', { ...noQuirks, exactLength: true, silentEnd: true }),
  ]),
  words: [
    ...markers,
    ...['9000', '6100', '61ff', '6c00', '6c10', '63c0', '63c1', '63c3', '6983', '6282', '6a82', '6982', '6b00'].map(
      word,
    ),
  ],
  longest: 60_000,
  async run(input) {
    const { results, trace } = await everything(scripted(input))
    holds(
      'a trace has no byte of data',
      trace.every((line) => traceLine.test(line)),
    )
    const failures = results.flatMap((result) => (result.ok ? [] : [result.error]))
    for (const { code } of failures) {
      holds('a failure is the card’s or the person’s', ['card', 'identification'].includes(failureOrigin(code)))
    }
    return failures.length < results.length ? taken : refused([failures, trace])
  },
})
