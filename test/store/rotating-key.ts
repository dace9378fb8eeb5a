// The change of the key in a process of its own, which is killed right after a step: `node rotating-key.ts DATA STEP`.
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { rotateKey } from '../../src-main/store/key-rotation.ts'
import { testClock } from '../clock.ts'
import { migrationsDir } from './samples.ts'

keepFilesPrivate()
const [dataDir = '', cutAfter = ''] = process.argv.slice(2)
let step = 0
const rotated = await rotateKey(
  {
    dataDir,
    keyStore: openHeadlessKey(dataDir, 'linux'),
    migrationsDir,
    clock: testClock,
    backupFolder: null,
    lockWaitMs: 0,
  },
  () => {
    step++
    // Nothing is closed, flushed or put away after it.
    if (step === Number(cutAfter)) process.kill(process.pid, 'SIGKILL')
  },
)
if (!rotated.ok) throw new Error(rotated.error.code)
