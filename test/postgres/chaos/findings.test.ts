// The chaos run finds what it is there to find: a day at which nothing is wrong, and the same day with one thing wrong at a time. No
// server is needed for that; what a real run meets is test/store/postgres-chaos.test.ts.
import { expect, test } from 'vitest'
import { silentMs } from '../../../src-main/store/leases.ts'
import type { Evidence } from './evidence.ts'
import { type FindingKind, findingsIn } from './findings.ts'

const day = '2026-11-01'
const told = (visit: string, number: number, more = {}) =>
  ({ kind: 'told', desk: 'one', visit, day, number, state: 'confirmed', ...more }) as const
const file = (id: string) => ({ id, destination: 'taken', fileName: `${id}.csv`, sha256: `hash ${id}` })
const brought = (id: string, visit: string) => ({
  ...{ id, visit, destination: 'taken', file: `${id}.csv`, sha256: `hash ${id}` },
  state: 'acknowledged' as const,
})
const lane = { at: 5, desk: 'one', delivery: 'A', destination: 'taken', holder: 'one', lapsed: false } as const

const nobodys = { why: 'unsigned', desk: null, from: 2, to: 2, since: '', rows: 1 } as const

/** Two visits of one day: one confirmed with its file, one cancelled. */
const whole: Evidence = {
  visits: [
    { id: 'a', day, number: 1, state: 'acknowledged', answers: 1, confirmations: 1 },
    { id: 'b', day, number: 2, state: 'cancelled', answers: 0, confirmations: 0 },
  ],
  deliveries: [brought('A', 'a')],
  given: [{ day, kind: 'visit', last: 2 }],
  trail: [
    { visit: 'a', delivery: null, event: 'confirmed', times: 1 },
    { visit: 'a', delivery: 'A', event: 'deliveryDelivered', times: 1 },
    { visit: 'b', delivery: null, event: 'cancelled', times: 1 },
  ],
  standing: {
    rows: 3,
    acceptedUpTo: 0,
    broken: null,
    proof: { signedFrom: 1, desks: [], unproved: [], atDesk: 0 },
  },
  leases: [
    { what: 'destination taken', desk: 'one', until: 90 },
    { what: 'destination lying', desk: 'dead', until: 50 + silentMs },
  ],
  moves: [
    { ...lane, was: 'queued', became: 'publishing' },
    { ...lane, was: 'publishing', became: 'delivered' },
    { ...lane, desk: 'person', holder: null, lapsed: null, was: 'conflict', became: 'acknowledged' },
  ],
  takings: [{ what: 'destination taken', desk: 'one', from: 'dead', lasted: false, at: 4 }],
  journal: [
    told('a', 1, { state: 'asking' }),
    told('a', 1, { files: [file('A')] }),
    told('b', 2, { state: 'asking' }),
    { kind: 'request', day, number: 1 },
    { kind: 'unclear', desk: 'one', of: 'step' },
    { kind: 'unreachable', desk: 'one', code: 'STORE_UNREACHABLE' },
    { kind: 'fenced', desk: 'one' },
  ],
  files: { taken: new Map([['A.csv', ['hash A']]]), lying: new Map() },
  unfinished: [],
  sentAgain: new Set(),
  dead: new Map([['dead', 50]]),
  endedAt: 100,
  person: 'person',
  heard: new Set(['a', 'b']),
  faults: [],
}

test('a day at which nothing is wrong has no findings', () => {
  expect(findingsIn(whole)).toEqual([])
})

const [first, second] = whole.visits
const [one] = whole.deliveries
const [delivered] = whole.moves.slice(1)
if (!first || !second || !one || !delivered) throw new Error('there is no day')

const journal = (...more: readonly Evidence['journal'][number][]) => ({ journal: [...whole.journal, ...more] })
const lying = (...files: readonly [string, readonly string[]][]) => ({
  files: { taken: new Map(files), lying: new Map() },
})

