// Desks beside one terminal, each look by look over a real folder, with the clock in the test's hand: who takes the results, and
// who says so. That nothing is taken twice, whatever comes in between: desk-claims.test.ts.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { claimKey, type DeskFiles } from '../../../src-main/hub/terminal/desk-claims.ts'
import { watcherIn } from '../../../src-main/hub/terminal/desk-record.ts'
import { createDeskWatch, usualDeskTiming } from '../../../src-main/hub/terminal/desk-watch.ts'
import { systemFolders } from '../../../src-main/hub/terminal/folder-files.ts'
import { fault } from '../../faults.ts'
import { temporaryFolder } from '../../support.ts'
import { onPosix } from '../../system.ts'

const { beatMs, goneMs, quietMs } = usualDeskTiming
const key = claimKey('OQSsiquc01res_face_1.xml', 'aa')

/** What the system says, at every call for which `isAway` holds. */
const awayFiles = (isAway: () => boolean): DeskFiles =>
  new Proxy(systemFolders, {
    get: (target, name: keyof DeskFiles) => (isAway() ? refuse('EHOSTDOWN') : target[name]),
  })
const refuse = (code: string) => () => {
  throw Object.assign(new Error(code), { code, syscall: 'open' })
}

function openFolder() {
  const root = temporaryFolder()
  const own = join(root, 'madoguchi')
  let now = 1_000_000
  return {
    root,
    own,
    /** `skewMs`: how far this computer's clock is from the others'. */
    desk(id: string, { files = systemFolders as DeskFiles, skewMs = 0, site = null as string | null, at = root } = {}) {
      const place = { root: at, own: join(at, 'madoguchi') }
      const watch = createDeskWatch({ ...place, desk: { id, name: `PC-${id}`, site }, timing: usualDeskTiming }, files)
      return {
        turn: (isOurs: boolean) => watch.turn(isOurs, now + skewMs),
        beat: () => watch.beat(now + skewMs),
        kind: () => watch.beat(now + skewMs).state.kind,
        takeOver: () => watch.takeOver(now + skewMs),
        claim: (of = key) => watch.claim(of, now + skewMs),
        leave: () => watch.leave(now + skewMs),
        tidy: () => watch.tidy(),
      }
    },
    /** Time goes on, and these desks beat in it. */
    pass(ms: number, ...desks: readonly { beat(): unknown }[]) {
      for (const end = now + ms; now < end; ) {
        now += Math.min(beatMs, end - now)
        for (const desk of desks) desk.beat()
      }
    },
  }
}

describe('who takes the results', () => {
  test('is the first one, at once; the second one knows who it is and for how long', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    expect(a.kind()).toBe('here')
    pass(600_000, a)
    expect(b.beat().state).toEqual({ kind: 'elsewhere', name: 'PC-a', forS: 600, isQuiet: false })
    pass(3_600_000, a, b)
    expect([a.kind(), b.kind()]).toEqual(['here', 'elsewhere'])
  })

  test('does not depend on what the clocks of the computers say', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b', { skewMs: -900_000_000 })]
    expect([a.kind(), b.kind()]).toEqual(['here', 'elsewhere'])
    pass(10 * goneMs, a, b)
    expect([a.kind(), b.kind()]).toEqual(['here', 'elsewhere'])
  })

  test('is the second one when nothing was heard of the first for minutes, after it has said so', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    pass(quietMs + beatMs, b)
    expect(b.beat().state).toMatchObject({ kind: 'elsewhere', isQuiet: true })
    pass(goneMs - quietMs - 3 * beatMs, b)
    expect(b.kind()).toBe('elsewhere')
    pass(2 * beatMs, b)
    expect(b.kind()).toBe('here')
  })

  test('is the second one at once when the first has ended in order, also when that one comes back', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    a.leave()
    expect(b.kind()).toBe('here')
    const again = desk('a')
    expect(again.kind()).toBe('elsewhere')
    pass(10 * goneMs, again, b)
    expect(again.kind()).toBe('elsewhere')
  })

  test('is still the first one after it was killed and started again', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    pass(goneMs / 2, b)
    const again = desk('a')
    expect(again.kind()).toBe('here')
    pass(2 * goneMs, again, b)
    expect(b.kind()).toBe('elsewhere')
  })

  test('is whoever was told; the other one hears of it with its next look', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    expect(b.takeOver()).toEqual({ state: { kind: 'here' }, failure: null, folder: null })
    expect(a.kind()).toBe('elsewhere')
    pass(10 * goneMs, a, b)
    expect([a.kind(), b.kind()]).toEqual(['elsewhere', 'here'])
  })

  test('is whoever was told, also where the other one was just saying that it watches', () => {
    const { desk, pass } = openFolder()
    const between: (() => void)[] = []
    const slow: DeskFiles = {
      ...systemFolders,
      rename(from, to) {
        between.pop()?.()
        systemFolders.rename(from, to)
      },
    }
    const [a, b] = [desk('a', { files: slow }), desk('b')]
    pass(beatMs, a, b)
    between.push(() => void b.takeOver())
    a.beat()
    expect([b.kind(), a.kind()]).toEqual(['here', 'elsewhere'])
    pass(2 * goneMs, a, b)
    expect([b.kind(), a.kind()]).toEqual(['here', 'elsewhere'])
  })

  test('is one of two that have begun in the same moment', () => {
    const { desk, pass, own } = openFolder()
    const b = desk('b')
    let isFirst = true
    // Between a's look and its record b does the same.
    const a = desk('a', {
      files: {
        ...systemFolders,
        write(path, content, readers) {
          if (isFirst) expect(b.kind()).toBe('here')
          isFirst = false
          systemFolders.write(path, content, readers)
        },
      },
    })
    expect(a.kind()).toBe('here')
    pass(3 * beatMs, a, b)
    expect([a.kind(), b.kind()].toSorted()).toEqual(['elsewhere', 'here'])
    expect(watcherIn(own, systemFolders)).toBe('PC-a')
  })
})

