// The agent without Electron. It runs one check-in (`--once`) or keeps the desk open in a browser on this
// computer. Everything it prints for people goes through here; with `--json` stdout carries one object and nothing else.
// Exit codes: 0 done, 2 something that a person can put right, 1 a bug; 128 and the signal where a check-in was cut short.
import { join } from 'node:path'
import { runDeliveries } from '../agent/deliveries.ts'
import { startDeskAgent } from '../agent/desk-agent.ts'
import type { Agent } from '../agent.ts'
import { actingByCommand } from '../ground/acting.ts'
import { asciiJson } from '../ground/ascii-json.ts'
import { systemClock } from '../ground/clock.ts'
import { listenForEnd, refuseDebugger } from '../ground/ending.ts'
import { type Log, stackOf } from '../ground/log.ts'
import { type Failure, fail, failureOf, ok, type Result } from '../ground/result.ts'
import { openFileLog } from '../settings/file-log.ts'
import { folderAtStart } from '../settings/practice.ts'
import { loadSettings, type Settings } from '../settings/settings.ts'
import { siteServerOf } from '../settings/store-access.ts'
import { isAwaited } from '../settings/unsettled.ts'
import { reachSite } from '../store/data-folder.ts'
import type { SiteServer } from '../store/site.ts'
import { commandLine } from '../words/command-line.ts'
import { screen } from '../words/desk.ts'
import { eligibilityScreen } from '../words/eligibility.ts'
import { sentence } from '../words/failures.ts'
import { explained } from '../words/setting-faults.ts'
import { deliveryStateText } from '../words/states.ts'
import { type CommandLine, readCommandLine, startHelp } from './command-line.ts'
import { type KeptKeys, readKeptKeys } from './door-keys.ts'
import { atCommandLine, type Door, deskDoor, kioskDoor, patientDoor } from './doors.ts'
import { openHeadlessKey } from './headless-key-store.ts'
import { type HeadlessServer, startHeadlessServer } from './headless-server.ts'
import { holdStart } from './held-start.ts'
import { describeFailure, runCheckIn } from './one-check-in.ts'
import { readPin } from './pin-input.ts'
import { entriesIn } from './place.ts'
import { refusedStart } from './said.ts'
import { settingSources } from './setting-sources.ts'
import { noteRefusedStart } from './start-refused.ts'
import { systemProxy } from './system-proxy.ts'

interface Program {
  /** dist/main, where the entries of the threads lie; the renderer and the migrations are neighbours of that folder. */
  readonly folder: string
  readonly version: string
  /** A server that a test has, also for a rehearsal; by the settings when not given. */
  readonly siteOf?: (dataDir: string) => SiteServer
}

const typedHere = 'npm run madoguchi --'
const say = (text: string) => process.stderr.write(`${text}\n`)

const failed = async (failure: Failure, json: boolean): Promise<void> => {
  const error = describeFailure(failure)
  process.exitCode = failure.code === 'AGENT_FAULT' ? 1 : 2
  if (json) await answer({ ok: false, error })
  else say(refusedStart(failure, typedHere).join('\n'))
}

/** The one object on stdout. A script that could not be given it must not read 0. */
async function answer(result: object): Promise<void> {
  const error = await new Promise((resolve) => process.stdout.write(`${asciiJson(result)}\n`, resolve))
  if (!error) return
  process.exitCode = 2
  say(commandLine.outputGone)
}