const wrongs: readonly (readonly [FindingKind, Partial<Evidence>, string])[] = [
  ['visit lost', journal(told('c', 3)), 'a desk was told of one that is not there'],
  ['step lost', { visits: [{ ...first, state: 'answered' }, second] }, 'it was confirmed'],
  ['told another number', journal(told('b', 7, { state: 'asking' })), 'a desk was told seven'],
  [
    'said to be unwritten, but written',
    journal({ kind: 'untrue', desk: 'one', visit: 'a', state: 'asking' }),
    'a step that was not',
  ],
  ['refused for no reason', journal({ kind: 'refused', desk: 'one', code: 'STORE_FULL' }), 'the disk is not full'],
  ['number given twice', { visits: [first, { ...second, number: 1 }] }, 'on the server'],
  ['number given twice', journal(told('c', 2, { state: 'asking' })), 'to two desks, and one of them has gone'],
  ['number given twice', journal({ kind: 'request', day, number: 1 }), 'to the terminal'],
  ['gap in the numbers', { visits: [first, { ...second, number: 3 }] }, 'between two'],
  ['gap in the numbers', { given: [{ day, kind: 'visit', last: 3 }] }, 'at the end'],
  ['half a visit', { visits: [{ ...first, answers: 0 }, second] }, 'without its answer'],
  ['half a visit', { visits: [{ ...first, confirmations: 2 }, second] }, 'with two confirmations'],
  ['half a visit', { visits: [{ ...first, state: 'confirmed' }, second] }, 'still confirmed when all is brought'],
  ['half a visit', { deliveries: [one, brought('B', 'b')] }, 'cancelled, with a file'],
  ['trail broken', { standing: { ...whole.standing, broken: { kind: 'missing', id: 2, from: 1 } } }, 'in the middle'],
  ['trail broken', { standing: { ...whole.standing, rows: 2 } }, 'before its end'],
  [
    'trail broken',
    { standing: { ...whole.standing, proof: { ...whole.standing.proof, unproved: [nobodys] } } },
    'a row of nobody',
  ],
  ['step twice in the trail', { trail: whole.trail.map((row) => ({ ...row, times: 2 })) }, 'confirmed and delivered'],
  ['file of a visit missing', journal(told('a', 1, { files: [file('C')] })), 'which a desk was told of'],
  ['file not brought', lying(), 'nobody has seen it'],
  ['file not brought', { deliveries: [{ ...one, state: 'publishing' }] }, 'by its state'],
  ['file brought twice', lying(['A.csv', ['hash A', 'hash A']]), 'the receipt computer took it twice'],
  ['file not whole', lying(['A.csv', ['half']]), 'the receipt computer took half of it'],
  ['file of no visit', lying(['A.csv', ['hash A']], ['X.csv', ['hash X']]), 'of a decision that was taken back'],
  ['unfinished file left', { unfinished: ['A.csv.tmp'] }, 'of a crash'],
  ['lease of the dead', { leases: [{ what: 'bookings', desk: 'dead', until: 51 + silentMs }] }, 'kept for it'],
  ['lease of the dead', { leases: [{ what: 'bookings', desk: 'one', until: 101 }] }, 'not given up at the end'],
  [
    'lease taken from a desk that is heard of',
    { takings: [{ what: 'bookings', desk: 'one', from: 'other', lasted: true, at: 4 }] },
    '',
  ],
  ['moved without a lease', { moves: [{ ...delivered, holder: 'other' }] }, 'another desk had it'],
  ['moved without a lease', { moves: [{ ...delivered, lapsed: true }] }, 'it had lapsed'],
  ['moved without a lease', { moves: [{ ...delivered, holder: null, lapsed: null }] }, 'there was none'],
  ['change unheard', { heard: new Set(['a']) }, ''],
  ['fault', { faults: ['stuck'] }, ''],
  ['fault', journal({ kind: 'fault', desk: 'one', where: ['TypeError'] }), 'in a log'],
]

test.each(wrongs)('%s is found %#', (what, wrong) => {
  expect(findingsIn({ ...whole, ...wrong }).map((finding) => finding.what)).toContain(what)
})

test('what no desk was told may be there or not, and what one has taken back may be gone', () => {
  const evidence = {
    ...whole,
    visits: [
      { ...first, state: 'answered', answers: 1, confirmations: 0 } as const,
      second,
      { id: 'c', day, number: 3, state: 'reading', answers: 0, confirmations: 0 } as const,
    ],
    given: [{ day, kind: 'visit', last: 3 }],
    deliveries: [],
    trail: [
      { visit: 'a', delivery: null, event: 'confirmed', times: 1 },
      { visit: 'a', delivery: null, event: 'takenBack', times: 1 },
    ],
    moves: [],
    files: { taken: new Map(), lying: new Map() },
    heard: null,
    journal: [told('a', 1, { goesBack: true }), told('b', 2, { state: 'asking' })],
  }
  expect(findingsIn(evidence)).toEqual([])
})