describe('desks of one site', () => {
  const site = 'site'

  test('leave the record to the one whose turn it is, and know its computer', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a', { site }), desk('b', { site })]
    expect([a.kind(), b.kind()]).toEqual(['unknown', 'unknown'])
    expect(a.claim()).toBe('elsewhere')
    expect(a.turn(true).state).toEqual({ kind: 'here' })
    pass(600_000, a, b)
    expect(b.beat().state).toEqual({ kind: 'elsewhere', name: 'PC-a', forS: 600, isQuiet: false })
    // However long it is silent: whose turn it is the site says.
    pass(10 * goneMs, b)
    expect(b.beat().state).toMatchObject({ kind: 'elsewhere', isQuiet: true })
    expect(b.claim()).toBe('elsewhere')
  })

  test('take over with the first look, and finish what the one before had begun', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a', { site }), desk('b', { site })]
    a.turn(true)
    pass(beatMs, a, b)
    expect(a.claim()).toBe('ours')
    expect(b.turn(true).state).toEqual({ kind: 'here' })
    expect(b.claim()).toBe('ours')
    // The one before hears that it is not its turn any more.
    expect(a.turn(false).state).toMatchObject({ kind: 'elsewhere', name: 'PC-b' })
    expect(a.claim()).toBe('elsewhere')
    // It does not end for the other one.
    a.leave()
    pass(beatMs, a, b)
    expect([a.kind(), b.kind()]).toEqual(['elsewhere', 'here'])
  })

  test('are one desk to those of another store, and to one of them that goes on alone', () => {
    const { desk, pass } = openFolder()
    const [a, b, alone] = [desk('a', { site }), desk('b', { site }), desk('alone')]
    a.turn(true)
    pass(beatMs, a, b, alone)
    expect(a.claim()).toBe('ours')
    expect(alone.beat().state).toMatchObject({ kind: 'elsewhere', name: 'PC-a' })
    b.turn(true)
    a.turn(false)
    pass(10 * goneMs, a, b, alone)
    expect([a.kind(), b.kind(), alone.kind()]).toEqual(['elsewhere', 'here', 'elsewhere'])
    alone.takeOver()
    expect(alone.claim()).toBe('theirs')
    expect([a.kind(), b.kind()]).toEqual(['elsewhere', 'elsewhere'])
    const other = claimKey('OQSsiquc01res_face_2.xml', 'aa')
    expect([b.claim(other), alone.claim(other)]).toEqual(['elsewhere', 'ours'])
  })

  test.runIf(onPosix)('know the folder by one name, whatever each of them calls it', () => {
    const { desk, root, own } = openFolder()
    const link = join(temporaryFolder(), 'drive')
    symlinkSync(root, link)
    const [a, b] = [desk('a', { site }), desk('b', { site, at: link })]
    const name = a.beat().folder
    expect(name).toMatch(/^[0-9a-f-]{36}$/)
    expect(b.beat().folder).toBe(name)
    expect(desk('a', { site }).beat().folder).toBe(name)
    expect(readdirSync(own)).toEqual(['name'])
  })

  test('give it one name between them, also where they come at the same moment', () => {
    const { desk } = openFolder()
    const b = desk('b', { site })
    let named: string | null = null
    const a = desk('a', {
      site,
      files: {
        ...systemFolders,
        // Between a's look and its name b gives one.
        rename(from, to) {
          named ??= b.beat().folder
          systemFolders.rename(from, to)
        },
      },
    })
    expect(a.beat().folder).toBe(named)
    expect(named).not.toBeNull()
    expect(desk('alone').beat().folder).toBeNull()
  })
})

