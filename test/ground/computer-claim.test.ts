// A claim on something that all sessions of a computer share: real names of the system, and another process that dies.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { claimOnComputer } from '../../src-main/ground/computer-claim.ts'
import { root, temporaryFolder } from '../support.ts'

const atOnce = { waitMs: 0 }
const thing = () => temporaryFolder()

test('whoever comes second is told who has it, and has it once the first gives it back', async () => {
  const what = thing()
  const first = await claimOnComputer(what, { us: '受付1' })
  onTestFinished(() => first.release())
  expect(first.heldBy).toBeUndefined()
  expect((await claimOnComputer(what, { ...atOnce, us: '受付2' })).heldBy).toBe('受付1')
  expect((await claimOnComputer(what, { ...atOnce, us: '受付1' })).heldBy).toBeNull()
  const other = await claimOnComputer(thing(), atOnce)
  onTestFinished(() => other.release())
  expect(other.heldBy).toBeUndefined()

  const waiting = claimOnComputer(what, { us: '受付2', waitMs: 60_000 })
  await first.release()
  const second = await waiting
  onTestFinished(() => second.release())
  expect(second.heldBy).toBeUndefined()
})

test('what a process had that was killed is free', async () => {
  const what = thing()
  const module = JSON.stringify(join(root, 'src-main/ground/computer-claim.ts'))
  const script = `
    const { pathToFileURL } = await import('node:url')
    const { claimOnComputer } = await import(pathToFileURL(${module}))
    await claimOnComputer(${JSON.stringify(what)}, { us: '受付1' })
    process.send('claimed')
    setInterval(() => {}, 1_000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder, 'message')
  expect((await claimOnComputer(what, atOnce)).heldBy).toBe('受付1')
  const gone = once(holder, 'exit')
  holder.kill('SIGKILL')
  await gone
  const ours = await claimOnComputer(what)
  onTestFinished(() => ours.release())
  expect(ours.heldBy).toBeUndefined()
})
