// Another key for the same data: wherever it is cut short, one key opens everything, and the second try ends it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail } from '../../src-main/ground/result.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { drillRestore } from '../../src-main/store/backup.ts'
import { databaseOf, openData } from '../../src-main/store/data-folder.ts'
import { rotateKey } from '../../src-main/store/key-rotation.ts'
import { verifyTrail } from '../../src-main/store/maintenance.ts'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { testClock } from '../clock.ts'
import { fault } from '../faults.ts'
import { must, temporaryFolder } from '../support.ts'
import { onPosix } from '../system.ts'
import { at, confirmedVisit, migrationsDir, newDelivery, patient } from './samples.ts'

const rotating = join(import.meta.dirname, 'rotating-key.ts')

/** With the key kept as on each system: plain in a file, or wrapped by the system. */
const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a)
const wrapping = {
  wrap: async (key: Uint8Array) => turned(key),
  unwrap: async (wrapped: Uint8Array) => ({ key: turned(wrapped), isOld: false }),
}

async function clinic(platform: NodeJS.Platform) {
  const dataDir = temporaryFolder()
  const keyStore = () => openHeadlessKey(dataDir, platform, wrapping)
  const options = () => ({
    ...{ dataDir, keyStore: keyStore(), migrationsDir, clock: testClock, backupFolder: null, lockWaitMs: 0 },
  })
  const { store } = must(await openData(options()))
  const visit = await confirmedVisit(store, [newDelivery('receipt')])
  must(await store.linkPatientNumber({ visitId: visit.id, number: '00123', isMoved: false, at }))
  store.close()
  const keyOf = async () => Uint8Array.from(must(await keyStore().load()) ?? [])
  /** Everything is there, and what stands for people in it still does. */
  const isWhole = async () => {
    const { store } = must(await openData(options()))
    expect((await store.visit(visit.id))?.deliveries).toHaveLength(1)
    expect((await store.known(patient.ref)).versions).toHaveLength(1)
    expect((await store.patientNumber(patient.ref, null))?.number).toBe('00123')
    expect((await store.numberHolder('123'))?.ref).toBe(patient.ref)
    store.close()
    expect(must(await verifyTrail(options()))).toMatchObject({ broken: null })
  }
  return { dataDir, options, keyOf, isWhole }
}

describe.each(['linux', 'win32'] as const)('the key as it is kept on %s', (platform) => {
  test('is another one afterwards, everything is there, and the one before opens nothing any more', async () => {
    const { dataDir, options, keyOf, isWhole } = await clinic(platform)
    const before = await keyOf()
    const { copy } = must(await rotateKey(options()))
    const after = await keyOf()
    expect(Buffer.from(after).equals(before)).toBe(false)
    await isWhole()
    const place = { file: databaseOf(dataDir), migrationsDir }
    expect(openStore({ ...place, key: before })).toEqual(fail('STORE_KEY_WRONG'))
    expect(readdirSync(dataDir).filter((name) => /next|rotated/.test(name))).toEqual([])
    // A copy under the new key is there at once.
    expect(await drillRestore(options(), copy)).toMatchObject({ ok: true })
    must(await rotateKey(options()))
    await isWhole()
  })

  test('opens everything wherever the change was cut short, and the next try ends it', {
    timeout: 120_000,
  }, async () => {
    let isThrough = false
    for (let cutAfter = 1; !isThrough; cutAfter++) {
      const { dataDir, options, keyOf, isWhole } = await clinic(platform)
      const before = await keyOf()
      let left = cutAfter
      const cut = new Error('cut short')
      try {
        must(
          await rotateKey(options(), () => {
            left--
            if (left === 0) throw cut
          }),
        )
        isThrough = true
      } catch (error) {
        expect(error).toBe(cut)
      }
      await isWhole()
      must(await rotateKey(options()))
      await isWhole()
      expect(Buffer.from(await keyOf()).equals(before)).toBe(false)
      expect(readdirSync(dataDir).filter((name) => /next|rotated/.test(name))).toEqual([])
      if (isThrough) expect(cutAfter).toBe(8)
    }
  })
})

fault('sleep', 'The power goes in the middle of a change of the key', {
  seen: 'nothing',
  class: 'transient',
  data: 'One of the two keys opens everything, whatever step it was.',
  recovery: 'The next start opens it; the change is done again.',
})
test('a process that is killed after any of the steps leaves data that one of the two keys opens', {
  timeout: 120_000,
}, async () => {
  const steps = 7
  for (let cutAfter = 1; cutAfter <= steps; cutAfter++) {
    const { dataDir, options, keyOf, isWhole } = await clinic('linux')
    const before = readFileSync(join(dataDir, 'database.key'))
    const { signal, status } = spawnSync(process.execPath, [rotating, dataDir, String(cutAfter)], { stdio: 'ignore' })
    // Windows knows no signals: whoever is killed there ends with 1.
    expect(onPosix ? signal : status).toBe(onPosix ? 'SIGKILL' : 1)
    await isWhole()
    // From the fifth on the database has its new key, and whoever looked just now has given it to the key store.
    expect(Buffer.from(await keyOf()).equals(before)).toBe(cutAfter < 5)
    if (cutAfter === 4) {
      must(await rotateKey(options()))
      await isWhole()
    }
  }
})

test('a key is changed neither beside a running agent nor where there are no data', async () => {
  const { dataDir, options } = await clinic('linux')
  const { store } = must(await openData(options()))
  const before = readFileSync(join(dataDir, 'database.key'))
  expect(await rotateKey(options())).toMatchObject(fail('AGENT_ALREADY_RUNNING'))
  expect(readFileSync(join(dataDir, 'database.key')).equals(before)).toBe(true)
  store.close()
  const nowhere = temporaryFolder()
  const keyStore = openHeadlessKey(nowhere, 'linux')
  expect(await rotateKey({ ...options(), dataDir: nowhere, keyStore })).toEqual(fail('STORE_KEY_MISSING'))
  expect(existsSync(join(nowhere, 'database.key'))).toBe(false)
})
