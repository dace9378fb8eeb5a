// The desk on a real pcscd that is disturbed at every command of a check-in: whatever happens, the visit ends in a code,
// no try is lost, and the next card is read without anybody restarting anything.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPcscReaders } from '../../../src-main/card/pcsc-readers.ts'
import { attachToVpcd } from '../../../src-main/stand-ins/card/vpcd.ts'
import { openTrainingPki } from '../../../src-main/stand-ins/certificates/pki.ts'
import { dataFolder, openDesk } from '../../agent/fixture.ts'
import { testClock } from '../../clock.ts'
import { fault } from '../../faults.ts'
import { sampleCard } from '../../stand-ins/sample-card.ts'
import { eventually, must, root, silentLog } from '../../support.ts'
import type { Pcscd } from '../pcscd.ts'

/** The last one: PERFORM SECURITY OPERATION (ISO 7816-8), whatever number it has. */
const isSignature = (command: Uint8Array) => command[1] === 0x2a
/** Token, certificate, tries, PIN and signature. */
const commandCount = 14
const everyCommand = Array.from({ length: commandCount }, (_, index) => index)

/** An agent on the system's readers, and a sample card that a test can disturb at any of its commands. */
async function openCounter(pcscd: Pcscd) {
  const dataDir = await dataFolder({ reader: 'pcsc' })
  const { virtual, tries } = sampleCard(await openTrainingPki(join(dataDir, 'training'), testClock.now()), 'nanbyo')
  const desk = await openDesk(dataDir)
  let detach: (() => void) | null = null

  const takeAway = () => {
    detach?.()
    detach = null
  }
  const isEmpty = () => {
    const { readers, current } = desk.agent.reception()
    return current === null && readers.length > 0 && readers.every(({ state }) => state === 'empty')
  }
  /** A reader that comes back may show the card that lay there for a moment: whatever visit that makes is closed too. */
  const isCleared = async () => {
    const visit = desk.current()
    if (visit?.state === 'failed') await desk.call('closeVisit', { visitId: visit.id })
    return isEmpty()
  }

  return {
    desk,
    tries: () => tries(),
    /** `disturb` is called before the card carries out its n-th command, or one that is such. */
    lay(at: number | ((command: Uint8Array) => boolean) = Number.POSITIVE_INFINITY, disturb: () => void = () => {}) {
      let commands = 0
      const isThere = typeof at === 'number' ? () => commands++ === at : at
      const disturbed = {
        ...virtual,
        async transmit(command: Uint8Array) {
          if (isThere(command)) disturb()
          return virtual.transmit(command)
        },
      }
      detach = attachToVpcd({ lay: () => disturbed, host: '127.0.0.1', port: pcscd.port, onChange: () => undefined })
    },
    takeAway,
    /** The next visit up to its end, with the right PIN when it is asked for. */
    async checkIn() {
      await eventually('the PIN is asked for, or the visit has failed', () => {
        const visit = desk.current()
        return visit !== null && (visit.pin !== null || visit.state === 'failed')
      })
      if (desk.current()?.pin) await desk.enterPin('1234')
      const visit = await desk.ends()
      await desk.agent.settled()
      must(await desk.call('closeVisit', { visitId: visit.id }))
      return visit
    },
    isEmpty,
    /** Takes the card away and waits until pcscd has noticed, so that the next agent does not find it. */
    async clear() {
      takeAway()
      await eventually('the counter is empty', isCleared)
    },
  }
}

