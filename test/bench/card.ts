// What the card engine costs on a real pcscd, with the card in a process of its own: against OpenSC's tools, which do the
// same job on the same card, and against the time that the card itself takes.

import { execFile } from 'node:child_process'
import { createHash, verify, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createLengthLessons, type LengthLessons } from '../../src-main/card/extended-length.ts'
import { createPcscReaders } from '../../src-main/card/pcsc-readers.ts'
import type { Readers } from '../../src-main/card/reader.ts'
import { forkHost, type StartHost } from '../../src-main/card/reader-host-process.ts'
import { type HostMessage, hostMessageSchema } from '../../src-main/card/reader-host-protocol.ts'
import { openCounterCard } from '../../src-main/checkin/counter-card.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Result } from '../../src-main/ground/result.ts'
import { atDesk } from '../at-desk.ts'
import type { Pcscd } from '../card/pcscd.ts'
import type { SeparateCard } from '../card/separate-card.ts'
import { silentLog } from '../support.ts'
import { entries, openAgent, until } from './agent.ts'
import { type Figures, round, spread } from './measure.ts'

const runs = 30
const warmUp = 3

const run = promisify(execFile)

/** What holds between two rounds: a reader, no card, nobody at the counter. */
export const isWaiting = ({ readers, current }: Reception) =>
  current === null && readers.length > 0 && readers.every(({ state }) => state === 'empty')

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** What a check-in wants of a card: certificate, tries left, signature. The card lies on one of the readers. */
export async function signOnce(readers: Readers, lengths: LengthLessons, message: Uint8Array) {
  const reader = readers.list().find(({ state }) => state === 'card')?.name ?? ''
  const counterCard = openCounterCard({ readers, reader, lengths, onHold: () => undefined })
  const { certificate } = must(await counterCard.identity())
  must(await counterCard.triesLeft())
  const signed = must(await counterCard.sign(message, Buffer.from('1234'), { spendLastTry: false }))
  await counterCard.end()
  return { certificate, signed }
}

/**
 * Certificate and signature, for us (agent running: reader host and engine) and for OpenSC (two tools, process start
 * included, its own cache of files allowed). Commands are counted by the card.
 */
export async function benchAgainstOpensc(card: SeparateCard, folder: string): Promise<Figures> {
  const message = Buffer.from('the hub says hello')
  const digest = join(folder, 'digest')
  const signature = join(folder, 'signature')
  writeFileSync(digest, createHash('sha256').update(message).digest())
  const check = (certificate: X509Certificate, signed: Uint8Array) => {
    if (!verify('sha256', message, certificate.publicKey, signed)) throw new Error('the signature is wrong')
  }

  const theirs = async () => {
    const { stdout } = await run('pkcs15-tool', ['--read-certificate', '1'])
    await run('pkcs15-crypt', [
      ...['--sign', '--sha-256', '--pkcs1', '--key', '01', '--pin', '1234'],
      ...['--raw', '--input', digest, '--output', signature],
    ])
    return () => check(new X509Certificate(stdout), readFileSync(signature))
  }

  const readers = createPcscReaders({ hostEntry: entries.readerHost, log: silentLog })
  await readers.ready()
  const lengths = createLengthLessons()
  const ours = async () => {
    const { certificate, signed } = await signOnce(readers, lengths, message)
    return () => check(new X509Certificate(certificate), signed)
  }

  const measure = async (job: () => Promise<() => void>) => {
    await card.lay()
    while (!readers.list().some(({ state }) => state === 'card'))
      await new Promise((resolve) => setTimeout(resolve, 20))
    const start = performance.now()
    const checkResult = await job()
    const ms = performance.now() - start
    checkResult()
    const apdus = await card.takeAway()
    while (readers.list().some(({ state }) => state === 'card')) await new Promise((resolve) => setTimeout(resolve, 20))
    return { ms, apdus }
  }

  // In turn, so that whatever the machine does to one it does to the other.
  const rounds: { readonly ours: { ms: number; apdus: number }; readonly theirs: { ms: number; apdus: number } }[] = []
  try {
    for (let index = -warmUp; index < runs; index++) {
      const both = { ours: await measure(ours), theirs: await measure(theirs) }
      if (index >= 0) rounds.push(both)
    }
  } finally {
    await readers.close()
  }
  return {
    'card.signature.apdus': spread(rounds.map(({ ours }) => ours.apdus)),
    'card.signature.openscApdus': spread(rounds.map(({ theirs }) => theirs.apdus)),
    'card.signature.apdusToOpensc': spread(rounds.map(({ ours, theirs }) => ours.apdus / theirs.apdus)),
    'card.signatureMs': spread(rounds.map(({ ours }) => ours.ms)),
    'card.signature.openscMs': spread(rounds.map(({ theirs }) => theirs.ms)),
    'card.signature.timeToOpensc': spread(rounds.map(({ ours, theirs }) => ours.ms / theirs.ms)),
  }
}

