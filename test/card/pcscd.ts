// A real pcscd with the virtual reader driver for tests and benchmarks: started here, ended here by its own id, on
// loopback and without the driver's 44 ms pause per APDU where a compiler is present for the shim.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../support.ts'

// Set for all other tests, so that they leave the reader alone (vitest.config.ts).
delete process.env.PCSCLITE_CSOCK_NAME

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'
/**
 * Below the ports that the system gives away by itself (ip_local_port_range): the driver's own 35963 lies among them, and
 * while any other test has it, the driver does without its first slot and says nothing.
 */
const port = 27_963

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
  /** Stops it in the middle of whatever it does, as a driver that hangs would; and lets it go on. */
  freeze(): void
  thaw(): void
  /** Ends it for good. */
  close(): Promise<void>
}

export function preparePcscd(): Pcscd {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-pcscd-'))
  const shim = join(folder, 'loopback-nodelay.so')
  const source = join(import.meta.dirname, 'loopback-nodelay.c')
  const readerFolder = join(folder, 'readers')
  mkdirSync(readerFolder)
  // The form of the package's own /etc/reader.conf.d/vpcd.
  writeFileSync(
    join(readerFolder, 'vpcd'),
    [
      'FRIENDLYNAME "Virtual PCD"',
      `DEVICENAME /dev/null:0x${port.toString(16)}`,
      `LIBPATH ${driver}`,
      `CHANNELID 0x${port.toString(16)}`,
      '',
    ].join('\n'),
  )
  const isFast = spawnSync('gcc', ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl']).status === 0
  let daemon: ChildProcess | null = null

  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = daemon
    daemon = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    running.kill(signal)
    // A frozen one does not hear it.
    running.kill('SIGCONT')
    await once(running, 'exit')
  }
  return {
    port,
    isFast,
    async start() {
      // A killed pcscd leaves these behind, and the next one would think that it is still running.
      for (const name of ['pcscd.comm', 'pcscd.pid']) rmSync(join('/run/pcscd', name), { force: true })
      daemon = spawn('/usr/sbin/pcscd', ['--foreground', '--config', readerFolder], {
        stdio: 'ignore',
        env: isFast ? { ...process.env, LD_PRELOAD: shim } : process.env,
      })
      const started = daemon
      await eventually(`the virtual reader driver listens on port ${port}`, () => {
        if (started.exitCode !== null) throw new Error(`pcscd ended with ${started.exitCode}`)
        return isListening()
      })
    },
    stop,
    freeze: () => void daemon?.kill('SIGSTOP'),
    thaw: () => void daemon?.kill('SIGCONT'),
    async close() {
      await stop('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Looked up, not tried: a connection would be taken for a card. 0A is the state LISTEN, see proc_net_tcp.txt of Linux. */
function isListening(): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([, address, , state]) => address?.endsWith(local) && state === '0A')
}
