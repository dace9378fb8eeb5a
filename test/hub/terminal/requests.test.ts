// Requests to the terminal on real folders, answered by the sandbox terminal; what we write is read by other programs.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clinicDay, systemClock } from '../../../src-main/ground/clock.ts'
import { fail, ok } from '../../../src-main/ground/result.ts'
import { usualDeskTiming } from '../../../src-main/hub/terminal/desk-watch.ts'
import type { Arrival } from '../../../src-main/hub/terminal/face-results.ts'
import { openTerminal, type TerminalFolders } from '../../../src-main/hub/terminal/terminal.ts'
import type { Quirks } from '../../../src-main/stand-ins/terminal/quirks.ts'
import { startSandboxTerminal } from '../../../src-main/stand-ins/terminal/sandbox-terminal.ts'
import { fault } from '../../faults.ts'
import { outside } from '../../outside.ts'
import { eventually, must, root, silentLog } from '../../support.ts'

const query = {
  insurerNumber: '06139901',
  symbol: '窓口',
  number: '10000',
  branchNumber: '00',
  birthDate: '1979-04-12',
  limitConsent: true,
  arbitraryIdentifier: 'a-1',
}

async function openFolders(quirks: Quirks | null, encoding: 'cp932' | 'utf-8' = 'cp932', lastNumber = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-terminal-'))
  const sandbox = await startSandboxTerminal({ folder, clock: systemClock, quirks: quirks ?? { answerNever: true } })
  const folders: TerminalFolders = {
    root: folder,
    own: join(folder, 'madoguchi'),
    face: join(folder, 'face'),
    trash: join(folder, 'trash'),
    watch: ['face', 'trash'],
    requests: {
      req: join(folder, 'req'),
      res: join(folder, 'res'),
      institutionCode: '1312345678',
      encoding,
    },
    mappingFile: null,
  }
  const arrivals: Arrival[] = []
  let number = lastNumber
  const terminal = openTerminal({
    folders,
    entry: join(root, 'src-main/hub/terminal/folder-thread.ts'),
    training: true,
    among: { desk: { id: 'desk', name: '受付1', site: null }, timing: usualDeskTiming },
    turn: null,
    nextNumber: async () => ok(++number),
    clock: systemClock,
    log: silentLog,
    onArrival: (arrival) => arrivals.push(arrival),
    onChange: () => undefined,
    requestLimits: { answerMs: quirks?.answerNever ? 600 : 8_000, bulkMs: 15_000, pollMs: 100 },
  })
  onTestFinished(async () => {
    await terminal.close()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { requests } = terminal
  if (!requests) throw new Error('no requests')
  return { folder, sandbox, requests, arrivals }
}

describe('a request', () => {
  test('for one person is answered about that person', async () => {
    const { requests } = await openFolders({})
    const { results } = must(await requests.confirm(query))
    expect(results).toHaveLength(1)
    expect(results[0]).toMatchObject({ arbitraryIdentifier: 'a-1', person: { name: '佐藤　美咲' } })
  })

  test('for many people comes back in two steps, also packed and late', async () => {
    const { requests } = await openFolders({ bulkInProgress: 2, zip: true })
    const queries = ['10000', '10001', '10002'].map((number) => ({ ...query, number, arbitraryIdentifier: number }))
    const { results } = must(await requests.confirmMany(queries))
    expect(results.map(({ arbitraryIdentifier }) => arbitraryIdentifier)).toEqual(['10000', '10001', '10002'])
  })

  test('registers 照会番号, which every later result brings', async () => {
    const { requests, sandbox, arrivals } = await openFolders({})
    must(await requests.register({ query, referenceNumber: '4711' }))
    expect([...sandbox.referenceNumbers]).toEqual([['nanbyo', '4711']])
    await sandbox.drop('nanbyo')
    await eventually('the result is there', () => arrivals.length === 1)
    const [arrival] = arrivals
    expect(arrival?.message.ok && arrival.message.value.results[0]?.referenceNumber).toBe('4711')
  })

  fault('terminal', 'The terminal never answers a question', {
    seen: 'TERMINAL_NO_ANSWER',
    data: 'Nothing is changed; an answer that comes later makes no visit.',
    recovery: 'The linking program is looked at, and the question is asked again.',
  })
  test('that nobody answers is told as unanswered', async () => {
    const { requests } = await openFolders({ answerNever: true })
    expect(await requests.confirm(query)).toMatchObject({ error: { code: 'TERMINAL_NO_ANSWER' } })
  })

  test('that is answered twice is answered once', async () => {
    const { requests } = await openFolders({ answerTwice: true })
    must(await requests.confirm(query))
    must(await requests.confirm({ ...query, number: '10001' }))
  })

  fault('huge', 'The terminal is asked ten thousand times in a day', {
    seen: 'TERMINAL_REQUESTS_USED_UP',
    data: 'No request is written under a name that was used already.',
    recovery: 'The next day begins anew; until then the terminal’s own screen is used.',
  })
  test('is the last one of its day as number 9999: a file’s name has no room for more', async () => {
    const { folder, requests } = await openFolders({}, 'cp932', 9_998)
    must(await requests.confirm(query))
    expect(await requests.confirm(query)).toEqual(fail('TERMINAL_REQUESTS_USED_UP'))
    const requested = readdirSync(join(folder, 'res')).filter((name) => name.includes('res_'))
    expect(requested).toEqual([expect.stringMatching(/9999\.xml$/)])
  })

  test('that the terminal refuses says so with the terminal’s own code', async () => {
    const { requests } = await openFolders({ segment: '9', code: 'E1234' })
    expect(await requests.confirm(query)).toMatchObject({
      error: { code: 'TERMINAL_RESULT_ABNORMAL', detail: { sourceCode: 'E1234' } },
    })
  })

  test('never takes the name another program has used', async () => {
    const { folder, requests } = await openFolders({})
    const day = clinicDay(new Date()).replaceAll('-', '')
    const theirs = join(folder, 'res', `OQSsiquc01res_${day}0001.xml`)
    writeFileSync(theirs, 'theirs')
    must(await requests.confirm(query))
    expect(readdirSync(join(folder, 'res')).sort()).toEqual([
      `OQSsiquc01res_${day}0001.xml`,
      `OQSsiquc01res_${day}0002.xml`,
    ])
    expect(readFileSync(theirs, 'utf8')).toBe('theirs')
  })

  test.each(['cp932', 'utf-8'] as const)('in %s is XML that other programs read', async (encoding) => {
    // Nobody takes it away: the linking application is not there.
    const { folder, requests, sandbox } = await openFolders(null, encoding)
    await sandbox.close()
    void requests.confirm({ ...query, symbol: '窓口髙' })
    const req = join(folder, 'req')
    await eventually('it is written', () => readdirSync(req).length === 1)
    const [name = ''] = readdirSync(req)
    expect(name).toMatch(/^OQSsiquc01req_[0-9]{12}\.xml$/)
    const bytes = readFileSync(join(req, name))
    const value = (path: string) =>
      execFileSync(outside('xmllint'), ['--nonet', '--xpath', `string(${path})`, '-'], {
        input: encoding === 'cp932' ? asUtf8(bytes) : bytes,
      })
        .toString()
        .replace(/\n$/, '')
    expect(value('//InsurerNumber')).toBe('06139901')
    expect(value('//InsuredCardSymbol')).toBe('窓口髙')
    expect(value('//Birthdate')).toBe('19790412')
    expect(value('//CharacterCodeIdentifier')).toBe(encoding === 'cp932' ? '1' : '0')
  })
})

/** By iconv, which is not ours, with the declaration told the truth. */
const asUtf8 = (bytes: Uint8Array) =>
  execFileSync(outside('iconv'), ['-f', 'CP932', '-t', 'UTF-8'], { input: bytes })
    .toString()
    .replace('Shift_JIS', 'UTF-8')

test('two hundred files at once are all told, each once', async () => {
  const { sandbox, arrivals } = await openFolders({})
  await Promise.all(Array.from({ length: 200 }, () => sandbox.drop('nanbyo')))
  await eventually('all are there', () => arrivals.length >= 200)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(arrivals).toHaveLength(200)
  expect(new Set(arrivals.map(({ name }) => name)).size).toBe(200)
  expect(arrivals.every(({ message }) => message.ok)).toBe(true)
})
