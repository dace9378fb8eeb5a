// `npm run test:places [-- --only WORD]`: this checkout, copied to places that a clinic's computer may have (odd-places.mjs).
// In each, without the network: set up as it would be there, a check-in, the same patient's second one, the day's deliveries and the
// self-test, by the commands of the README. On Linux; other users only where it is started by root.
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { parseArgs } from 'node:util'
import { oddPlaces } from './odd-places.mjs'
import { node, root } from './place.mjs'

const say = (text) => process.stderr.write(`${text}\n`)
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const leftBehind = new Set(['.git', 'node_modules', 'release', 'test-results', 'dist'])
const nobody = 65534

/** Whether this computer can be such a place; else why not. */
function whyNot({ user }) {
  if (process.platform !== 'linux') return 'only on Linux'
  return user && process.getuid() !== 0 ? 'needs root' : null
}

/** By the system: it copies many files quickly, as they are. False: they could not be had. */
const copies = (...args) => spawnSync('cp', args, { stdio: 'ignore' }).status === 0

function copy(from, to) {
  if (!copies('-a', from, to)) throw new Error(`${from} could not be copied`)
}

/** Nobody writes into a package: on the same disk its files are the same ones. What tools keep beside the packages is not taken along. */
function copyPackages(to) {
  const packages = join(to, 'node_modules')
  if (!copies('-al', join(root, 'node_modules'), to)) {
    rmSync(packages, { recursive: true, force: true })
    copy(join(root, 'node_modules'), to)
  }
  for (const kept of ['.cache', '.vite', '.vite-temp']) rmSync(join(packages, kept), { recursive: true, force: true })
  mkdirSync(join(packages, '.cache'))
  copy(join(root, 'node_modules/.cache/madoguchi'), join(packages, '.cache'))
}

function layOut({ path, link, user, data = 'データ 用', env = {}, umask }) {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-place-'))
  const real = join(folder, ...path)
  mkdirSync(real, { recursive: true })
  for (const name of readdirSync(root)) if (!leftBehind.has(name)) copy(join(root, name), real)
  copyPackages(real)
  // The product is built there; but a user who may not write finds it made.
  if (user) copy(join(root, 'dist'), real)
  const home = join(folder, 'home')
  mkdirSync(home)
  const filled = (text) => text.replaceAll('{place}', folder).replaceAll('{home}', home)
  if (user) chownSync(home, nobody, nobody)
  spawnSync('chmod', ['a+rx', folder])
  const checkout = link ? join(folder, link) : real
  if (link) symlinkSync(real, checkout)
  const own = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]))
  if (own.TMPDIR) mkdirSync(own.TMPDIR, { recursive: true })
  const dataDir = filled(data)
  return {
    folder,
    checkout,
    dataDir: isAbsolute(dataDir) ? dataDir : join(checkout, dataDir),
    run(file, ...args) {
      const before = umask === undefined ? null : process.umask(umask)
      const ended = spawnSync(file, args, {
        cwd: checkout,
        encoding: 'utf8',
        env: { ...process.env, HOME: home, npm_config_offline: 'true', ...own },
        ...(user && { uid: nobody, gid: nobody }),
      })
      if (before !== null) process.umask(before)
      return ended
    },
  }
}

class Wrong extends Error {}

/** The one object on stdout. */
function answerOf({ status, stdout, stderr, error }, what, statuses = [0]) {
  if (error) throw new Wrong(`${what}: ${error.message}`)
  if (!statuses.includes(status)) throw new Wrong(`${what} ended with ${status}:\n${stdout}${stderr}`)
  try {
    return JSON.parse(stdout)
  } catch {
    throw new Wrong(`${what} did not print one object:\n${stdout}${stderr}`)
  }
}

function tryOut(place, refused) {
  const { checkout, dataDir, run } = place
  const door = (...args) => run(node.replace(root, `${checkout}/`), 'scripts/run.mjs', ...args)
  const checkIn = (what) => {
    const answer = answerOf(door('start', '--once', '--json', '--data', dataDir), what)
    if (answer.ok !== true || answer.files.length === 0) throw new Wrong(`${what}: ${JSON.stringify(answer)}`)
    for (const file of answer.files) {
      if (!file.startsWith(dataDir) || statSync(file).size === 0) throw new Wrong(`${what}: no file at ${file}`)
    }
    return answer
  }
  if (refused) {
    const { error } = answerOf(door('start', '--once', '--json', '--data', dataDir), 'the refusal', [2])
    if (error?.code !== refused || existsSync(dataDir)) throw new Wrong(`not refused: ${JSON.stringify(error)}`)
    return
  }
  const [first, second] = [checkIn('the first check-in'), checkIn('the second check-in')]
  if (first.visitId === second.visitId) throw new Wrong('two check-ins are one visit')
  const { deliveries } = answerOf(door('start', '--deliveries', '--json', '--data', dataDir), 'the deliveries')
  const states = new Set(deliveries.map(({ state }) => state))
  if (deliveries.length !== first.files.length + second.files.length || [...states].join() !== 'delivered')
    throw new Wrong(`the deliveries: ${JSON.stringify(deliveries)}`)
  // 2: something of this computer needs a person, which is told; a bug would be 1.
  answerOf(door('madoguchi', 'doctor', '--json', '--data', dataDir), 'the self-test', [0, 2])
}

const chosen = oddPlaces.filter(({ name }) => values.only === undefined || name.includes(values.only))
if (chosen.length === 0) {
  say(`no place is named like that: ${values.only}`)
  process.exit(2)
}
if (!existsSync(join(root, 'dist/main'))) throw new Error('the product is not built')
let failures = 0
for (const odd of chosen) {
  const reason = whyNot(odd)
  if (reason) {
    say(`!! LEFT OUT: ${odd.name}: ${reason}`)
    continue
  }
  const place = layOut(odd)
  try {
    tryOut(place, odd.refused)
    say(`ok      ${odd.name}`)
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    failures++
    say(`FAILED  ${odd.name} (again: npm run test:places -- --only '${odd.name}')\n${error.message}`)
  } finally {
    rmSync(place.folder, { recursive: true, force: true })
  }
}
process.exit(failures === 0 ? 0 : 1)
