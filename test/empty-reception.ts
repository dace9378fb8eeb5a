// A desk with nobody at it and nothing set, as the agent tells its page: the ground that tests put their own on.
import type { Reception } from '../src-main/contract/reception.ts'
import { signalsSchema } from '../src-main/contract/signals.ts'

export const emptyReception: Reception = {
  revision: 1,
  mode: 'training',
  version: 'test',
  today: '2026-11-23',
  readers: [],
  pinEntry: { side: 'desk', isShuffled: false },
  hideAfterMin: 5,
  papers: { clinicName: null, formats: {} },
  signals: signalsSchema.parse({}),
  isLocked: false,
  staff: { state: 'off', dueOn: null },
  hub: { state: 'up', since: '2026-11-23T08:30:00.000+09:00', certificateEndsOn: null, clockOffsetS: null },
  siteServer: null,
  settings: { fallback: null, failures: [], changed: [], mayBeginFirstRun: false, practice: 'none' },
  clockDoubt: null,
  readerFailure: null,
  otherCard: null,
  kiosk: null,
  asking: null,
  numberTaken: null,
  current: null,
  visits: [],
  shown: null,
  page: { name: 'counter' },
  terminal: null,
  destinations: [],
  training: null,
}
