// A check-in as it is in life: a card that takes 20 ms for every answer, a line that takes 40 ms to the hub and back for every
// request, and a patient before whose connection has long been closed. What it takes is held against the waits themselves: each
// answer of the card, and of the hub one way there and back for each request. What waits at the same time waits once; the making of
// a connection is no wait that a request needs, so what it adds is ours, as is every millisecond in which nobody waits.
import { fork } from 'node:child_process'
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { atDesk } from '../at-desk.ts'
import type { SeparateCard } from '../card/separate-card.ts'
import { steadyMs } from '../steady-clock.ts'
import { openAgent, until } from './agent.ts'
import { createHostWatch } from './card.ts'
import { checkIn, hubOf, mustBeHandedOver, startEntry, stopEntry, writeClinic } from './check-in.ts'
import { type Figures, spread } from './measure.ts'

const runs = 30
const warmUp = 3
const apduMs = 20
const oneWayMs = 20

type Span = readonly [from: number, to: number]

/** How long at least one of them lasted. */
export function timeCovered(spans: readonly Span[]): number {
  let covered = 0
  let end = Number.NEGATIVE_INFINITY
  for (const [from, to] of spans.toSorted(([one], [other]) => one - other)) {
    if (to <= end) continue
    covered += to - Math.max(from, end)
    end = to
  }
  return covered
}

/** What lies within both. */
const within = (spans: readonly Span[], frames: readonly Span[]): readonly Span[] =>
  frames.flatMap(([begin, end]) =>
    spans.flatMap(([from, to]): readonly Span[] => {
      const both = [Math.max(from, begin), Math.min(to, end)] as const
      return both[0] < both[1] ? [both] : []
    }),
  )

/** From the moment each request goes out to the first of its answer, as undici tells it. */
function watchRequests() {
  let spans: [from: number, to: number, path: string][] = []
  const sent = new WeakMap<object, number>()
  const told = z.object({ request: z.looseObject({ path: z.string() }) })
  const requestOf = (message: unknown) => {
    told.parse(message)
    return Object(Reflect.get(Object(message), 'request'))
  }
  channel('undici:client:sendHeaders').subscribe((message) => sent.set(requestOf(message), steadyMs()))
  channel('undici:request:headers').subscribe((message) => {
    const request = requestOf(message)
    spans.push([sent.get(request) ?? Number.NaN, steadyMs(), String(request.path)])
  })
  return {
    /** Those since the last time; a look whether the hub is there is none that a check-in needs. */
    take() {
      const needed = spans.filter(([, , path]) => !path.endsWith('/health'))
      spans = []
      return needed.map(([from, to]): Span => [from, to])
    },
  }
}

async function openLine(hubPort: number) {
  const child = fork(join(import.meta.dirname, 'life-line.ts'), [String(hubPort), String(oneWayMs)])
  const [first] = await once(child, 'message')
  return {
    port: z.object({ port: z.int() }).parse(first).port,
    async waits(): Promise<readonly Span[]> {
      child.send('waits')
      const [message] = await once(child, 'message')
      return z.object({ waits: z.array(z.tuple([z.number(), z.number()])) }).parse(message).waits
    },
    stop: () => void child.kill(),
  }
}

/** `folder` holds the certificates of the training clinic in `training`. */
export async function benchLife(card: SeparateCard, folder: string): Promise<Figures> {
  const sandbox = startEntry('sandbox.js', ['--data', folder, '--json', '--port', '0', '--office-port', '0'])
  const hub = await hubOf(sandbox)
  const line = await openLine(Number(new URL(hub.url).port))
  try {
    const url = new URL(hub.url)
    url.port = String(line.port)
    const dataDir = writeClinic(folder, { ...hub, url: url.href })
    return await measureLife(card, line, dataDir)
  } finally {
    line.stop()
    await stopEntry(sandbox)
  }
}

async function measureLife(
  card: SeparateCard,
  line: Awaited<ReturnType<typeof openLine>>,
  dataDir: string,
): Promise<Figures> {
  const watch = createHostWatch()
  const requests = watchRequests()
  const agent = await openAgent(dataDir, 'pcsc', { startReaderHost: watch.start })
  const rounds: Readonly<Record<'ms' | 'waitsMs' | 'apdus' | 'requests' | 'afterAnswerMs', number>>[] = []
  for (let index = -warmUp; index < runs; index++) {
    await until(agent, ({ readers, current }) => current === null && readers.some(({ state }) => state === 'empty'))
    await line.waits()
    requests.take()
    watch.reset()
    const visitId = await checkIn(agent, () => card.lay(apduMs))
    const { ms } = watch.elapsed()
    const whole: Span = [steadyMs() - ms, steadyMs()]
    mustBeHandedOver(agent)
    const ofCard = await card.takeAwayWithWaits()
    const ofHub = requests.take()
    const waits = within([...ofCard.waits, ...within(await line.waits(), ofHub)], [whole])
    const afterAnswerMs = whole[1] - Math.max(...ofHub.map(([, to]) => to))
    const [waitsMs, apdus, asked] = [timeCovered(waits), ofCard.commands, ofHub.length]
    if (index >= 0) rounds.push({ ms, waitsMs, apdus, requests: asked, afterAnswerMs })
    await until(agent, ({ readers }) => readers.every(({ state }) => state === 'empty'))
    await agent.call(atDesk, 'closeVisit', { visitId })
  }
  await agent.stop()
  return {
    'life.checkInMs': spread(rounds.map(({ ms }) => ms)),
    'life.waitsMs': spread(rounds.map(({ waitsMs }) => waitsMs)),
    'life.apdus': spread(rounds.map(({ apdus }) => apdus)),
    'life.requests': spread(rounds.map(({ requests }) => requests)),
    'life.oursMs': spread(rounds.map(({ ms, waitsMs }) => ms - waitsMs)),
    'life.afterAnswerMs': spread(rounds.map(({ afterAnswerMs }) => afterAnswerMs)),
    'life.checkInToWaits': spread(rounds.map(({ ms, waitsMs }) => ms / waitsMs)),
  }
}
