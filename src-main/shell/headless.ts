// The agent without Electron. It runs one check-in (`--once`) or keeps the desk open in a browser on this
// computer. Everything it prints for people goes through here; with `--json` stdout carries one object and nothing else.
import { join } from 'node:path'
import { runDeliveries } from '../agent/deliveries.ts'
import { type Agent, startAgent } from '../agent.ts'
import { systemClock } from '../contract/clock.ts'
import { deliveryStateText, sentence, terminal } from '../contract/ja.ts'
import { type Log, stackOf } from '../contract/log.ts'
import type { Failure, Result } from '../contract/result.ts'
import { openFileLog } from '../settings/file-log.ts'
import { loadSettings } from '../settings/settings.ts'
import { createKeyFile } from '../store/key-store.ts'
import { type CommandLine, readCommandLine } from './command-line.ts'
import { startHeadlessServer } from './headless-server.ts'
import { describeFailure, runCheckIn } from './once.ts'

declare const __VERSION__: string

// Built, this is a chunk one folder below dist/main, where the entries of the threads lie; the renderer and the migrations
// are neighbours of that folder.
const here = join(import.meta.dirname, '..')
const say = (text: string) => process.stderr.write(`${text}\n`)

const failed = (failure: Failure, json: boolean): void => {
  const error = describeFailure(failure)
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error })}\n`)
  else say(`${error.message}\n${error.next}\n(${error.code})`)
  process.exitCode = 2
}

/** What everything that runs in a data folder is given. */
const placeOf = ({ dataDir }: CommandLine, log: Log) => ({
  dataDir,
  keyStore: createKeyFile(join(dataDir, 'database.key')),
  migrationsDir: join(here, '../../migrations'),
  entries: {
    readerHost: join(here, 'reader-host.js'),
    deliveryThread: join(here, 'delivery-thread.js'),
    folderThread: join(here, 'folder-thread.js'),
    photoThread: join(here, 'photo-thread.js'),
  },
  clock: systemClock,
  log,
})

async function start(options: CommandLine, log: Log): Promise<Result<Agent>> {
  const settings = await loadSettings(options.dataDir)
  if (!settings.ok) return settings
  return startAgent({
    ...placeOf(options, log),
    settings: { ...settings.value, ...(options.reader && { reader: options.reader }) },
    version: __VERSION__,
    ...(options.date && { asOf: options.date }),
  })
}

/** What became of the day's deliveries, after one of them was sent again, called off or marked. */
async function tellDeliveries(
  options: CommandLine,
  request: NonNullable<CommandLine['deliveries']>,
  log: Log,
): Promise<void> {
  const settings = await loadSettings(options.dataDir)
  if (!settings.ok) return failed(settings.error, options.json)
  const place = { ...placeOf(options, log), settings: settings.value }
  const rows = await runDeliveries(place, { ...request, day: options.date })
  if (!rows.ok) return failed(rows.error, options.json)
  if (options.json) {
    const deliveries = rows.value.map(({ failure, ...row }) => ({
      ...row,
      failure: failure && describeFailure(failure),
    }))
    process.stdout.write(`${JSON.stringify({ ok: true, deliveries })}\n`)
    return
  }
  if (rows.value.length === 0) say(terminal.noDeliveries)
  for (const { visitNumber, destination, state, path, failure, id } of rows.value) {
    const what = failure ? sentence(failure).message : (path ?? '')
    say(`${String(visitNumber).padStart(4)}  ${destination}  ${deliveryStateText[state]}  ${what}\n      ${id}`)
  }
}

const ms = (value: number) => `${Math.round(value)} ms`.padStart(8)

/** One check-in; on a virtual reader with the named sample card, on a real one with the card that lies there. */
async function checkIn(agent: Agent, options: CommandLine, quiet: boolean) {
  const isVirtual = agent.reception().training !== null
  if (!isVirtual && !quiet) say(terminal.waitingForCard)
  const result = await runCheckIn(agent, {
    ...(isVirtual && { persona: options.card }),
    pin: options.pin,
    cardWaitMs: isVirtual ? 5_000 : 30_000,
    ...(!quiet && { onStep: (step, elapsed) => say(`${ms(elapsed)}  ${terminal.steps[step]}`) }),
  })
  if (result.ok && !quiet) for (const file of result.value.files) say(`          ${terminal.file(file)}`)
  return result
}

async function main(options: CommandLine, log: Log): Promise<void> {
  const { once, json, deliveries } = options
  if (deliveries) return tellDeliveries(options, deliveries, log)
  const started = await start(options, log)
  if (!started.ok) return failed(started.error, json)
  const agent = started.value
  for (const part of agent.training?.renewed ?? []) say(terminal.renewed[part])

  if (once) {
    const result = await checkIn(agent, options, json)
    await agent.stop()
    if (!result.ok) return failed(result.error, json)
    if (json) process.stdout.write(`${JSON.stringify({ ok: true, ...result.value })}\n`)
    return
  }

  const server = await startHeadlessServer({
    agent,
    rendererDir: join(here, '../renderer'),
    port: options.port,
  })
  if (!server.ok) {
    await agent.stop()
    return failed(server.error, json)
  }
  const stop = async () => {
    await server.value.close()
    await agent.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  if (agent.firstStart && agent.reception().training !== null) {
    say(terminal.firstStart)
    const sample = await checkIn(agent, options, false)
    if (!sample.ok) failed(sample.error, false)
    await agent.call('removeTrainingCard', {})
  }
  say(terminal.screen)
  process.stdout.write(`${server.value.entrance}\n`)
  say(terminal.stop)
}

const options = readCommandLine(process.argv.slice(2))
if (options.ok) {
  const log = openFileLog(join(options.value.dataDir, 'logs'), systemClock)
  // A bug is told like every other failure; where it sits is in the log.
  await main(options.value, log).catch((error: unknown) => {
    log.write({ event: 'fault', where: stackOf(error) })
    failed({ code: 'AGENT_FAULT' }, options.value.json)
    process.exit()
  })
} else failed(options.error, process.argv.includes('--json'))
