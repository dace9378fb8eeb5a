// What the agent says of a share that hangs: its thread says nothing any more, and nobody waits for it. Real threads, whose
// entries hang on purpose.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Failure, fail } from '../../../src-main/ground/result.ts'
import { usualTiming, type WatchEvent } from '../../../src-main/hub/terminal/folder-watch.ts'
import { inspectInThread, watchInThread, writeInThread } from '../../../src-main/hub/terminal/threaded-folder.ts'
import { fault } from '../../faults.ts'
import { eventually, temporaryFolder } from '../../support.ts'

const onFault = (error: unknown) => {
  throw error
}

/** A thread's entry; while the file `hung` of its folder is there it hangs as in a system call. */
function entryOf(script: string) {
  const folder = temporaryFolder()
  const hung = join(folder, 'hung')
  const entry = join(folder, 'thread.mjs')
  writeFileSync(
    entry,
    `import { existsSync } from 'node:fs'
    import { parentPort } from 'node:worker_threads'
    const hung = () => existsSync(${JSON.stringify(hung)})
    const hang = () => { while (hung()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20) }
    ${script}`,
  )
  return { entry, hang: () => writeFileSync(hung, ''), goOn: () => rmSync(hung) }
}

fault('terminal', 'The terminal’s share hangs, without a word', {
  seen: 'TERMINAL_FOLDER_SLOW',
  detail: { field: 'face' },
  data: 'Nothing else hangs with it; what is in the folder stays there.',
  recovery: 'It is watched again by itself once the share answers.',
})
test('a watched folder that hangs is told, and taken back as soon as it answers again', async () => {
  const { entry, hang, goOn } = entryOf(`
    parentPort.postMessage({ kind: 'state', failure: null })
    setInterval(() => { hang(); parentPort.postMessage({ kind: 'beat' }) }, 10)`)
  const target = { name: 'face', folder: 'nowhere', prefixes: ['OQS'], timing: usualTiming } as const
  const told: (Failure | null)[] = []
  const listen = (event: WatchEvent) => event.kind === 'state' && told.push(event.failure)
  const watch = watchInThread(target, listen, { entry, onFault, limitMs: 200 })
  onTestFinished(() => watch.close())
  const isTold = (what: string, failure: Failure | null) =>
    eventually(what, () => JSON.stringify(told.at(-1)) === JSON.stringify(failure))
  await isTold('it is watched', null)
  hang()
  await isTold('it is told', { code: 'TERMINAL_FOLDER_SLOW', detail: { field: 'face' } })
  goOn()
  await isTold('it is taken back', null)
})

test('a request into a folder that hangs is given up, and the next one goes through once it answers', async () => {
  const { entry, hang, goOn } = entryOf(`
    parentPort.on('message', () => { hang(); parentPort.postMessage({ kind: 'put', result: { ok: true, value: true } }) })`)
  const place = { req: 'req', res: 'res', staging: 'madoguchi' }
  const folder = writeInThread(place, { entry, onFault, limitMs: 200 })
  onTestFinished(() => folder.close())
  const request = { name: 'OQSsiquc01req_1.xml', answers: [], content: Buffer.from('<XmlMsg/>') }
  hang()
  expect(await folder.put(request)).toEqual(fail('TERMINAL_FOLDER_SLOW', { field: 'req' }))
  goOn()
  // Behind the one that hung, whose end it may still have to wait for.
  await eventually('it is written', async () => (await folder.put(request)).ok)
})

test('a look at folders that hang is given up', async () => {
  const { entry, hang, goOn } = entryOf('hang()')
  hang()
  onTestFinished(goOn)
  const folders = { own: 'madoguchi', watched: [{ name: 'face', folder: 'face' }], requests: null } as const
  expect(await inspectInThread(folders, 0, { entry, limitMs: 100 })).toEqual(fail('TERMINAL_FOLDER_SLOW'))
})
