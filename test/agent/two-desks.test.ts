// Two desks beside one terminal, as on two computers: whole agents on one shared folder, each in a process of its own. Each
// result of the face reader becomes one visit at one of them, whatever becomes of the desks meanwhile.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src-main/ground/clock.ts'
import { watcherIn } from '../../src-main/hub/terminal/desk-record.ts'
import { systemFolders } from '../../src-main/hub/terminal/folder-files.ts'
import { eventually, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'
import { insured, terminalFile } from '../terminal-file.ts'
import { dataFolder } from './fixture.ts'

const toldSchema = z.object({
  /** null: it takes the results itself. */
  otherDesk: z.string().nullable(),
  today: z.string(),
  people: z.array(z.string()),
})

/** Nobody is given up while the test runs. */
const never = 3_600_000

async function openShare() {
  const share = temporaryFolder()
  for (const name of ['face', 'trash', 'req', 'res']) mkdirSync(join(share, name))
  const settings = { mode: 'training', terminal: { folder: share } }
  let laid = 0

  async function open(computer: string, goneMs = never) {
    const dataDir = await dataFolder(settings, systemClock)
    let told: z.infer<typeof toldSchema> | null = null
    let child: ChildProcess | null = null
    const start = async () => {
      told = null
      const entry = join(import.meta.dirname, 'desk-process.ts')
      const started = fork(entry, [dataDir, computer, `${goneMs}`], { execArgv: ['--no-warnings'], stdio: 'inherit' })
      child = started
      started.on('message', (message) => {
        if (child === started) told = toldSchema.parse(message)
      })
      onTestFinished(() => void started.kill('SIGKILL'))
      await eventually(`${computer} has started`, () => told !== null)
    }
    const end = (signal: NodeJS.Signals) => child?.kill(signal)
    await start()
    return {
      start,
      kill: () => end('SIGKILL'),
      /** As a computer that sleeps: nothing of it goes on, and it knows nothing of that. */
      sleep: () => end('SIGSTOP'),
      wake: () => end('SIGCONT'),
      call: (name: string) => void child?.send(name),
      leavesTo: () => told?.otherDesk,
      people: () => told?.people ?? [],
      today: () => told?.today ?? '',
    }
  }
  return {
    open,
    /** So many results of different people; their names. */
    lay(today: string, count: number): string[] {
      return Array.from({ length: count }, () => {
        laid++
        const name = `見本　${String.fromCodePoint(0x30a2 + laid)}`
        const at = `${today.replaceAll('-', '')}0930${String(laid % 60).padStart(2, '0')}`
        const file = `OQSsiquc01res_face_${laid}_${at}.xml`
        writeFileSync(join(share, file), terminalFile({ at }, [{ ...insured, Name: name }]))
        renameSync(join(share, file), join(share, 'face', file))
        return name
      })
    },
    watcher: () => watcherIn(join(share, 'madoguchi'), systemFolders),
  }
}

type Desk = Awaited<ReturnType<Awaited<ReturnType<typeof openShare>>['open']>>
const together = (...desks: readonly Desk[]) => desks.flatMap((desk) => desk.people()).toSorted()

test('the first one takes the results; the second knows who does, and takes none until it is told', {
  timeout: 180_000,
}, async () => {
  const { open, lay, watcher } = await openShare()
  const a = await open('RECEPTION-1')
  await eventually('the first one watches', () => watcher() === 'RECEPTION-1')
  const b = await open('RECEPTION-2')
  await eventually('the second one knows', () => b.leavesTo() === 'RECEPTION-1')
  expect(watcher()).toBe('RECEPTION-1')
  const first = lay(a.today(), 4)
  await eventually('they are visits', () => a.people().length === 4)

  b.call('takeOverTerminal')
  await eventually(
    'the second one watches, and the first one knows',
    () => watcher() === 'RECEPTION-2' && a.leavesTo() === 'RECEPTION-2',
  )
  expect(watcher()).toBe('RECEPTION-2')
  const second = lay(a.today(), 4)
  await eventually('they are visits of the other one', () => b.people().length === 4)
  expect(a.people().toSorted()).toEqual(first.toSorted())
  expect(b.people().toSorted()).toEqual(second.toSorted())
})

test.runIf(onPosix)(
  'one that sleeps is gone after a while; awake again it leaves what has come to the other one',
  {
    timeout: 180_000,
  },
  async () => {
    const { open, lay, watcher } = await openShare()
    const a = await open('RECEPTION-1', 5_000)
    await eventually('the first one watches', () => watcher() === 'RECEPTION-1')
    const b = await open('RECEPTION-2', 5_000)
    await eventually('the second one knows', () => b.leavesTo() === 'RECEPTION-1')
    a.sleep()
    const laid = lay(b.today(), 5)
    await eventually('the second one has taken them', () => b.people().length === 5)
    expect(watcher()).toBe('RECEPTION-2')
    a.wake()
    await eventually('the first one knows', () => a.leavesTo() === 'RECEPTION-2')
    laid.push(...lay(b.today(), 3))
    await eventually('all are visits', () => together(a, b).length === 8)
    expect(together(a, b)).toEqual(laid.toSorted())
  },
)

test('whatever becomes of them, each result is one visit of one of them', { timeout: 300_000 }, async () => {
  const { open, lay, watcher } = await openShare()
  const a = await open('RECEPTION-1', 3_000)
  const b = await open('RECEPTION-2', 3_000)
  const laid: string[] = []
  for (const what of ['kill', 'tell', 'kill', 'sleep'] as const) {
    laid.push(...lay(a.today(), 6))
    // In the middle of them.
    const begun = together(a, b).length
    await eventually('some of them are taken', () => together(a, b).length > begun)
    if (what === 'tell') {
      b.call('takeOverTerminal')
      a.call('takeOverTerminal')
      continue
    }
    const isKilled = what === 'kill' || !onPosix
    if (isKilled) a.kill()
    else a.sleep()
    laid.push(...lay(b.today(), 3))
    await eventually('the other one takes what comes', () => watcher() === 'RECEPTION-2')
    if (isKilled) await a.start()
    else a.wake()
  }
  await eventually('each is somebody’s visit', () => new Set(together(a, b)).size === laid.length)
  // What has come twice would have come by the next results, which are taken after it.
  const last = lay(a.today(), 2)
  laid.push(...last)
  await eventually('the last ones, too', () => last.every((name) => together(a, b).includes(name)))
  expect(together(a, b)).toEqual(laid.toSorted())
})
