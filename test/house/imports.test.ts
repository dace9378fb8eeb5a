// The plan of the house as a test: imports run downwards only, the outside world enters through its own doors.
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourcesIn, textOf, withSlashes } from './sources.ts'

const root = join(import.meta.dirname, '../..')

const sources = sourcesIn('src-main', 'src-renderer', 'native')

const importsOf = (file: string): string[] => {
  const text = textOf(file)
  return [
    ...text.matchAll(
      /(?:^|[\s;])(?:import|export)\s[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'|import\s+'([^']+)'/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** Rooms so large that each of their folders is one with rules of its own. */
const wings = ['handover', 'stand-ins']

/** `src-main/card/jpki.ts` lives in the room `card`; files directly in src-main are the shells and the agent. */
const roomOf = (file: string): string => {
  const [top, second, third, fourth] = file.split('/')
  if (top !== 'src-main') return top ?? ''
  if (third === undefined) return second === 'agent.ts' ? 'agent' : 'shell'
  return second && wings.includes(second) && fourth ? `${second}/${third}` : (second ?? '')
}

const edges = sources.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ file, target: withSlashes(relative(root, join(root, dirname(file), target))) })),
)

/** Which rooms a room may look into, besides itself; from the ground upwards. */
const below: Record<string, readonly string[]> = {
  // What needs nothing of the house but the system under it.
  ground: [],
  eligibility: [],
  text: ['ground'],
  contract: ['eligibility', 'ground'],
  words: ['contract', 'eligibility', 'ground'],
  card: ['eligibility', 'ground'],
  hub: ['contract', 'eligibility', 'text', 'ground'],
  store: ['contract', 'eligibility', 'ground'],
  handover: ['store', 'ground'],
  'handover/formats': ['contract', 'eligibility', 'store', 'text', 'ground'],
  'handover/folder': ['handover', 'store', 'ground'],
  'handover/orca': ['handover', 'handover/formats', 'contract', 'eligibility', 'text', 'ground'],
  'handover/outbox': ['handover', 'handover/folder', 'store', 'ground'],
  settings: ['handover/formats', 'hub', 'store', 'contract', 'eligibility', 'ground'],
  'self-test': ['card', 'hub', 'contract', 'eligibility', 'ground'],
  support: ['card', 'settings', 'store', 'words', 'contract', 'ground'],
  masters: ['store', 'text', 'contract', 'eligibility', 'ground'],
  reports: ['store', 'text', 'contract', 'eligibility', 'ground'],
  background: ['hub', 'store', 'contract', 'eligibility', 'text', 'ground'],
  checkin: ['card', 'hub', 'store', 'handover/formats', 'words', 'contract', 'eligibility', 'ground'],
  staff: ['store', 'contract', 'ground'],
  screen: ['checkin', 'background', 'card', 'store', 'contract', 'eligibility', 'text', 'ground'],
  'stand-ins/people': ['card', 'hub', 'eligibility', 'text', 'ground'],
  'stand-ins': ['ground'],
  'stand-ins/certificates': ['stand-ins', 'stand-ins/people', 'card', 'ground'],
  'stand-ins/terminal': ['stand-ins/people', 'hub', 'eligibility', 'text', 'ground'],
  'stand-ins/masters': ['eligibility'],
  'stand-ins/card': ['stand-ins/people', 'stand-ins/certificates', 'card', 'settings', 'words', 'ground'],
  'stand-ins/hub': [
    'stand-ins/people',
    'stand-ins/certificates',
    'stand-ins/terminal',
    'hub',
    'settings',
    'words',
    'eligibility',
    'ground',
  ],
  training: [
    'stand-ins/card',
    'stand-ins/hub',
    'stand-ins/people',
    'stand-ins/certificates',
    'stand-ins/terminal',
    'stand-ins/masters',
    'settings',
    'contract',
    'eligibility',
    'ground',
  ],
  agent: [
    'staff',
    'masters',
    'self-test',
    'support',
    'reports',
    'screen',
    'background',
    'checkin',
    'settings',
    'handover',
    'handover/outbox',
    'handover/formats',
    'handover/folder',
    'handover/orca',
    'training',
    'stand-ins/people',
    'card',
    'hub',
    'store',
    'contract',
    'eligibility',
    'ground',
  ],
  shell: [
    'native',
    'agent',
    'staff',
    'masters',
    'stand-ins/masters',
    'settings',
    'store',
    'words',
    'contract',
    'eligibility',
    'ground',
  ],
  native: ['card', 'ground'],
  'src-renderer': ['words', 'contract', 'eligibility', 'ground'],
}

describe('imports run downwards only', () => {
  test('the sources are found', () => {
    expect(edges.length).toBeGreaterThan(50)
  })

  test.each(Object.keys(below))('%s imports only what lies below it', (room) => {
    const wrong = edges.filter(({ file, target }) => {
      const from = roomOf(file)
      const to = roomOf(target)
      return from === room && to !== room && !below[room]?.includes(to)
    })
    expect(wrong).toEqual([])
  })

  test('no rule is wider than the room needs', () => {
    const used = (room: string, other: string) =>
      edges.some(({ file, target }) => roomOf(file) === room && roomOf(target) === other)
    const unused = Object.entries(below).flatMap(([room, others]) =>
      others.filter((other) => !used(room, other)).map((other) => `${room} → ${other}`),
    )
    expect(unused).toEqual([])
  })

  test('every folder has a rule', () => {
    expect([...new Set(sources.map(roomOf))].filter((room) => !(room in below))).toEqual([])
  })
})

test('the table of rooms in docs/architecture.md is this one', () => {
  const page = textOf('docs/architecture.md')
  const rows = [...page.matchAll(/^\| `([\w/-]+)` \| (.+) \| (.+) \|$/gm)].map(([, room, promise, others]) => {
    expect(promise).not.toBe('')
    return [room, others === '—' ? [] : others?.split(', ').toSorted()]
  })
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(Object.entries(below).map(([room, others]) => [room, others.toSorted()])),
  )
})

describe('inside a room', () => {
  test('no file leads back to itself', () => {
    const targets = Map.groupBy(edges, ({ file }) => file)
    const leadsTo = (from: string, to: string, seen = new Set<string>()): boolean =>
      (targets.get(from) ?? []).some(({ target }) => {
        if (target === to) return true
        if (seen.has(target)) return false
        seen.add(target)
        return leadsTo(target, to, seen)
      })
    expect(sources.filter((file) => leadsTo(file, file))).toEqual([])
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
  test('only its engine speaks to the server of a hospital', () => {
    expect(filesImporting(/^pg$/).filter((file) => !file.startsWith('src-main/store/postgres/'))).toEqual([])
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
