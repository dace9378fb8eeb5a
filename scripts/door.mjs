// Sets up what is missing, then runs the task on the pinned Node, and ends with it. The agent is started again when it was
// ended by a fault; who keeps it running otherwise (a system's service manager) is in docs/service.md.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { endingSignal, endWithStarter, exitCodeOf, runChild } from './child.mjs'
import { electronBinary, fetchElectron } from './electron-binary.mjs'
import { isWindows, node, root } from './place.mjs'
import { createSetUp, Stopped } from './set-up.mjs'
import { SetUpFailure, tellFailure } from './set-up-failure.mjs'

const [task, ...args] = process.argv.slice(2)
const say = (text) => process.stderr.write(`${text}\n`)
/** Where it was typed: npm runs its scripts elsewhere. A path that was given starts there. */
const isByNpm = process.env.npm_package_json === join(root, 'package.json')
const typedFrom = (isByNpm && process.env.INIT_CWD) || process.cwd()
const inRoot = (...path) => join(root, ...path)
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Options with which no desk stays open. */
const isBrief = args.some((arg) => /^(--(once|help|deliveries|resend|cancel|imported)\b|-h$)/.test(arg))

/** No debugger may be attached to a process that holds patient data, by nobody. */
const closedNode = [node, '--disable-sigusr1']
const product = (name) => withoutCoreDump([...closedNode, inRoot('dist/main', name), ...args])
const tool = (...path) => [...closedNode, '--import', behindDoor, inRoot(...path), ...args]
const behindDoor = pathToFileURL(inRoot('scripts/behind-door.mjs')).href

/** A core dump would hold names, numbers and the database's key. Node cannot set the limit, the shell can. */
function withoutCoreDump(command) {
  return isWindows ? command : ['/bin/sh', '-c', 'ulimit -c 0; exec "$@"', 'sh', ...command]
}

const commands = {
  start: async () =>
    !isBrief && (await fetchElectron()) && hasScreen
      ? withoutCoreDump([electronBinary(), root, ...args])
      : product('headless.js'),
  electron: async () => {
    if (!(await fetchElectron({ again: true, failure: 'Electron を取得できないため、起動できません。' }))) return null
    return withoutCoreDump([electronBinary(), root, ...args])
  },
  madoguchi: () => product('madoguchi.js'),
  'virtual-card': () => product('virtual-card.js'),
  sandbox: () => product('sandbox.js'),
  hospital: () => tool('scripts/hospital.mjs'),
  build: () => [node, '-e', ''],
  check: () => tool('scripts/check.mjs'),
  test: () => tool('scripts/test.mjs'),
  'test:days': () => tool('scripts/test-days.mjs'),
  'test:places': () => tool('scripts/test-places.mjs'),
  'test:long': () => tool('scripts/test-long.mjs'),
  'test:windows': () => tool('scripts/test-windows.mjs'),
  'test:postgres': () => tool('scripts/test-postgres.mjs'),
  'test:desktop': () => tool('test/desktop/run.ts'),
  'test:installers': () => tool('scripts/test-installers.mjs'),
  bench: () => tool('test/bench/bench.ts'),
  screenshots: () => tool('test/screens/take.ts'),
  dist: () => tool('scripts/dist.mjs'),
}

/** Runs it once. `desk`: where its screen was before and who was in, when it had one. */
async function run([command, ...rest], desk = {}) {
  const now = { ...desk }
  const again = desk.port === undefined ? [] : ['--port', String(desk.port)]
  const ended = await runChild(command, [...rest, ...again], {
    cwd: root,
    tellsAll: rest.includes(behindDoor),
    // The channel tells the program when this door is gone, however it went, and this door where its screen is.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Tools started by name (vitest, tsc …) find the pinned Node first.
    env: {
      ...process.env,
      MADOGUCHI_FROM: typedFrom,
      ...(desk.keys && { MADOGUCHI_KEPT_KEYS: JSON.stringify(desk.keys) }),
      PATH: `${join(node, '..')}${isWindows ? ';' : ':'}${process.env.PATH}`,
    },
    onStart(child) {
      child.on('message', (message) => {
        if (Number.isInteger(message?.port)) now.port = message.port
        // Hashes: nobody gets in by them.
        if (Array.isArray(message?.keys)) now.keys = message.keys
      })
      child.channel?.unref()
    },
  })
  return { ...ended, desk: now }
}

const restarts = { atMost: 3, withinMs: 60_000 }

/** The desk, started again after a fault with its screen at the same address, unless it goes on failing. */
async function keepRunning(command) {
  const starts = []
  for (let desk; ; ) {
    const ended = await run(command, desk)
    desk = ended.desk
    // Only what was a desk and went down by itself: refusals (2) and ends that were asked for stay.
    const isFault = desk.port !== undefined && ended.code !== 0 && ended.code !== 2
    if (!isFault || endingSignal()) return ended
    const now = performance.now()
    starts.push(now)
    if (starts.filter((at) => now - at < restarts.withinMs).length > restarts.atMost) {
      say(
        '窓口が続けて止まるため、再起動をやめました。ログ（データフォルダーの logs）を添えて、ベンダーにお問い合わせください。',
      )
      return ended
    }
    say('窓口が不具合で止まったため、再起動します。')
  }
}

async function main() {
  endWithStarter()
  if (!Object.hasOwn(commands, task ?? '')) {
    say(`使えるコマンド: ${Object.keys(commands).join(', ')}`)
    return 2
  }
  // Where no Node is locked for this system, the one that runs this has to be as recent.
  const found = process.versions.node
  if (node === process.execPath && Number.parseInt(found, 10) < 24) {
    throw new SetUpFailure('SET_UP_NODE_TOO_OLD', found, 24)
  }
  await createSetUp().setUp()
  const command = await commands[task]()
  if (endingSignal()) throw new Stopped()
  // What a person can put right: the network, or another day.
  if (!command) return 2
  const { code, signal } = task === 'start' && !isBrief ? await keepRunning(command) : await run(command)
  return code ?? exitCodeOf(signal)
}

try {
  process.exitCode = await main()
} catch (error) {
  if (error instanceof Stopped) process.exitCode = exitCodeOf(endingSignal())
  else if (error instanceof SetUpFailure) {
    tellFailure(error, args.includes('--json'))
    process.exitCode = error.exitCode
  } else throw error
}