describe('a desk that has slept', () => {
  fault('sleep', 'A desk that watched the terminal wakes after an hour', {
    seen: 'nothing',
    class: 'transient',
    data: 'It takes nothing of what came meanwhile: that is the other desk’s.',
    recovery: 'The other desk goes on watching.',
  })
  test('looks before it takes anything: what came meanwhile is the other one’s', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    pass(3_600_000, b)
    expect(b.kind()).toBe('here')
    // Its first word after an hour, before any beat.
    expect(a.claim()).toBe('elsewhere')
    expect(b.claim()).toBe('ours')
    expect(a.kind()).toBe('elsewhere')
  })

  test('does not take the others for dead because it has not heard of them in its sleep', () => {
    const { desk, pass } = openFolder()
    const [a, b] = [desk('a'), desk('b')]
    pass(beatMs, a, b)
    // Both have slept, and b wakes first.
    pass(3_600_000)
    expect(b.kind()).toBe('elsewhere')
    expect(a.kind()).toBe('here')
  })
})

describe('a share', () => {
  test('that vanishes for one desk and comes back leaves one of them', () => {
    const { desk, pass } = openFolder()
    let isAway = false
    const a = desk('a', { files: awayFiles(() => isAway) })
    const b = desk('b')
    pass(beatMs, a, b)
    isAway = true
    expect(a.beat()).toMatchObject({ failure: { code: 'TERMINAL_FOLDER_MISSING' } })
    expect(a.claim()).toBe('later')
    pass(goneMs + 2 * beatMs, a, b)
    expect(b.kind()).toBe('here')
    isAway = false
    expect(a.claim()).toBe('elsewhere')
    expect(a.beat()).toMatchObject({ state: { kind: 'elsewhere', name: 'PC-b' }, failure: null })
  })

  test('that vanishes for all is no silence: whoever watched goes on', () => {
    const { desk, pass } = openFolder()
    let isAway = false
    const files = awayFiles(() => isAway)
    const [a, b] = [desk('a', { files }), desk('b', { files })]
    pass(beatMs, a, b)
    isAway = true
    pass(10 * goneMs, a, b)
    isAway = false
    expect(b.kind()).toBe('elsewhere')
    expect(a.kind()).toBe('here')
  })

  test('that is not there yet gets nothing made in its place', () => {
    const { desk, root } = openFolder()
    rmSync(root, { recursive: true })
    const a = desk('a')
    expect(a.beat()).toMatchObject({ state: { kind: 'unknown' }, failure: { code: 'TERMINAL_FOLDER_MISSING' } })
    expect(a.claim()).toBe('later')
    mkdirSync(root)
    expect(a.claim()).toBe('ours')
  })

  test('that lets this account write nothing is watched as one desk does; a folder that others have made stops that', () => {
    const { desk, own } = openFolder()
    const a = desk('a', { files: { ...systemFolders, makeShared: refuse('EACCES') } })
    expect(a.kind()).toBe('unkept')
    expect(a.claim()).toBe('ours')
    mkdirSync(own)
    const b = desk('b')
    expect(b.kind()).toBe('here')
    expect(a.claim()).toBe('elsewhere')
  })

  fault('terminal', 'The rights on the terminal’s share are too small', {
    seen: 'TERMINAL_FOLDER_REFUSED',
    detail: { field: 'madoguchi' },
    data: 'Nothing is taken, so that no two desks take the same.',
    recovery: 'Clinic IT mends the rights of the share.',
  })
  test('in which our own folder cannot be written is told, and nothing is taken', () => {
    const { desk, own } = openFolder()
    mkdirSync(own)
    const a = desk('a', { files: { ...systemFolders, write: refuse('EACCES') } })
    expect(a.beat()).toMatchObject({ failure: { code: 'TERMINAL_FOLDER_REFUSED', detail: { field: 'madoguchi' } } })
    expect(a.claim()).toBe('later')
  })

  test.runIf(onPosix)('gets folders in which other accounts of it work, too', () => {
    const { desk, root, own } = openFolder()
    chmodSync(root, 0o2770)
    expect(desk('a').claim()).toBe('ours')
    for (const folder of [own, join(own, 'claims'), join(own, 'claims', key)])
      expect(statSync(folder).mode & 0o7777).toBe(0o2770)
  })

  fault('terminal', 'The record of who watches the terminal is damaged', {
    seen: 'nothing',
    class: 'transient',
    data: 'Results are still taken by one desk.',
    recovery: 'The record is written anew.',
  })
  test('in which the record is damaged gets a new one', () => {
    const { desk, own } = openFolder()
    desk('a').beat()
    writeFileSync(join(own, 'watching.json'), '{"desk":')
    expect(desk('b').kind()).toBe('here')
    expect(JSON.parse(readFileSync(join(own, 'watching.json'), 'utf8'))).toMatchObject({ name: 'PC-b' })
  })
})

