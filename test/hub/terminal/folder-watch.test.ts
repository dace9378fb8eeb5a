// One look after the other over a real folder, with the clock in the test's hand: what is told of which file.
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type FolderFiles, systemFolders } from '../../../src-main/hub/terminal/folder-files.ts'
import { createFolderWatch, usualTiming, type WatchEvent } from '../../../src-main/hub/terminal/folder-watch.ts'
import { fault } from '../../faults.ts'
import { makesLinks } from '../../system.ts'

const prefix = 'OQSsiquc01res_face_'
const begin = Date.parse('2026-11-24T09:00:00+09:00')

/** `before`: names that lie there before anybody looks. `modified`: of every file, in milliseconds since 1970. */
function watched(files: FolderFiles = systemFolders, before: readonly string[] = [], modified = begin) {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const told: WatchEvent[] = []
  const put = (name: string, at = modified) => {
    writeFileSync(join(folder, name), '<XmlMsg/>')
    utimesSync(join(folder, name), at / 1_000, at / 1_000)
  }
  for (const name of before) put(name)
  const target = { name: 'face', folder, prefixes: [prefix], timing: usualTiming } as const
  const watch = createFolderWatch(target, files, (event) => {
    if (event.kind !== 'beat' && event.kind !== 'backlog') told.push(event)
  })
  let now = begin
  return {
    folder,
    told,
    put,
    /** Looks as often as it is worth it within so many milliseconds. */
    lookFor(ms: number) {
      for (const end = now + ms; now < end; ) now += watch.look(now)
    },
  }
}

const names = (told: readonly WatchEvent[]) =>
  told.flatMap((event) => ('name' in event ? [[event.kind, event.name]] : []))

describe('one file that cannot be looked at', () => {
  test.skipIf(!makesLinks())('is told by itself, and those beside it are read', () => {
    const { folder, put, told, lookFor } = watched()
    symlinkSync(`${prefix}a.xml`, join(folder, `${prefix}a.xml`))
    put(`${prefix}b.xml`)
    lookFor(20_000)
    expect(names(told)).toEqual([
      ['file', `${prefix}b.xml`],
      ['refused', `${prefix}a.xml`],
    ])
    expect(told.find(({ kind }) => kind === 'refused')).toMatchObject({ flaw: 'access' })
    expect(told.filter(({ kind }) => kind === 'state')).toEqual([{ kind: 'state', failure: null }])
  })

  test.each(['EPERM', 'EACCES', 'EIO', 'ESTALE'])('with %s counts once it can be looked at', (code) => {
    let isHidden = true
    const { put, told, lookFor } = watched({
      ...systemFolders,
      state(path) {
        if (isHidden && path.endsWith('a.xml')) throw Object.assign(new Error(code), { code, syscall: 'stat' })
        return systemFolders.state(path)
      },
    })
    for (const each of ['a', 'b']) put(`${prefix}${each}.xml`)
    lookFor(2_000)
    expect(names(told)).toEqual([['file', `${prefix}b.xml`]])
    isHidden = false
    lookFor(2_000)
    expect(names(told)).toEqual([
      ['file', `${prefix}b.xml`],
      ['file', `${prefix}a.xml`],
    ])
  })
})

test('a file that comes while the folder is watched counts whatever the clock of its share says; an old one that lay there does not', () => {
  const { told, put, lookFor } = watched(systemFolders, [`${prefix}old.xml`], begin - 47 * 86_400_000)
  lookFor(2_000)
  expect(names(told)).toEqual([])
  put(`${prefix}new.xml`, begin - 40 * 86_400_000)
  lookFor(2_000)
  expect(names(told)).toEqual([['file', `${prefix}new.xml`]])
})

fault('clock', 'The terminal’s clock is days behind ours', {
  seen: 'TERMINAL_CLOCK_DIFFERS',
  detail: { field: 'face' },
  data: 'Its results are read all the same, each once.',
  recovery: 'Both clocks are set; the notice goes by itself.',
})
test('a share whose clock is days behind is told, and what came this morning before anybody looked is read after all', () => {
  const shareNow = begin - 3 * 86_400_000
  const { told, put, lookFor } = watched(systemFolders, [`${prefix}morning.xml`], shareNow - 3_600_000)
  put(`${prefix}lastWeek.xml`, shareNow - 7 * 86_400_000)
  lookFor(2_000)
  expect(names(told)).toEqual([])
  put(`${prefix}now.xml`, shareNow)
  lookFor(4_000)
  expect(
    names(told)
      .map(([, name]) => name)
      .sort(),
  ).toEqual([`${prefix}morning.xml`, `${prefix}now.xml`])
  expect(told.findLast(({ kind }) => kind === 'state')).toMatchObject({ failure: { code: 'TERMINAL_CLOCK_DIFFERS' } })
  put(`${prefix}mended.xml`, begin)
  lookFor(2_000)
  expect(told.findLast(({ kind }) => kind === 'state')).toEqual({ kind: 'state', failure: null })
})
