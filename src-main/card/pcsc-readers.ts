// PC/SC readers as the agent sees them. The system's smart card library can block for ever or take its process down, so
// it lives in a child process; this side keeps a limit on every request, starts a new host when the old one dies, and
// never lets a caller wait for a process that is gone.
import type { FailureCode } from '../ground/failures.ts'
import { createListeners } from '../ground/listeners.ts'
import type { Log } from '../ground/log.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { isFixedReader } from './fixed-readers.ts'
import type { CardConnection, ReaderStatus, Readers } from './reader.ts'
import { forkHost, type HostProcess, type StartHost } from './reader-host-process.ts'
import { type HostMessage, type HostRequest, hostMessageSchema, type ReaderService } from './reader-host-protocol.ts'

export interface PcscOptions {
  /** The host's entry file. */
  readonly hostEntry: string
  /** How this shell runs it; as a child of plain Node when not given. */
  readonly startHost?: StartHost | undefined
  readonly log: Log
  /** Longest time for one request, and for the first list of readers, in milliseconds; a slower host is replaced. */
  readonly limitMs?: number
  /** Longest time without a word that the smart card service answers, in milliseconds; then the readers are gone. */
  readonly silenceMs?: number
}

/** Pauses before a new host is started, in milliseconds: short after the first death, never longer than 3 s. */
const pauses = [50, 250, 1_000, 3_000]

/** A word that lies there already counts, however late this process comes to read it. */
const graceMs = 500

type Answer = Exclude<HostMessage, { kind: 'readers' | 'alive' }>
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

export function createPcscReaders(options: PcscOptions): Readers & {
  /** Resolves once the readers are known, or are known to be out of reach. */
  ready(): Promise<void>
  /** What the host said last of the system's smart card service; `down` while there is no host. */
  service(): ReaderService
} {
  const { log, limitMs = 10_000, silenceMs = 8_000, startHost = forkHost } = options
  const listeners = createListeners<[readers: readonly ReaderStatus[]]>()
  const waiting = new Map<number, (answer: Answer) => void>()
  let readers: readonly ReaderStatus[] = []
  let service: ReaderService = 'down'
  let host: HostProcess | null = null
  let lastId = 0
  let deaths = 0
  let restart: NodeJS.Timeout | undefined
  let isClosed = false
  const { promise: ready, resolve: markReady } = Promise.withResolvers<void>()
  const { promise: closed, resolve: markClosed } = Promise.withResolvers<void>()

  const publish = (found: readonly ReaderStatus[]) => {
    const next = found.filter(({ name }) => !isFixedReader(name))
    markReady()
    // A system that stops its service while there is no reader (Windows) is asked again and again: no news is no change.
    if (isSame(next, readers)) return
    readers = next
    listeners.tell(readers)
  }

  const start = () => {
    const child = startHost(options.hostEntry)
    host = child
    log.write({ event: 'readerHostStarted' })
    let silence = setTimeout(() => child.kill(), limitMs)
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(() => {
        silence = setTimeout(() => child.kill(), graceMs)
      }, silenceMs)
    }
    child.onMessage((message) => {
      const parsed = hostMessageSchema.safeParse(message)
      if (!parsed.success) return child.kill()
      if (parsed.data.kind === 'alive') return heard()
      if (parsed.data.kind === 'readers') {
        heard()
        deaths = 0
        service = parsed.data.service
        return publish(parsed.data.readers)
      }
      waiting.get(parsed.data.id)?.(parsed.data)
    })
    child.onExit(() => {
      clearTimeout(silence)
      host = null
      service = 'down'
      log.write({ event: 'readerHostStopped' })
      for (const [id, answer] of waiting) answer({ kind: 'failed', id, code: 'READER_UNAVAILABLE' })
      publish([])
      if (isClosed) return markClosed()
      restart = setTimeout(start, pauses[Math.min(deaths, pauses.length - 1)])
      deaths += 1
    })
  }

  const ask = (request: Unnumbered<HostRequest>): Promise<Answer> => {
    const id = ++lastId
    const child = host
    const refused = (code: FailureCode): Answer => ({ kind: 'failed', id, code })
    if (!child) return Promise.resolve(refused('READER_UNAVAILABLE'))
    return new Promise((resolve) => {
      const finish = (answer: Answer) => {
        clearTimeout(timer)
        waiting.delete(id)
        resolve(answer)
      }
      const timer = setTimeout(() => {
        // Stuck inside the library: only a new process helps. Its death answers everybody who waits.
        child.kill()
        finish(refused('READER_UNAVAILABLE'))
      }, limitMs)
      waiting.set(id, finish)
      child.send({ ...request, id })
    })
  }

  const expect = <K extends Answer['kind'], T>(
    answer: Answer,
    kind: K,
    value: (answer: Extract<Answer, { kind: K }>) => T,
  ): Result<T> => {
    const is = (given: Answer): given is Extract<Answer, { kind: K }> => given.kind === kind
    if (is(answer)) return ok(value(answer))
    return fail(answer.kind === 'failed' ? answer.code : 'CARD_RESPONSE_INVALID')
  }

  start()
  return {
    ready: () => ready,
    service: () => service,
    list: () => readers,
    onChange: listeners.add,
    async connect(reader) {
      const connected = expect(await ask({ kind: 'connect', reader }), 'connected', (answer) => answer)
      if (!connected.ok) return connected
      const { card, isT1 } = connected.value
      let isEnded = false
      const connection: CardConnection = {
        carriesExtended: isT1,
        async transmit(commands) {
          if (isEnded) return fail('CARD_REMOVED')
          return expect(
            await ask({ kind: 'transmit', card, commands: [...commands] }),
            'responses',
            ({ responses }) => responses,
          )
        },
        async end() {
          if (isEnded) return
          isEnded = true
          await ask({ kind: 'end', card })
        },
      }
      return ok(connection)
    },
    async close() {
      isClosed = true
      clearTimeout(restart)
      if (!host) return
      host.kill()
      await closed
    },
  }
}

const isSame = (a: readonly ReaderStatus[], b: readonly ReaderStatus[]) =>
  a.length === b.length && a.every(({ name, state }, index) => name === b[index]?.name && state === b[index]?.state)
