// The reader service of the system and the process that talks to it are killed while a card is read: no try of a PIN is lost, the
// visit ends in a code, and the next card is read without anybody starting anything but the service.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAgent } from '../../src-main/agent.ts'
import { forkHost, type HostProcess } from '../../src-main/card/reader-host-process.ts'
import { isIn } from '../../src-main/ground/states.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { attachToVpcd } from '../../src-main/stand-ins/card/vpcd.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { entries } from '../agent/entries.ts'
import { atDesk } from '../at-desk.ts'
import { missingForPcscd, type Pcscd, preparePcscd } from '../card/pcscd.ts'
import { testClock } from '../clock.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { eventually, must, root, silentLog } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import type { Share } from './share-of-time.ts'

/** However short the time is. */
const atLeast = 2

/** Nobody waits in front of a long run, and what else runs on the computer may hold it up for a while. */
const patienceMs = 300_000

/** A check-in has 14 commands; a moment behind its end is one, too. */
const moments = 15

async function openCounter(pcscd: Pcscd) {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-kills-'))
  await writeTrainingFolder(join(dataDir, 'training'), testClock)
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ reader: 'pcsc' }))
  const { virtual, tries } = sampleCard(await openTrainingPki(join(dataDir, 'training'), testClock.now()), 'nanbyo')
  let host: HostProcess | null = null
  const agent = must(
    await startAgent({
      ...{ dataDir, settings: must(await loadSettings(dataDir)), keyStore: openHeadlessKey(dataDir) },
      ...{ migrationsDir: join(root, 'migrations'), entries, clock: testClock, log: silentLog, version: 'test' },
      takeBackMs: 0,
      startReaderHost(entry) {
        host = forkHost(entry)
        return host
      },
    }),
  )
  const call = (name: string, request: object) => agent.call(atDesk, name, request)
  let detach: () => void = () => undefined
  const isEmpty = async () => {
    const { readers, current } = agent.reception()
    if (current?.state === 'failed') await call('closeVisit', { visitId: current.id })
    return agent.reception().current === null && readers.length > 0 && readers.every(({ state }) => state === 'empty')
  }
  return {
    tries,
    killHost: () => host?.kill(),
    isEmpty,
    /** `disturb` is called before the card carries out its n-th command. */
    lay(n: number, disturb: () => void) {
      let commands = 0
      const transmit = async (command: Uint8Array) => {
        if (commands++ === n) disturb()
        return virtual.transmit(command)
      }
      const lay = () => ({ ...virtual, transmit })
      detach = attachToVpcd({ lay, host: '127.0.0.1', port: pcscd.port, onChange: () => undefined })
    },
    takeAway: () => detach(),
    /** The visit up to its end; returns the code with which it failed, or null. */
    async checkIn(): Promise<string | null> {
      const current = () => agent.reception().current
      const hasEnded = () => isIn(['failed', 'confirmed', 'handedOver'], current()?.state)
      await eventually(
        'the PIN is asked for, or the visit has failed',
        () => current()?.pin != null || hasEnded(),
        patienceMs,
      )
      if (current()?.pin) await call('enterPin', { visitId: current()?.id ?? '', pin: '1234', lastTry: false })
      await eventually('the visit ends', hasEnded, patienceMs)
      await agent.settled()
      const { id = '', failure = null } = current() ?? {}
      await call('closeVisit', { visitId: id })
      return failure?.code ?? null
    },
    async close() {
      detach()
      await agent.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** null: this computer has no reader service of its own to be killed. */
export async function killReaders(
  share: Share,
): Promise<{ readonly pcscd: number; readonly readerHost: number } | null> {
  const missing = missingForPcscd()
  if (missing) {
    share.say(`!! LEFT OUT: pcscd and the reader host, because ${missing}`)
    return null
  }
  const pcscd = preparePcscd()
  const kills = { pcscd: 0, readerHost: 0 }
  await pcscd.start()
  const counter = await openCounter(pcscd)
  try {
    for (let count = 0; count < atLeast || !share.isOver(); count++) {
      await eventually('the counter is empty', counter.isEmpty, patienceMs)
      const n = Math.floor(share.random() * moments)
      const isService = share.random() < 0.5
      let stopped: Promise<void> | null = null
      const strike = () => {
        kills[isService ? 'pcscd' : 'readerHost'] += 1
        if (isService) stopped = pcscd.stop('SIGKILL')
        else counter.killHost()
      }
      counter.lay(n, strike)
      const code = await counter.checkIn()
      assert.ok(code === null || code === 'READER_UNAVAILABLE', `killed at command ${n} the visit failed with ${code}`)
      assert.equal(counter.tries(), 3, `killed at command ${n} a try was lost`)
      counter.takeAway()
      await stopped
      if (stopped) await pcscd.start()
      await eventually('the counter is empty', counter.isEmpty, patienceMs)
      counter.lay(-1, () => undefined)
      assert.equal(await counter.checkIn(), null, 'the next card is not read')
      counter.takeAway()
      share.say(`pcscd was killed ${kills.pcscd} times, the reader host ${kills.readerHost} times`)
    }
  } finally {
    await counter.close()
    await pcscd.close()
  }
  return kills
}