/** Registers the tests. `pcscd` runs, and nothing lies on its reader. */
export function testDesk(pcscd: () => Pcscd): void {
  test('a card pulled at any command of a check-in costs no try, and is read when it is laid again', async () => {
    const counter = await openCounter(pcscd())
    for (const n of everyCommand) {
      await eventually('the counter is empty', counter.isEmpty)
      counter.lay(n, counter.takeAway)
      const { failure } = await counter.checkIn()
      expect({ n, code: failure?.code, tries: counter.tries() }).toEqual({ n, code: 'CARD_REMOVED', tries: 3 })
    }
    await eventually('the counter is empty', counter.isEmpty)
    counter.lay()
    expect((await counter.checkIn()).failure).toBe(null)
    await counter.clear()
  }, 120_000)

  fault('reader', 'The reader service is killed at any command of a check-in', {
    seen: 'READER_UNAVAILABLE',
    data: 'No try of the PIN is lost.',
    recovery: 'The card is read when the service is back.',
  })
  test('a pcscd killed at any command costs no try, and the card is read when pcscd is back', async () => {
    const counter = await openCounter(pcscd())
    for (const n of everyCommand) {
      await eventually('the counter is empty', counter.isEmpty)
      counter.lay(n, () => void pcscd().stop('SIGKILL'))
      const { failure } = await counter.checkIn()
      expect({ n, code: failure?.code, tries: counter.tries() }).toEqual({ n, code: 'READER_UNAVAILABLE', tries: 3 })
      counter.takeAway()
      await eventually('the reader has gone', () => counter.desk.agent.reception().readers.length === 0)
      await pcscd().start()
    }
    counter.lay()
    expect((await counter.checkIn()).failure).toBe(null)
    await counter.clear()
  }, 120_000)

  test('a pcscd that dies while the PIN is waited for is told as the reader, not as the card', async () => {
    const counter = await openCounter(pcscd())
    await eventually('the counter is empty', counter.isEmpty)
    counter.lay()
    await counter.desk.asksForPin()
    await pcscd().stop('SIGKILL')
    const { id: visitId, failure } = await counter.desk.ends()
    expect(failure?.code).toBe('READER_UNAVAILABLE')
    must(await counter.desk.call('closeVisit', { visitId }))
    counter.takeAway()
    await pcscd().start()
    await counter.clear()
  })

  fault('reader', 'The reader service hangs during a visit', {
    seen: 'READER_UNAVAILABLE',
    data: 'The visit ends; no try of the PIN is lost.',
    recovery: 'It works again when the service goes on.',
  })
  test('a pcscd that hangs is told, before a card and during a visit, and works again when it goes on', async () => {
    const counter = await openCounter(pcscd())
    const { desk } = counter
    await eventually('the counter is empty', counter.isEmpty)
    const readerFailure = () => desk.agent.reception().readerFailure?.code
    pcscd().freeze()
    await eventually('the reader is told as gone', () => readerFailure() === 'READER_UNAVAILABLE')
    pcscd().thaw()
    await eventually('the reader is back', counter.isEmpty)

    counter.lay(isSignature, () => pcscd().freeze())
    await desk.asksForPin()
    await desk.enterPin('1234')
    const { id: visitId, failure } = await desk.ends()
    expect(failure?.code).toBe('READER_UNAVAILABLE')
    expect(counter.tries()).toBe(3)
    must(await desk.call('closeVisit', { visitId }))
    pcscd().thaw()
    await counter.clear()
    counter.lay()
    expect((await counter.checkIn()).failure).toBe(null)
    await counter.clear()
  }, 120_000)

  test('a card that another program holds is waited for with a word, and read when it is free', async () => {
    const counter = await openCounter(pcscd())
    const { desk } = counter
    await eventually('the counter is empty', counter.isEmpty)
    counter.lay()
    const { id: visitId, reader } = await desk.asksForPin()
    must(await desk.call('cancelVisit', { visitId }))

    const other = createPcscReaders({ hostEntry: join(root, 'native/reader-host.ts'), log: silentLog })
    await other.ready()
    const held = must(await other.connect(reader))
    must(await desk.call('retryVisit', { visitId }))
    await desk.reaches('the desk says why it waits', (visit) => visit?.hold?.code === 'CARD_BUSY')
    expect(desk.agent.reception().readers).toContainEqual({ name: reader, state: 'inUse', isChosen: false })
    await held.end()
    await other.close()
    const visit = await counter.checkIn()
    expect({ hold: visit.hold, failure: visit.failure }).toEqual({ hold: null, failure: null })
    await counter.clear()
  })
}
