// The child process that owns PC/SC. It watches the readers, holds the connected cards, and answers the agent. When the
// smart card service dies it takes a fresh context, because no old one ever recovers; when its parent goes, it goes. As
// long as the service answers it says so: one that hangs answers nobody, and the watcher alone would wait for ever.
// It runs in both shells: as a fork of plain Node, and as a utility process of Electron, which is given the agent's port.
import { transmitInOrder } from '../src-main/card/reader.ts'
import {
  type HostMessage,
  type HostRequest,
  hostRequestSchema,
  type ReaderService,
} from '../src-main/card/reader-host-protocol.ts'
import type { FailureCode } from '../src-main/ground/failures.ts'
import { fail, ok } from '../src-main/ground/result.ts'
import { cardFailure } from './card-failure.ts'
import {
  type CardHandle,
  type Context,
  establishContext,
  protocolT1,
  type ReaderState,
  readerFlags,
  status,
} from './pcsclite.ts'

/** Who asked for it, in whatever process: the port that the first message brings, or a fork's parent. */
const { parentPort } = process
const agent = parentPort
  ? await new Promise<Electron.MessagePortMain | undefined>((resolve) => {
      parentPort.once('message', ({ ports }) => resolve(ports[0]))
    })
  : undefined

const send = (message: HostMessage) => {
  if (agent) agent.postMessage(message)
  else if (process.connected) process.send?.(message)
}

/** Pauses before a fresh context is tried, in milliseconds. */
const pauses = [100, 500, 1_000]
/** How long to wait after a wait that was over at once without any news, in milliseconds: a service that has none may do so. */
const idleMs = 200
/** How often the service is asked whether it is still there, in milliseconds. */
const beatMs = 1_000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const stateOf = (flags: number) => {
  if (flags & readerFlags.present) return flags & readerFlags.mute ? 'faulty' : 'card'
  return flags & readerFlags.empty ? 'empty' : 'faulty'
}

const report = (readers: readonly ReaderState[], service: ReaderService = 'up') =>
  send({ kind: 'readers', readers: readers.map(({ name, state }) => ({ name, state: stateOf(state) })), service })

/** Insertions and removals so far, as the service counts them in the upper half of a state. */
const events = (state: number) => (state >>> 16) & 0xffff

/** Why there was no fresh context the last time. */
let lack: Exclude<ReaderService, 'up'> = 'down'

/** A fresh context; null where the service does not answer, or the library is not installed (yet). */
async function freshContext(): Promise<Context | null> {
  try {
    const [established, context] = await establishContext()
    lack = 'down'
    return established === status.success ? context : null
  } catch {
    lack = 'missing'
    return null
  }
}

/** Watches with one context until the service or the library says no. */
async function watch(context: Context): Promise<void> {
  let known: readonly ReaderState[] = []
  for (;;) {
    const [listed, names] = await context.listReaders()
    if (listed !== status.success && listed !== status.noReaders) return
    const current = names.map((name) => known.find((reader) => reader.name === name) ?? { name, state: 0 })
    // A reader that came is told of at once by the wait, one that went, or the lack of any, is not.
    const kept = known.filter(({ name }) => names.includes(name))
    if (kept.length < known.length || names.length === 0) report(kept)
    known = current
    const [waited, changed] = await context.waitForChange(known)
    if (waited === status.timeout || waited === status.unknownReader) continue
    if (waited !== status.success) return
    // A card exchanged faster than we looked: show the removal in between, it may be another patient's card.
    const exchanged = changed.filter(({ name, state }) => {
      const before = known.find((reader) => reader.name === name)?.state ?? 0
      return before & state & readerFlags.present && events(state) !== events(before)
    })
    if (exchanged.length > 0) {
      report(changed.map((reader) => (exchanged.includes(reader) ? { ...reader, state: readerFlags.empty } : reader)))
    }
    const isNews = changed.some(({ name, state }) => known.find((reader) => reader.name === name)?.state !== state)
    known = changed
    if (isNews) report(known)
    else await sleep(idleMs)
  }
}

const cards = new Map<number, { readonly context: Context; readonly handle: CardHandle }>()
let lastCard = 0
/** For cards; the watcher has its own, because a context serves one call at a time. */
let working: Context | null = null

const releaseWorking = () => {
  working?.release()
  working = null
}

async function serve(request: HostRequest): Promise<HostMessage> {
  const { id } = request
  const failed = (code: FailureCode): HostMessage => ({ kind: 'failed', id, code })
  if (request.kind === 'connect') {
    const fresh = working ?? (await freshContext())
    if (!fresh) return failed('READER_UNAVAILABLE')
    // Two cards that come at once share the context of the first.
    if (working && working !== fresh) fresh.release()
    working ??= fresh
    const context = working
    const [connected, handle] = await context.connect(request.reader)
    if (connected === status.success) {
      cards.set(++lastCard, { context, handle })
      return { kind: 'connected', id, card: lastCard, isT1: handle.protocol === protocolT1 }
    }
    const code = await unlessServiceGone(cardFailure(connected), context)
    if (code === 'READER_UNAVAILABLE') {
      // The service may have been restarted since: the next attempt gets a fresh context.
      releaseWorking()
    }
    return failed(code)
  }
  const card = cards.get(request.card)
  if (!card) return failed('CARD_REMOVED')
  if (request.kind === 'end') {
    cards.delete(request.card)
    await card.context.disconnect(card.handle)
    return { kind: 'ended', id }
  }
  const responses = await transmitInOrder(request.commands, async (command) => {
    const [transmitted, response] = await card.context.transmit(card.handle, command)
    return transmitted === status.success ? ok(response) : fail(cardFailure(transmitted))
  })
  if (responses.ok) return { kind: 'responses', id, responses: [...responses.value] }
  return failed(await unlessServiceGone(responses.error.code, card.context))
}

/** A card seems to have gone also when its reader or the whole service has. */
async function unlessServiceGone(code: FailureCode, context: Context): Promise<FailureCode> {
  return code === 'CARD_REMOVED' && !(await isAnswering(context)) ? 'READER_UNAVAILABLE' : code
}

/** Whether the service still knows a reader. */
async function isAnswering(context: Context): Promise<boolean> {
  const [listed] = await context.listReaders()
  return listed === status.success
}

/** Says so while the service answers; on a context of its own, because each serves one call at a time. */
async function beat(): Promise<never> {
  let context: Context | null = null
  for (;;) {
    context ??= await freshContext()
    const isKept: boolean = context !== null && (await isAnswering(context))
    if (!isKept) context?.release()
    context = isKept ? context : null
    send({ kind: 'alive' })
    await sleep(beatMs)
  }
}

const onMessage = async (message: unknown) => {
  const request = hostRequestSchema.safeParse(message)
  if (!request.success) return
  send(await serve(request.data))
  // It may have held a PIN.
  if (request.data.kind === 'transmit') for (const command of request.data.commands) command.fill(0)
}
// Not `exit`: it would wait for calls inside the library, which may never end.
const end = () => void process.kill(process.pid, 'SIGKILL')
if (agent) {
  agent.on('message', ({ data }) => void onMessage(data))
  agent.on('close', end)
  agent.start()
} else {
  process.on('message', onMessage)
  process.on('disconnect', end)
}

void beat()

for (let failures = 0; ; ) {
  const context = await freshContext()
  if (context) {
    failures = 0
    releaseWorking()
    await watch(context)
    context.release()
  }
  report([], lack)
  await sleep(pauses[Math.min(failures, pauses.length - 1)] ?? 0)
  failures += 1
}
