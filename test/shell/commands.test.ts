// How the command line of clinic IT reads what was typed, and what it says about itself. The commands themselves are used on
// the built product, in the tests beside this one.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { nearestOf } from '../../src-main/ground/nearest-word.ts'
import { fail, ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { command, dataCommand, type World } from '../../src-main/shell/commands/command.ts'
import { carryOut, commands, isCommand } from '../../src-main/shell/commands/commands.ts'
import { done, refused } from '../../src-main/shell/said.ts'
import { createKeyFile } from '../../src-main/store/key-store.ts'

const world: World = {
  typed: 'madoguchi',
  hasOtherFolders: true,
  place: async (dataDir = 'usual') => ok({ dataDir, keyStore: createKeyFile('key'), migrationsDir: 'migrations' }),
  sources: ownFileOnly,
  program: {
    entries: { readerHost: '', deliveryThread: '', folderThread: '', photoThread: '' },
    version: '1.2.3',
  },
}
const said = async (...words: string[]) => (await carryOut(words, world)).said

const copied = dataCommand({
  name: 'copy',
  about: '写す',
  operands: {
    from: { value: 'FROM', about: '元', schema: z.string().min(1) },
    to: { value: 'TO', about: '先', schema: z.string().min(1).optional() },
  },
  options: {
    out: { value: 'FILE', about: '書く先', schema: z.string().min(1) },
    times: { value: 'N', about: '回数', schema: z.coerce.number().int().default(1) },
    twice: { about: '二度' },
  },
  run: async (given, { dataDir }) => ok(done({ ...given, dataDir }, [])),
})

test('what was typed arrives as its table says, with the data folder that was named', async () => {
  expect((await copied.run(['a', '--out', 'f', '--times', '3', '--data', 'there'], world)).answer).toEqual({
    ...{ ok: true, from: 'a', to: undefined, out: 'f', times: 3, twice: false, dataDir: 'there' },
    ...{ json: false, help: false },
  })
  expect((await copied.run(['a', 'b', '--twice', '--out=f'], world)).answer).toMatchObject({
    ...{ from: 'a', to: 'b', out: 'f', times: 1, twice: true, dataDir: 'usual' },
  })
})

test.each([
  [['a'], '--out', null],
  [['--out', 'f'], 'FROM', null],
  [['a', 'b', 'c', '--out', 'f'], 'c', null],
  [['a', '--out', 'f', '--times', 'x'], '--times', null],
  [['a', '--out'], '--out', null],
  [['a', '--outt', 'f'], '--outt', '--out'],
  [['a', '--out', 'f', '--tiwce'], '--tiwce', '--twice'],
  [['a', '--out', 'f', '--dat', 'd'], '--dat', '--data'],
  [['a', '--out', 'f', '--zzzzzz'], '--zzzzzz', null],
])('%j is refused with %s named, and %s as the nearest', async (words, named, nearest) => {
  const { isRefused, answer, lines } = await copied.run(words, world)
  expect(isRefused).toBe(true)
  expect(answer).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' } })
  expect(lines[0]).toContain(`（${named}）`)
  expect(lines).toContain('使い方を見る: madoguchi copy --help')
  expect(lines.find((line) => line.startsWith('もしかして'))).toBe(nearest ? `もしかして: ${nearest}` : undefined)
})

test('the help shows what must be typed, and every option with its sentence', async () => {
  const { isRefused, lines } = await copied.run(['--help'], world)
  expect(isRefused).toBe(false)
  expect(lines[0]).toBe('使い方: madoguchi copy FROM [TO] --out FILE [オプション]')
  for (const line of ['  FROM        元', '  --times N   回数', '  --twice     二度', '  --data DIR  データ'])
    expect(lines.join('\n')).toContain(line)
})

test('where a program has one folder only, no other can be named, and its help says nothing of it', async () => {
  const desktop = { ...world, hasOtherFolders: false }
  expect((await copied.run(['a', '--out', 'f', '--data', 'd'], desktop)).isRefused).toBe(true)
  expect((await copied.run(['--help'], desktop)).lines.join('\n')).not.toContain('--data')
})

test('a folder that cannot be opened is said in the words of its failure', async () => {
  const nowhere = { ...world, place: async () => fail('REQUEST_INVALID', { field: 'HOME' }) }
  expect((await copied.run(['a', '--out', 'f'], nowhere)).lines[0]).toContain('（HOME）')
})

test('a command without a data folder takes none', async () => {
  const alone = command({ name: 'alone', about: '', operands: {}, options: {}, run: async () => ok(done({}, [])) })
  expect((await alone.run(['--data', 'd'], world)).isRefused).toBe(true)
})

test.each([
  ['docter', 'doctor'],
  ['DOCTOR', 'doctor'],
  ['chekc', 'check'],
  ['audti', 'audit'],
  ['audit verfy', 'audit verify'],
  ['masters impotr', 'masters import'],
  ['acceptloss', 'accept-loss'],
])('%s is none of the commands; %s is said to be the nearest', async (typed, nearest) => {
  const { answer } = await said(...typed.split(' '))
  expect(answer).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' }, nearest })
})

test('what is near to nothing has no nearest', () => {
  expect(nearestOf('undo', ['doctor', 'check', 'restore'])).toBe(null)
  expect(nearestOf('re', ['doctor', 'check', 'restore'])).toBe('restore')
  expect(nearestOf('--', ['--data', '--json'])).toBe(null)
})

test.each([[[]], [['--help']], [['-h']], [['help']], [['--json']], [['--data', 'd']]])(
  '%j tells what commands there are, each in its form',
  async (words) => {
    const { isRefused, lines } = await said(...words)
    expect(isRefused).toBe(false)
    for (const { name, about } of commands)
      expect(
        lines.some((line) => line.startsWith(`  ${name}`) && line.endsWith(about)),
        name,
      ).toBe(true)
  },
)

test('a first word alone, or with --help, tells the commands that begin with it', async () => {
  for (const words of [['masters'], ['masters', '--help']]) {
    const lines = (await said(...words)).lines.join('\n')
    expect(lines).toContain('masters import FILE')
    expect(lines).not.toContain('doctor')
  }
})

test.each(commands.map((each) => [each.name, each] as const))('%s has a help of its own', async (name, { about }) => {
  const { isRefused, lines } = await said(...name.split(' '), '--help')
  expect(isRefused).toBe(false)
  expect(lines[0]).toMatch(new RegExp(`^使い方: madoguchi ${name} `))
  expect(lines).toContain(`  ${about}`)
})

test('a command behind the word help is told as it is told with --help, and one that is none is named', async () => {
  for (const { name } of commands)
    expect((await said('help', ...name.split(' '))).lines, name).toEqual(
      (await said(...name.split(' '), '--help')).lines,
    )
  expect((await said('help', 'masters')).lines).toEqual((await said('masters', '--help')).lines)
  expect((await said('help', 'docter')).answer).toMatchObject({ error: { code: 'REQUEST_INVALID' }, nearest: 'doctor' })
})

test('the version of the program is told', async () => {
  expect(isCommand(['--version'])).toBe(true)
  const { answer, lines } = await said('--version', '--json')
  expect(answer).toEqual({ ok: true, version: '1.2.3', node: process.versions.node })
  expect(lines).toEqual([expect.stringContaining('1.2.3')])
})

test.each([
  ['STORE_DAMAGED', ['accept-loss'], ['restore', 'accept-loss --empty']],
  ['STORE_DAMAGED', ['accept-loss', '--data', 'd', '--empty'], ['restore']],
  ['STORE_DAMAGED', ['check'], ['restore', 'accept-loss', 'accept-loss --empty']],
  ['STORE_COPY_MISSING', ['restore'], ['restore --from FILE', 'accept-loss']],
  ['STORE_ROWS_MISSING', ['accept-loss'], ['restore']],
] as const)('after %s nobody is sent where they come from: %j may go on with %j', (code, tried, ways) => {
  const { lines } = refused({ code }, 'madoguchi', { tried })
  const typed = lines.flatMap((line) => / madoguchi (.+)$/.exec(line)?.slice(1) ?? [])
  expect(typed).toEqual(ways)
})

test('no name hides another one', () => {
  const names = commands.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => names.some((other) => other.startsWith(`${name} `)))).toEqual([])
})

test('what all have may stand in front, as it could before', async () => {
  expect((await said('--json', 'audit', '--data', 'd', 'prove')).answer).toMatchObject({ ok: false })
  expect((await said('--data', 'd', '--json', 'chekc')).answer).toMatchObject({ nearest: 'check' })
  expect((await said('--nope')).isRefused).toBe(true)
})

test('an agent is started by options, a command by its word', () => {
  expect([['check'], ['audit', 'verify'], ['chekc'], ['--help'], ['-h']].every(isCommand)).toBe(true)
  expect([[], ['--at-log-on'], ['--remote-debugging-port=0', 'x']].some(isCommand)).toBe(false)
})

test('a bug ends with 1, its place is told, and scripts get their object', async () => {
  const broken = { ...world, place: () => Promise.reject(new Error('patient 山田')) }
  const { said, exitCode, fault } = await carryOut(['check'], broken)
  expect(exitCode).toBe(1)
  expect(said.answer).toMatchObject({ ok: false, error: { code: 'AGENT_FAULT' } })
  expect(fault?.[0]).toBe('Error')
  expect(JSON.stringify([said, fault])).not.toContain('山田')
})
