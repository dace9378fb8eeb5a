// Files of the house's own: whole or not at all, whatever happens meanwhile.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { inTurn, removeLeftovers, type WritePort, writeDurably } from '../../src-main/ground/durable-write.ts'
import { temporaryFolder } from '../support.ts'
import { makesLinks, onPosix } from '../system.ts'

const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'rename' })

const portOf = (changes: Partial<WritePort>): WritePort => ({
  platform: 'linux',
  rename: renameSync,
  link: linkSync,
  pause: () => undefined,
  ...changes,
})

test('a file is made and replaced whole, with the mode that was asked for, and nothing else stays', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.json')
  writeDurably(file, 'first, and longer', { mode: 0o600 })
  writeFileSync(file, 'by hand', { mode: 0o644 })
  writeDurably(file, 'second', { mode: 0o640 })
  expect(readFileSync(file, 'utf8')).toBe('second')
  if (onPosix) expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test('a new file never replaces one that is there', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.key')
  writeDurably(file, 'first', { mode: 0o600, place: 'new' })
  expect(() => writeDurably(file, 'second', { mode: 0o600, place: 'new' })).toThrow('EEXIST')
  expect(readFileSync(file, 'utf8')).toBe('first')
  expect(readdirSync(folder)).toEqual(['a.key'])
})

test.skipIf(!makesLinks())('a link that lies in the way is replaced and never followed', () => {
  const folder = temporaryFolder()
  const target = join(folder, 'elsewhere')
  writeFileSync(target, 'not ours')
  symlinkSync(target, join(folder, 'a.json'))
  // The temporary name of earlier versions, which anybody could guess.
  symlinkSync(target, join(folder, 'a.json.tmp'))
  writeDurably(join(folder, 'a.json'), 'ours', { mode: 0o600 })
  expect(readFileSync(target, 'utf8')).toBe('not ours')
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('ours')
})

test('what the system refuses is thrown on, the old file stays and no temporary one', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.json')
  writeDurably(file, 'old', { mode: 0o600 })
  const full = portOf({
    rename() {
      throw refusal('ENOSPC')
    },
  })
  expect(() => writeDurably(file, 'new', { mode: 0o600 }, full)).toThrow('ENOSPC')
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a.json'])
  expect(() => writeDurably(join(folder, 'missing', 'b.json'), '', { mode: 0o600 })).toThrow('ENOENT')
})

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'on Windows a scanner that holds the file for a moment (%s) is waited for',
  (code) => {
    const file = join(temporaryFolder(), 'a.json')
    const pauses: number[] = []
    let refusals = 4
    const port = portOf({
      platform: 'win32',
      pause: (ms) => void pauses.push(ms),
      rename(from, to) {
        if (refusals-- > 0) throw refusal(code)
        renameSync(from, to)
      },
    })
    writeDurably(file, 'content', { mode: 0o600 }, port)
    expect(readFileSync(file, 'utf8')).toBe('content')
    expect(pauses.length).toBe(4)
  },
)

test('on Windows a file that stays held is given up in the end; elsewhere the same answer is final at once', () => {
  const folder = temporaryFolder()
  const calls = { win32: 0, linux: 0 }
  for (const platform of ['win32', 'linux'] as const) {
    const port = portOf({
      platform,
      rename() {
        calls[platform]++
        throw refusal('EPERM')
      },
    })
    expect(() => writeDurably(join(folder, 'a.json'), '', { mode: 0o600 }, port)).toThrow('EPERM')
  }
  expect(calls).toEqual({ win32: 7, linux: 1 })
  expect(readdirSync(folder)).toEqual([])
})

test('leftovers of a killed writer go, by every name they ever had, and nothing else does', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'database.key')
  writeFileSync(file, 'key')
  const others = ['database.key.wrapped', 'database.key.old.tmp', 'xdatabase.key.1.tmp', 'database.key.tmp.bak']
  for (const name of others) writeFileSync(join(folder, name), '')
  linkSync(file, `${file}.4711.tmp`)
  for (const name of ['tmp', '0123456789abcdef.tmp']) writeFileSync(`${file}.${name}`, '')
  removeLeftovers(file)
  expect(readdirSync(folder).sort()).toEqual(['database.key', ...others].sort())
  expect(statSync(file).nlink).toBe(1)
  removeLeftovers(join(folder, 'missing', 'database.key'))
})

test('a temporary file that another start takes for a leftover is written once more', () => {
  const file = join(temporaryFolder(), 'a.json')
  let isFirst = true
  const port = portOf({
    platform: process.platform,
    rename(from, to) {
      if (isFirst) removeLeftovers(file)
      isFirst = false
      renameSync(from, to)
    },
  })
  writeDurably(file, 'content', { mode: 0o600 }, port)
  expect(readFileSync(file, 'utf8')).toBe('content')
})

test('changes of one file go one after the other, also after one that fails; other files do not wait', async () => {
  const steps: string[] = []
  const first = Promise.withResolvers<void>()
  const work = (name: string, until: Promise<void>) => async () => {
    steps.push(`${name} begins`)
    await until
    steps.push(`${name} ends`)
  }
  const a = inTurn('a', work('1', first.promise))
  const failing = inTurn('a', () => Promise.reject(new Error('refused')))
  const b = inTurn('a', work('2', Promise.resolve()))
  await inTurn('b', work('other', Promise.resolve()))
  first.resolve()
  await expect(failing).rejects.toThrow('refused')
  await Promise.all([a, b])
  expect(steps).toEqual(['1 begins', 'other begins', 'other ends', '1 ends', '2 begins', '2 ends'])
})

test('a writer killed at any moment leaves the whole old or the whole new file', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.json')
  const script = `
    const { writeDurably } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-main/ground/durable-write.ts')))})
    for (let n = 0; ; n++) writeDurably(process.argv[1], JSON.stringify({ n, fill: 'x'.repeat(20_000) }), { mode: 0o600 })`
  for (let round = 0; round < 8; round++) {
    const writer = spawn(process.execPath, ['--input-type=module', '--eval', script, file], { stdio: 'inherit' })
    onTestFinished(() => void writer.kill('SIGKILL'))
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, round * 3))
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    expect(JSON.parse(readFileSync(file, 'utf8')).fill.length).toBe(20_000)
    removeLeftovers(file)
    expect(readdirSync(folder)).toEqual(['a.json'])
    rmSync(file)
  }
})

test('a folder by the name of the file is refused and stays', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'a.json'))
  expect(() => writeDurably(join(folder, 'a.json'), '', { mode: 0o600 })).toThrow()
  expect(readdirSync(folder)).toEqual(['a.json'])
})