/** A reader host whose answers are timed: when a card was seen, and how long the agent has waited for it since. */
export function createHostWatch() {
  let cardIn = 0
  let waitedMs = 0
  const asked = new Map<number, number>()
  const start: StartHost = (entry) => {
    const host = forkHost(entry)
    const note = (message: HostMessage) => {
      if (message.kind === 'alive') return
      if (message.kind !== 'readers') {
        waitedMs += performance.now() - (asked.get(message.id) ?? performance.now())
        asked.delete(message.id)
      } else if (cardIn === 0 && message.readers.some(({ state }) => state === 'card')) {
        cardIn = performance.now()
        waitedMs = 0
      }
    }
    return {
      ...host,
      send(request) {
        asked.set(request.id, performance.now())
        host.send(request)
      },
      onMessage(listener) {
        host.onMessage((message) => {
          note(hostMessageSchema.parse(message))
          listener(message)
        })
      },
    }
  }
  return {
    start,
    /** Forgets the card before. */
    reset() {
      cardIn = 0
    },
    /** From the event to now, and how much of it was waiting for reader and card. */
    elapsed: () => ({ ms: performance.now() - cardIn, cardMs: waitedMs }),
  }
}

/**
 * From the reader's word that a card lies there to the identity on the screen: the view that the agent pushes to its
 * screen says whose certificate it is and until when, and asks for the PIN. The person's name follows only after the PIN.
 */
export async function benchIdentity(card: SeparateCard, dataDir: string): Promise<Figures> {
  const watch = createHostWatch()
  const agent = await openAgent(dataDir, 'pcsc', { startReaderHost: watch.start })
  const rounds: { readonly ms: number; readonly cardMs: number }[] = []
  for (let index = -warmUp; index < runs; index++) {
    await until(agent, isWaiting)
    watch.reset()
    const shown = until(agent, ({ current }) => current?.certificate != null && current.pin !== null).then(
      watch.elapsed,
    )
    await card.lay()
    const elapsed = await shown
    if (index >= 0) rounds.push(elapsed)
    await card.takeAway()
    const { current } = await until(agent, (reception) => reception.current?.state === 'failed')
    await agent.call(atDesk, 'closeVisit', { visitId: current?.id ?? '' })
  }
  await agent.stop()
  return {
    'card.identityMs': spread(rounds.map(({ ms }) => ms)),
    'card.identity.cardMs': spread(rounds.map(({ cardMs }) => cardMs)),
    'card.identity.overCardMs': spread(rounds.map(({ ms, cardMs }) => ms - cardMs)),
  }
}

/** From the start of a new pcscd, after a crash or an orderly end, to an agent that waits for a card: the longest. */
export async function benchRecovery(pcscd: Pcscd, dataDir: string): Promise<Figures> {
  const agent = await openAgent(dataDir, 'pcsc')
  const times: number[] = []
  // Away for a moment, and long enough for the pauses between attempts to have grown.
  for (const awayMs of [0, 200, 700, 1_500, 3_000, 5_000]) {
    await until(agent, isWaiting)
    await pcscd.stop(times.length % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
    await until(agent, ({ readerFailure }) => readerFailure !== null)
    await new Promise((resolve) => setTimeout(resolve, awayMs))
    const start = performance.now()
    await pcscd.start()
    await until(agent, isWaiting)
    times.push(performance.now() - start)
  }
  await agent.stop()
  return { 'card.backToWaitingMs': round(Math.max(...times)) }
}
