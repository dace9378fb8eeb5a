// A desk with an open visit is killed (`kill -9`): how long until another desk has that visit, where a person takes it over as soon as
// the screen offers it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createDuties } from '../../src-main/store/duties.ts'
import { openSiteStore } from '../../src-main/store/postgres/store.ts'
import { newSite, type PostgresPlace } from '../postgres/server.ts'
import { at } from '../store/new-visit.ts'
import { silentLog } from '../support.ts'

/** In milliseconds, a figure for each kill. */
export async function visitTakenOver(
  place: PostgresPlace,
  { key, migrationsDir, kills }: { readonly key: Uint8Array; readonly migrationsDir: string; readonly kills: number },
): Promise<readonly number[]> {
  const access = { ...newSite(place), connections: 2 }
  const desk = { id: 'other', name: 'other', version: '0' }
  const opened = await openSiteStore({ access, key, migrationsDir, desk })
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value
  let heardOf: readonly string[] = []
  const duties = createDuties({
    store,
    log: silentLog,
    heard: (desks) => {
      heardOf = desks.filter(({ isHeard }) => isHeard).map(({ id }) => id)
    },
  })
  const children: ChildProcess[] = []
  try {
    const times: number[] = []
    for (let kill = 0; kill < kills; kill++) {
      const id = `killed ${kill}`
      const child = fork(join(import.meta.dirname, 'hospital-visit-desk.ts'))
      children.push(child)
      child.send({ access, key: Buffer.from(key).toString('hex'), migrationsDir, id })
      const [visitId]: unknown[] = await once(child, 'message')
      while (!heardOf.includes(id)) await pause(10)
      // Somewhere between two of its beats.
      await pause((kill * 618) % 2_000)
      child.kill('SIGKILL')
      const start = performance.now()
      while (heardOf.includes(id)) await pause(5)
      const taken = await store.takeOverVisit(String(visitId), { at })
      if (!taken.ok) throw new Error(taken.error.code)
      times.push(performance.now() - start)
    }
    return times
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await duties.close()
    store.close()
  }
}
