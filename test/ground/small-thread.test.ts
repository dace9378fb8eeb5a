import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSmallThread } from '../../src-main/ground/small-thread.ts'
import { temporaryFolder } from '../support.ts'

test('what a thread at a folder throws away never takes more than a few megabytes, however much it was', async () => {
  const entry = join(temporaryFolder(), 'wasteful.mjs')
  writeFileSync(
    entry,
    `import { getHeapSpaceStatistics } from 'node:v8'
    import { parentPort, workerData } from 'node:worker_threads'
    let kept = []
    for (let each = 0; each < workerData.pieces; each++) {
      kept.push(Array.from({ length: 100 }, () => each))
      if (kept.length > 500) kept = []
    }
    parentPort.postMessage(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size)`,
  )
  const thread = startSmallThread(entry, { pieces: 60_000 })
  const [bytes] = await once(thread, 'message')
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(8_000_000)
})
