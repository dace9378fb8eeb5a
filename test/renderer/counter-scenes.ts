// The counter before there is an answer, and where none comes: readers, hub and clock, the PIN, the photo, what fails.
import type { Reception } from '../../src-main/contract/reception.ts'
import { at, empty, reader } from './scene-desk.ts'
import { face, visit, visitId } from './scene-parts.ts'

const pin = (triesLeft: number, wrong: boolean) => at({ ...visit, state: 'identifying', pin: { triesLeft, wrong } })

const failed = (code: 'PIN_BLOCKED' | 'HUB_TIMEOUT' | 'CARD_CERTIFICATE_EXPIRED') =>
  at({ ...visit, state: 'failed', failure: { code } })

export const counterScenes = {
  waiting: empty,
  firstStart: { ...empty, visits: [], settings: { ...empty.settings, mayBeginFirstRun: true } },
  live: {
    ...empty,
    mode: 'live',
    training: null,
    readers: [{ ...reader, name: 'Circle CIR315 CL 00 00' }],
    settings: { ...empty.settings, practice: 'may' },
  },
  noReader: { ...empty, readers: [], readerFailure: { code: 'READER_UNAVAILABLE' } },
  twoReaders: {
    ...empty,
    readers: [
      { name: 'Sony FeliCa Port/PaSoRi 4.0 00 00', state: 'faulty', isChosen: false },
      { name: 'ACS ACR39U ICC Reader 01 00', state: 'empty', isChosen: false },
    ],
  },
  manyReaders: {
    ...empty,
    readers: [
      { name: 'Sony FeliCa Port/PaSoRi 4.0 00 00', state: 'inUse', isChosen: true },
      { name: 'ACS ACR39U ICC Reader 01 00', state: 'card', isChosen: false },
      { name: 'Broken', state: 'faulty', isChosen: false },
    ],
  },
  hubDown: {
    ...empty,
    hub: { state: 'down', since: '2026-11-23T09:10:00.000+09:00', certificateEndsOn: '2026-11-28', clockOffsetS: 420 },
  },
  hubCertificate: { ...empty, hub: { ...empty.hub, certificateEndsOn: '2027-01-15' } },
  clockOff: {
    ...empty,
    clockDoubt: {
      kind: 'off',
      now: '2026-11-23T09:00:00.000+09:00',
      other: '2026-11-24T09:00:10.000+09:00',
      isHeld: true,
    },
  },
  clockAhead: {
    ...empty,
    clockDoubt: {
      kind: 'ahead',
      now: '2026-11-23T09:00:00.000+09:00',
      other: '2026-10-02T18:00:00.000+09:00',
      isHeld: false,
    },
  },
  hubCertificateSoon: { ...empty, hub: { ...empty.hub, certificateEndsOn: '2026-12-10', clockOffsetS: -240 } },
  pinWithoutHub: at({
    ...visit,
    state: 'identifying',
    pin: { triesLeft: 3, wrong: false },
    hold: { code: 'HUB_UNREACHABLE' },
  }),
  reading: at(visit),
  busy: at({ ...visit, hold: { code: 'CARD_BUSY' } }),
  pin: pin(3, false),
  wrongPin: pin(2, true),
  lastTry: pin(1, true),
  pinBlocked: pin(0, true),
  patientTypes: { ...pin(3, false), pinEntry: { side: 'patient', isShuffled: true } },
  patientTypedWrong: { ...pin(2, true), pinEntry: { side: 'patient', isShuffled: true } },
  personDoubt: at({
    ...visit,
    state: 'asking',
    doubt: {
      by: 'reference',
      before: { ref: 'ref', name: '佐藤　美咲', nameKana: 'サトウ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
      now: { ref: 'ref', name: '田中　美咲', nameKana: 'タナカ　ミサキ', birthDate: '1979-04-12', sex: 'female' },
    },
  }),
  face: at({ ...visit, state: 'identifying', pin: { triesLeft: 3, wrong: false }, face }),
  asking: at({ ...visit, state: 'asking' }),
  cardLeft: { ...empty, otherCard: 'left' },
  kioskIdle: { ...empty, kiosk: { isOpen: true, printer: null, step: { kind: 'waiting' }, visit: null, called: [] } },
  kioskBusy: {
    ...empty,
    kiosk: {
      isOpen: true,
      printer: null,
      step: { kind: 'pin', visitId, triesLeft: 3, wrong: false },
      visit: { id: visitId, number: 12 },
      called: [
        {
          visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae8',
          number: 9,
          startedAt: '2026-11-23T09:10:00+09:00',
          why: 'pin',
        },
        {
          visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae9',
          number: 11,
          startedAt: '2026-11-23T09:14:00+09:00',
          why: 'line',
        },
      ],
    },
  },
  kioskOff: { ...empty, kiosk: { isOpen: false, printer: null, step: { kind: 'off' }, visit: null, called: [] } },
  terminalElsewhere: {
    ...empty,
    terminal: empty.terminal && {
      ...empty.terminal,
      otherDesk: { name: 'UKETSUKE-2', since: '2026-11-23T08:42:00.000+09:00' },
    },
  },
  terminalQuiet: {
    ...empty,
    terminal: empty.terminal && { ...empty.terminal, otherDesk: { name: 'UKETSUKE-2', since: null } },
  },
  terminalGone: {
    ...empty,
    terminal: {
      failures: [{ code: 'TERMINAL_FOLDER_MISSING', detail: { field: 'face' } }],
      mapping: { version: 1, isAssumed: true },
      otherDesk: null,
      laidByPrograms: 40,
      asking: null,
    },
  },
  blocked: failed('PIN_BLOCKED'),
  expired: failed('CARD_CERTIFICATE_EXPIRED'),
  timeout: failed('HUB_TIMEOUT'),
  unknownWithoutHub: at({
    ...visit,
    state: 'failed',
    failure: { code: 'HUB_UNREACHABLE' },
    certificate: { status: 'valid', validTo: '2029-04-12', countsTo: '2029-07-31' },
  }),
  holderRead: at({
    ...visit,
    state: 'failed',
    failure: { code: 'HUB_UNREACHABLE' },
    certificate: { status: 'valid', validTo: '2029-04-12', countsTo: '2029-07-31' },
    holder: { name: face.name, address: face.address, birthDate: face.birthDate, sex: face.sex },
  }),
  cancelled: at({ ...visit, state: 'cancelled', failure: { code: 'VISIT_CANCELLED' } }),
} as const satisfies Record<string, Reception>
