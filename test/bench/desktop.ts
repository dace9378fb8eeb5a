// The desktop program on a real Electron: how long its main process, which draws nothing itself but without which nothing is
// drawn, does nothing else during a check-in, against the same time without one; all that its main thread computes meanwhile,
// which on a busy computer says more: no task can be longer than all of them together; and how soon the next agent feeds the page
// after one was killed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { checkIn } from '../crash/taken-once.ts'
import type { Desktop } from '../desktop/desktop.ts'
import { provideDesktop } from '../desktop/provide.ts'
import { sessionVariable } from '../desktop/session.ts'
import { type Figures, round, spread } from './measure.ts'
import { firstPaint } from './start.ts'

/** Two a start: the third within a minute would be one too many. */
const startsToKillIn = 15

export async function benchDesktop(runs: number, say: (text: string) => void): Promise<Figures> {
  if (process.platform !== 'linux') return { 'desktop.leftOut': 'measured as Linux tells it' }
  const provided = await provideDesktop(say)
  if (typeof provided === 'string') return { 'desktop.leftOut': provided }
  process.env[sessionVariable] = JSON.stringify(provided.told)
  // They read that when they are loaded.
  const { openDisplay } = await import('../desktop/display.ts')
  const { callOf, killAgent, startDesktop } = await import('../desktop/desktop.ts')
  const display = await openDisplay()
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-desktop-'))
  const start = () => startDesktop({ folder, display })
  try {
    mkdirSync(join(folder, 'desktop'), { mode: 0o700 })
    await openTrainingPki(join(folder, 'desktop/training'), new Date())
    const desktop = await start()
    const call = callOf(desktop)
    await checkIn(call)
    const busy: Measured[] = []
    const idle: Measured[] = []
    for (let run = 0; run < runs; run++) {
      const began = performance.now()
      busy.push(await measured(desktop.app, () => checkIn(call)))
      const ms = performance.now() - began
      idle.push(await measured(desktop.app, () => new Promise((resolve) => setTimeout(resolve, ms))))
    }
    await desktop.app.close()

    const starts: { readonly ready: number; readonly paint: number }[] = []
    const back: number[] = []
    for (let count = 0; count < startsToKillIn; count++) {
      const began = performance.timeOrigin + performance.now()
      const running = await start()
      const paint = (await running.desk.evaluate(firstPaint)) - began
      await callOf(running)('reception', {})
      starts.push({ ready: performance.timeOrigin + performance.now() - began, paint })
      for (const _kill of [1, 2]) {
        const time = timeUntilBack(running)
        await killAgent(running.app)
        back.push(await time)
      }
      await running.app.close()
    }
    return {
      'start.desktop.firstPaintMs': spread(starts.map(({ paint }) => paint)),
      'start.desktop.readyMs': spread(starts.map(({ ready }) => ready)),
      'desktop.mainCpuMs': spread(busy.map(({ cpuMs }) => cpuMs)),
      'desktop.mainCpuMostMs': round(Math.max(...busy.map(({ cpuMs }) => cpuMs))),
      'desktop.mainCpuIdleMs': spread(idle.map(({ cpuMs }) => cpuMs)),
      'desktop.mainBlockMs': spread(busy.map(({ blockMs }) => blockMs)),
      'desktop.mainBlockLongestMs': round(Math.max(...busy.map(({ blockMs }) => blockMs))),
      'desktop.mainBlockIdleMs': spread(idle.map(({ blockMs }) => blockMs)),
      'desktop.mainBlockIdleLongestMs': round(Math.max(...idle.map(({ blockMs }) => blockMs))),
      'desktop.agentBackMs': spread(back),
      'desktop.agentBackLongestMs': round(Math.max(...back)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    display.close()
    provided.close()
  }
}

interface Measured {
  /** The longest time in which the main process came to nothing else: also because others had the computer. */
  readonly blockMs: number
  /** What its main thread computed in all, with what drives the page from outside. */
  readonly cpuMs: number
}

/** Of the main process, while something is done. */
async function measured(app: ElectronApplication, work: () => Promise<unknown>): Promise<Measured> {
  const pid = await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    Object.assign(globalThis, { delay })
    // This very call is the debugger's.
    return new Promise<number>((resolve) => {
      setTimeout(() => {
        delay.reset()
        resolve(process.pid)
      }, 10)
    })
  })
  const before = cpuMs(pid)
  await work()
  const after = cpuMs(pid)
  const blockMs = await app.evaluate(() => {
    const delay = Reflect.get(globalThis, 'delay')
    delay.disable()
    return Number(delay.max) / 1e6
  })
  return { blockMs, cpuMs: after - before }
}

/** Of the main thread of a process, so far. */
const cpuMs = (pid: number) => Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6

/** From what the page is told when an agent has gone to the first state of the next one. */
const timeUntilBack = ({ desk }: Desktop): Promise<number> =>
  desk.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let gone: number | null = null
        const stop = window.madoguchi?.onReception(
          (told) => {
            if (typeof told !== 'object' || told === null) return
            if ('line' in told) gone = performance.now()
            else if ('whole' in told && gone !== null) {
              resolve(performance.now() - gone)
              stop?.()
            }
          },
          () => undefined,
        )
      }),
  )
