// A real pcscd with the virtual reader driver for tests and benchmarks: started here, ended here by its own id, on
// loopback and without the driver's 44 ms pause per APDU where a compiler is present for the shim.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'
const port = 35_963

/** Why the tests on a real pcscd cannot run here, in one sentence; null when they can. */
export function missingForPcscd(): string | null {
  if (process.platform !== 'linux') return 'the virtual reader driver needs Linux'
  if (process.getuid?.() !== 0) return 'pcscd has to be started as root'
  if (!existsSync('/usr/sbin/pcscd')) return 'pcscd is not installed'
  if (!existsSync(driver)) return 'vsmartcard-vpcd is not installed'
  if (spawnSync('opensc-tool', ['--version']).error) return 'opensc is not installed'
  if (spawnSync('pidof', ['pcscd']).status === 0) return 'another pcscd is running'
  return null
}

export interface Pcscd {
  /** Port of the virtual reader's first slot. */
  readonly port: number
  /** Whether the shim is in place: without it every APDU takes 44 ms. */
  readonly isFast: boolean
  start(): Promise<void>
  /** `SIGKILL` is a crash, `SIGTERM` an orderly end. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Ends it for good. */
  close(): Promise<void>
}

export function preparePcscd(): Pcscd {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pcscd-'))
  const shim = join(folder, 'loopback-nodelay.so')
  const source = join(import.meta.dirname, 'loopback-nodelay.c')
  const isFast = spawnSync('gcc', ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl']).status === 0
  let daemon: ChildProcess | null = null

  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = daemon
    daemon = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    running.kill(signal)
    await once(running, 'exit')
  }
  return {
    port,
    isFast,
    async start() {
      // A killed pcscd leaves these behind, and the next one would think that it is still running.
      for (const name of ['pcscd.comm', 'pcscd.pid']) rmSync(join('/run/pcscd', name), { force: true })
      daemon = spawn('/usr/sbin/pcscd', ['--foreground'], {
        stdio: 'ignore',
        env: isFast ? { ...process.env, LD_PRELOAD: shim } : process.env,
      })
      for (;;) {
        if (daemon.exitCode !== null) throw new Error(`pcscd ended with ${daemon.exitCode}`)
        if (await isListening()) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    stop,
    async close() {
      await stop('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isListening(): Promise<boolean> {
  return new Promise((resolve) => {
    // Slot 1, so that the look is not taken for a card in slot 0.
    const socket = connect(port + 1, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
