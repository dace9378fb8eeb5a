// A page of ours on paper: who may print, what Electron is asked for, and what each way of not printing is called.
import { expect, test } from 'vitest'
import { calls } from '../../src-main/contract/calls.ts'
import type { LogEntry } from '../../src-main/ground/log.ts'
import { ok } from '../../src-main/ground/result.ts'
import { connectIpc, type IpcPort } from '../../src-main/shell/electron-ipc.ts'
import { type PrintingPage, printingCalls } from '../../src-main/shell/electron-printing.ts'
import { silentLog } from '../support.ts'

type Listener = Parameters<IpcPort<PrintingPage>['handle']>[1]
type Frame = Parameters<Listener>[0]['senderFrame']
type Options = Parameters<PrintingPage['print']>[0]

const ownPage: Frame = { url: 'app://madoguchi/index.html', parent: null }
const slip = { printer: 'Slip', widthMm: 80, heightMm: 143 }
const refused = (code: string) => ({ ok: false, error: { code } })

/** `outcome`: what Electron says in the end; `names`: of the printers there are. */
function connected(
  outcome: readonly [isPrinted: boolean, reason: string] | 'throws' = [true, ''],
  names = ['Slip', 'A4'],
) {
  const jobs: Options[] = []
  const reached: string[] = []
  const agent = {
    async call(_door: unknown, name: string) {
      reached.push(name)
      return ok(undefined)
    },
  }
  let listen: Listener | undefined
  const handle = (_channel: string, listener: Listener) => {
    listen = listener
  }
  const log: LogEntry[] = []
  connectIpc<PrintingPage>({ handle }, agent, printingCalls({ write: (entry) => void log.push(entry) }))
  const sender: PrintingPage = {
    getPrintersAsync: async () => names.map((name) => ({ name, displayName: name === 'A4' ? '診察室のA4' : '' })),
    print(options, done) {
      jobs.push(options)
      if (outcome === 'throws') throw new Error('no printing here')
      done(...outcome)
    },
  }
  const sendFrom = (senderFrame: Frame, ...values: unknown[]) => listen?.({ senderFrame, sender }, ...values)
  const send = (...values: unknown[]) => sendFrom(ownPage, ...values)
  return { jobs, reached, log, send, sendFrom }
}

test('the printers are told by their names, and by what people call them', async () => {
  expect(await connected().send('printers')).toEqual({
    ok: true,
    value: [
      { name: 'Slip', label: 'Slip' },
      { name: 'A4', label: '診察室のA4' },
    ],
  })
})

test('a chosen printer gets the page without a window, on sheets of the size that was asked for, without margins', async () => {
  const { jobs, reached, send } = connected()
  expect(await send('print', slip)).toEqual({ ok: true, value: true })
  // The agent has nothing to do with it.
  expect(reached).toEqual([])
  expect(jobs).toEqual([
    {
      silent: true,
      deviceName: 'Slip',
      printBackground: true,
      margins: { marginType: 'none' },
      pageSize: { width: 80_000, height: 143_000 },
    },
  ])
})

test('the kiosk prints its slips', async () => {
  const { jobs, sendFrom } = connected()
  const kiosk = { url: 'app://madoguchi/kiosk.html', parent: null }
  expect(await sendFrom(kiosk, 'print', slip)).toEqual({ ok: true, value: true })
  expect(jobs).toHaveLength(1)
})

test('where none was chosen the system’s window asks', async () => {
  const { jobs, send } = connected()
  expect(await send('print', { ...slip, printer: null })).toEqual({ ok: true, value: true })
  expect(jobs[0]).toMatchObject({ silent: false })
  expect(jobs[0]).not.toHaveProperty('deviceName')
})

test('a window that was closed without printing is no failure', async () => {
  const { send } = connected([false, 'Print job canceled'])
  expect(await send('print', { ...slip, printer: null })).toEqual({ ok: true, value: false })
})

test.each([
  ['there is no printer', connected([true, ''], []), 'PRINTER_MISSING', 0],
  ['the one that was chosen has gone', connected([true, ''], ['A4']), 'PRINTER_GONE', 0],
  ['it refuses', connected([false, 'Print job failed']), 'PRINTER_REFUSED', 1],
  ['Electron itself cannot', connected('throws'), 'PRINTER_REFUSED', 1],
])('that %s is told as such, under the number of its line in the log', async (_, { send, jobs, log }, code, tried) => {
  const reference = expect.stringMatching(/^\d{3}-\d{3}$/)
  expect(await send('print', slip)).toEqual({ ok: false, error: { code, detail: { reference } } })
  expect(log).toEqual([{ event: 'printRefused', code, reference }])
  expect(jobs).toHaveLength(tried)
})

test.each<[string, Frame]>([
  ['a frame that has gone', null],
  ['another page of the web', { url: 'https://madoguchi/index.html', parent: null }],
  ['a frame inside our page', { url: 'app://madoguchi/index.html', parent: {} }],
  ['the patient’s own screen', { url: 'app://madoguchi/patient.html', parent: null }],
])('%s prints nothing and learns of no printer', async (_, frame) => {
  const { jobs, sendFrom } = connected()
  expect(await sendFrom(frame, 'print', slip)).toEqual(refused('REQUEST_INVALID'))
  expect(await sendFrom(frame, 'printers')).toEqual(refused('REQUEST_INVALID'))
  expect(jobs).toEqual([])
})

test.each([
  [undefined],
  [{ ...slip, widthMm: 5 }],
  [{ ...slip, heightMm: 1e9 }],
  [{ ...slip, file: '/tmp/slip.pdf' }],
  [{ ...slip, printer: 7 }],
])('a job like %j is not taken', async (job) => {
  const { jobs, send } = connected()
  expect(await send('print', job)).toEqual(refused('REQUEST_INVALID'))
  expect(jobs).toEqual([])
})

test('no call of the agent has the name of one of these', () => {
  expect(Object.keys(printingCalls(silentLog)).filter((name) => name in calls)).toEqual([])
})
