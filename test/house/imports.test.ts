// The plan of the house as a test: imports run downwards only, the outside world enters through its own doors.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const sources = ['src-main', 'src-renderer', 'native'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
)

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  return [
    ...text.matchAll(
      /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'|import\s+'([^']+)'/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** `src-main/card/jpki.ts` lives in the room `card`; files directly in src-main are the shells and the agent. */
const roomOf = (file: string): string => {
  const [top, second, third] = file.split('/')
  if (top !== 'src-main') return top ?? ''
  return third === undefined ? (second === 'agent.ts' ? 'agent' : 'shell') : (second ?? '')
}

const edges = sources.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ file, target: relative(root, join(root, dirname(file), target)) })),
)

/** Which rooms a room may look into, besides itself. */
const mayImport: Record<string, readonly string[]> = {
  // What needs nothing of the house but the system under it.
  ground: [],
  eligibility: [],
  text: ['ground'],
  contract: ['eligibility', 'ground'],
  words: ['eligibility', 'ground', 'contract'],
  card: ['contract', 'ground'],
  hub: ['contract', 'eligibility', 'text', 'ground'],
  store: ['contract', 'eligibility', 'ground'],
  handover: ['contract', 'eligibility', 'store', 'text', 'ground'],
  settings: ['contract', 'eligibility', 'hub', 'store', 'handover', 'ground'],
  checkin: ['words', 'background', 'contract', 'eligibility', 'card', 'hub', 'store', 'handover', 'text', 'ground'],
  background: ['contract', 'eligibility', 'hub', 'store', 'handover', 'text', 'ground'],
  screen: ['contract', 'eligibility', 'background', 'checkin', 'hub', 'store', 'card', 'text', 'ground'],
  training: ['words', 'contract', 'eligibility', 'card', 'hub', 'settings', 'text', 'ground'],
  agent: [
    'screen',
    'background',
    'contract',
    'eligibility',
    'card',
    'hub',
    'store',
    'handover',
    'settings',
    'checkin',
    'training',
    'text',
    'ground',
  ],
  shell: ['words', 'agent', 'contract', 'eligibility', 'settings', 'store', 'shell', 'ground'],
  native: ['ground', 'card'],
  'src-renderer': ['contract', 'words', 'ground'],
}

describe('imports run downwards only', () => {
  test('the sources are found', () => {
    expect(edges.length).toBeGreaterThan(50)
  })

  test.each(Object.keys(mayImport))('%s imports only what lies below it', (room) => {
    const wrong = edges.filter(({ file, target }) => {
      const from = roomOf(file)
      const to = roomOf(target)
      return from === room && to !== room && !mayImport[room]?.includes(to)
    })
    expect(wrong).toEqual([])
  })

  test('every folder has a rule', () => {
    expect([...new Set(sources.map(roomOf))].filter((room) => !(room in mayImport))).toEqual([])
  })
})

describe('the outside world enters through one door each', () => {
  const filesImporting = (pattern: RegExp) =>
    sources.filter((file) => importsOf(file).some((name) => pattern.test(name)))

  test('only the Electron shell knows electron', () => {
    const allowed = /^src-main\/(electron|preload)\.ts$|^src-main\/shell\/electron-/
    expect(filesImporting(/^electron$/).filter((file) => !allowed.test(file))).toEqual([])
  })
  test('only native/ calls native libraries', () => {
    expect(filesImporting(/^koffi$/).filter((file) => !file.startsWith('native/'))).toEqual([])
  })
  test('only the store opens the database', () => {
    expect(filesImporting(/^better-sqlite3$/).filter((file) => !file.startsWith('src-main/store/'))).toEqual([])
  })
  test('only the clients of the hub and of ORCA speak undici', () => {
    const allowed = /^src-main\/(hub|handover\/orca)\//
    expect(filesImporting(/^undici$/).filter((file) => !allowed.test(file))).toEqual([])
  })
  test('the renderer knows neither node nor electron', () => {
    expect(
      sources.filter(
        (file) => file.startsWith('src-renderer') && importsOf(file).some((name) => /^node:|^electron$/.test(name)),
      ),
    ).toEqual([])
  })
})