/** A bug that nobody caught: its place goes into the log, its message (which could hold data) nowhere. */
function endAtFault(log: Log, json: boolean): void {
  process.on('uncaughtException', (error) => {
    log.write({ event: 'fault', where: stackOf(error) })
    void failed(failureOf(error), json).finally(() => process.exit())
  })
  // Whoever read what we print has gone, or its disk is full: the desk goes on without it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** What everything that runs in a data folder is given. */
const placeOf = ({ folder, siteOf }: Program, { dataDir }: CommandLine, log: Log) => ({
  dataDir,
  keyStore: openHeadlessKey(dataDir),
  migrationsDir: join(folder, '../../migrations'),
  entries: entriesIn(folder),
  site: siteOf?.(dataDir),
  clock: systemClock,
  log,
})

/** Says it where those of an earlier start stand in. Errors: SETTINGS_INVALID. */
async function settingsOf({ dataDir, set }: CommandLine): Promise<Result<Settings>> {
  const settings = await loadSettings(dataDir, settingSources(null, set))
  if (!settings.ok) return settings
  const { fallback, mode } = settings.value
  if (fallback) say(`${explained(fallback).message}${explained(fallback).next}${screen.settings.fallback[mode]}`)
  return settings
}

async function start(program: Program, options: CommandLine, log: Log): Promise<Result<Agent>> {
  const settings = await settingsOf(options)
  if (!settings.ok) return settings
  const isOpenPin = options.pin !== null && options.pin !== '-'
  if (settings.value.mode === 'live' && isOpenPin) return fail('PIN_ON_COMMAND_LINE')
  return startDeskAgent({
    ...placeOf(program, options, log),
    settings: { ...settings.value, ...(options.reader && { reader: options.reader }) },
    systemProxy: await systemProxy(),
    version: program.version,
    isCommand: options.once,
    ...(options.date && { asOf: options.date }),
  })
}

const optionOf = { retry: '--resend', cancel: '--cancel', markImported: '--imported' } as const

/** What became of the day's deliveries, after one of them was sent again, called off or marked. */
async function tellDeliveries(
  program: Program,
  options: CommandLine,
  request: NonNullable<CommandLine['deliveries']>,
  log: Log,
): Promise<void> {
  const settings = await settingsOf(options)
  if (!settings.ok) return failed(settings.error, options.json)
  const place = { ...placeOf(program, options, log), settings: settings.value }
  const rows = await actingByCommand(() => runDeliveries(place, { ...request, day: options.date }))
  if (!rows.ok) {
    // The option is what a person gave; the contract calls it an id.
    const isUnknown = request.act && rows.error.detail?.field === 'deliveryId'
    const error = isUnknown ? { ...rows.error, detail: { field: optionOf[request.act.what] } } : rows.error
    return failed(error, options.json)
  }
  if (options.json) {
    const deliveries = rows.value.map(({ failure, ...row }) => ({
      ...row,
      failure: failure && describeFailure(failure),
    }))
    return answer({ ok: true, deliveries })
  }
  if (rows.value.length === 0) say(commandLine.noDeliveries)
  for (const { visitNumber, destination, state, byHand, path, failure, id } of rows.value) {
    const what = failure ? sentence(failure).message : (path ?? '')
    const done =
      byHand > 0 ? `${deliveryStateText[state]}（${eligibilityScreen.byHand(byHand)}）` : deliveryStateText[state]
    say(`${String(visitNumber).padStart(4)}  ${destination}  ${done}  ${what}\n      ${id}`)
  }
}

const ms = (value: number) => `${Math.round(value)} ms`.padStart(8)

const practicePin = '1234'

/** What stands on the command line is for sample cards. Errors: REQUEST_INVALID when what came is no PIN. */
async function pinFor(agent: Agent, { pin, once }: CommandLine): Promise<Result<string>> {
  if (pin !== null && pin !== '-') return ok(pin)
  const isPractice = agent.reception().mode === 'training'
  if (pin === null && (isPractice || !once)) return ok(practicePin)
  return readPin(process.stdin, say, () => process.kill(process.pid, 'SIGINT'))
}

/** One check-in; on a virtual reader with the named sample card, on a real one with the card that lies there. */
async function checkIn(agent: Agent, options: CommandLine, quiet: boolean) {
  const isVirtual = agent.reception().training !== null
  const pin = await pinFor(agent, options)
  if (!pin.ok) return pin
  if (!isVirtual && !quiet) say(commandLine.waitingForCard)
  const result = await runCheckIn(agent, {
    ...(isVirtual && { persona: options.card }),
    pin: pin.value,
    cardWaitMs: isVirtual ? 5_000 : 30_000,
    ...(!quiet && { onStep: (step, elapsed) => say(`${ms(elapsed)}  ${commandLine.steps[step]}`) }),
  })
  // The option is what a person gave; the contract calls it a persona.
  if (!result.ok && result.error.detail?.field === 'persona') return fail('REQUEST_INVALID', { field: '--card' })
  if (result.ok && !quiet) for (const file of result.value.files) say(`          ${commandLine.file(file)}`)
  return result
}

/** What the door passes on when it starts us again after a fault: the same port, and the pages that are in. */
const tellDoor = (what: { readonly port: number } | { readonly keys: KeptKeys }) => {
  if (process.connected) process.send?.(what)
}
const passedOn = process.env.MADOGUCHI_KEPT_KEYS
delete process.env.MADOGUCHI_KEPT_KEYS

type ServerOptions = Parameters<typeof startHeadlessServer>[0]

async function main(program: Program, asked: CommandLine, log: Log): Promise<void> {
  const { once, json, deliveries } = asked
  if (deliveries) return tellDeliveries(program, asked, deliveries, log)
  const options = once ? asked : { ...asked, dataDir: folderAtStart(asked.dataDir) }
  const ending = listenForEnd(once)
  let served: Pick<ServerOptions, 'port' | 'keptKeys'> = { port: options.port, keptKeys: readKeptKeys(passedOn) }
  let running: HeadlessServer | null = null
  const tellEntrance = (door: Door) => {
    say(commandLine.pages[door.name])
    process.stdout.write(`${running?.entrance(door)}\n`)
  }
  const serverOptions = (): Omit<ServerOptions, 'agent'> => ({
    pages: { rendererDir: join(program.folder, '../renderer'), packedDir: join(program.folder, '../packed-renderer') },
    // A tab that is closed has lost its key: the next address stands ready, where only whoever started this can read it.
    onEntered(door, keys) {
      tellDoor({ keys })
      if (process.stdout.isTTY) tellEntrance(door)
    },
    ...served,
  })
  const opened = (server: HeadlessServer) => {
    running = server
    tellDoor({ port: server.port })
  }
  let started = await start(program, options, log)
  // Whoever asked for an answer gets one.
  while (!started.ok && isAwaited(started.error) && !once && !json) {
    const isInSettings = started.error.code === 'SETTINGS_INVALID'
    say([...refusedStart(started.error, typedHere), commandLine.held[isInSettings ? 'settings' : 'server']].join('\n'))
    const { dataDir, set } = options
    const held = await holdStart({
      settings: {
        ...{ dataDir, sources: settingSources(null, set), log, first: started.error },
        reach(settings) {
          const place = placeOf(program, options, log)
          return reachSite({ ...place, site: place.site ?? siteServerOf(settings, dataDir) })
        },
      },
      server: serverOptions(),
      ending,
      opened(server) {
        opened(server)
        tellEntrance(deskDoor)
      },
    })
    if (!held.ok) return failed(held.error, json)
    served = held.value
    started = await start(program, options, log)
  }
  if (!started.ok) return failed(noteRefusedStart(log, started.error), json)
  const agent = started.value
  for (const part of agent.training?.renewed ?? []) say(commandLine.renewed[part])

  if (once) {
    ending.stopWith(() => agent.stop())
    const result = await checkIn(agent, options, json)
    await agent.stop()
    if (!result.ok) return failed(result.error, json)
    if (json) await answer({ ok: true, ...result.value })
    return
  }

  const server = await startHeadlessServer({ agent, ...serverOptions() })
  if (!server.ok) {
    await agent.stop()
    return failed(server.error, json)
  }
  ending.stopWith(async () => {
    await server.value.close()
    await agent.stop()
  })
  opened(server.value)

  if (agent.firstStart && agent.reception().training !== null) {
    say(commandLine.firstStart)
    const sample = await checkIn(agent, options, false)
    if (!sample.ok) {
      await failed(sample.error, false)
      process.exitCode = 0
    }
    await agent.call(atCommandLine, 'removeTrainingCard', {})
  }
  tellEntrance(deskDoor)
  if (agent.reception().pinEntry.side === 'patient') tellEntrance(patientDoor)
  if (agent.reception().kiosk) tellEntrance(kioskDoor)
  say(commandLine.stop)
}

/** What `npm start` does where there is no Electron, with what stands on the command line. */
export async function runHeadless(program: Program): Promise<void> {
  const given = process.argv.slice(2)
  const options = readCommandLine(given)
  refuseDebugger()
  if (!options.ok) return failed(options.error, given.includes('--json'))
  if (options.value === 'help') {
    say(startHelp().join('\n'))
    return
  }
  const { dataDir, json } = options.value
  const log = openFileLog(join(dataDir, 'logs'), systemClock)
  endAtFault(log, json)
  await main(program, options.value, log)
}
