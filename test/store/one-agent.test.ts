// Two agents on one database, and agents that die: real processes on a real file.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { openTestStore, type StorePlace, storePlace } from './samples.ts'

/** Another agent that saves visits one after the other and says each number once it is committed. */
async function startSaver(place: StorePlace): Promise<{ process: ChildProcess; lines: AsyncIterator<string> }> {
  const script = fileURLToPath(new URL('./saver.ts', import.meta.url))
  const child = spawn(process.execPath, [script, place.file, Buffer.from(place.key).toString('hex')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { process: child, lines }
}

test('a second agent is refused at once, and let in as soon as the first was killed', async () => {
  const place = storePlace()
  const { process: saver, lines } = await startSaver(place)
  await lines.next()
  expect(openStore(place)).toEqual({ ok: false, error: { code: 'AGENT_ALREADY_RUNNING' } })
  const exited = once(saver, 'exit')
  saver.kill('SIGKILL')
  await exited
  openTestStore(place)
})

fault('sleep', 'The program is killed while visits are saved', {
  seen: 'nothing',
  class: 'transient',
  data: 'Every visit that was told as saved is there, with its answer and its file; numbers go on without a gap.',
  recovery: 'The next start goes on from it.',
})
test('every visit that was answered ok is there after kill -9, and the next one goes on from it', async () => {
  const place = storePlace()
  for (let round = 0; round < 5; round++) {
    const { process: saver, lines } = await startSaver(place)
    const exited = once(saver, 'exit')
    let acknowledged = Number((await lines.next()).value)
    for (let visit = 0; visit < 10 * round; visit++) acknowledged = Number((await lines.next()).value)
    saver.kill('SIGKILL')
    for (let next = await lines.next(); !next.done; next = await lines.next()) acknowledged = Number(next.value)
    await exited
    const store = must(openStore(place))
    const visits = await store.visitsOfDay('2026-11-23')
    store.close()
    expect(visits.length).toBeGreaterThanOrEqual(acknowledged)
    expect(visits.map(({ visit }) => visit.number)).toEqual(visits.map((_, index) => visits.length - index))
    expect(visits.every(({ eligibility, deliveries }) => eligibility && deliveries.length === 1)).toBe(true)
  }
})