describe('a record that is replaced as Windows does it', () => {
  test('out of sight for a moment is no reason to take over', () => {
    const { desk, pass, own } = openFolder()
    const a = desk('a')
    let isHidden = false
    const b = desk('b', {
      files: { ...systemFolders, read: (path, limit) => (isHidden ? null : systemFolders.read(path, limit)) },
    })
    pass(beatMs, a, b)
    isHidden = true
    pass(goneMs / 2, a, b)
    isHidden = false
    expect([a.kind(), b.kind()]).toEqual(['here', 'elsewhere'])
    // Gone for good with its desk it is silence like any other.
    rmSync(join(own, 'watching.json'))
    pass(goneMs + 2 * beatMs, b)
    expect(b.kind()).toBe('here')
  })

  test('refused while somebody reads it is written at the next try', () => {
    const { desk } = openFolder()
    let refusals = 2
    const a = desk('a', {
      files: {
        ...systemFolders,
        rename(from, to) {
          if (refusals-- > 0) refuse('EPERM')()
          systemFolders.rename(from, to)
        },
      },
    })
    expect(a.beat()).toEqual({ state: { kind: 'here' }, failure: null, folder: null })
  })
})

describe('a claim', () => {
  test('is the same desk’s for ever, also after a restart, and of one content under one name', () => {
    const { desk } = openFolder()
    expect(desk('a').claim()).toBe('ours')
    expect(desk('a').claim()).toBe('ours')
    const b = desk('b')
    b.takeOver()
    expect(b.claim()).toBe('theirs')
    expect(b.claim(claimKey('OQSsiquc01res_face_1.xml', 'bb'))).toBe('ours')
    expect(b.claim(claimKey('OQSsiquc01res_face_2.xml', 'aa'))).toBe('ours')
  })

  test('that was made before an end is finished by its own desk, although another one watches by then', () => {
    const { desk } = openFolder()
    const a = desk('a')
    expect(a.claim()).toBe('ours')
    const b = desk('b')
    b.takeOver()
    const again = desk('a')
    expect(again.kind()).toBe('elsewhere')
    expect(again.claim()).toBe('ours')
    expect(again.claim(claimKey('OQSsiquc01res_face_2.xml', 'aa'))).toBe('elsewhere')
  })

  test('tells nothing about anybody', () => {
    const { desk, own } = openFolder()
    desk('a').claim(claimKey('OQSsiquc01res_face_20261124093000.xml', 'aa'))
    const all = readdirSync(own, { recursive: true }).join(' ')
    expect(all).not.toContain('OQS')
  })

  test('goes when thousands have come after it', () => {
    const { desk, own } = openFolder()
    const a = desk('a')
    expect(a.claim()).toBe('ours')
    const claims = join(own, 'claims')
    for (let count = 0; count < 4_000; count++) mkdirSync(join(claims, `${count}`))
    a.tidy()
    expect(readdirSync(claims)).toHaveLength(2_001)
  })
})
