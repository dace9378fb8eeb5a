// What of the state is shown, by who is signed in: all of it, what is nobody's, or nothing. Every view of every page is taken
// from this. What is shown before anybody has signed in is named one by one, so that nothing new is shown by itself.
import type { Reception } from './reception.ts'
import { mayOpen, maySeePatients } from './rights.ts'

export function shownNow(reception: Reception): Reception {
  const { staff } = reception
  if (staff.state === 'signedOut') return beforeSignIn(reception)
  const page = mayOpen(staff, reception.page.name) ? reception.page : ({ name: 'counter' } as const)
  return maySeePatients(staff) ? { ...reception, page } : { ...withoutPatients(reception), page }
}

/** Nothing is known of anybody. */
const nobodyThere = {
  current: null,
  visits: [],
  shown: null,
  numberTaken: null,
  asking: null,
  otherCard: null,
} satisfies Partial<Reception>

function withoutPatients({ kiosk, terminal, ...reception }: Reception): Reception {
  return {
    ...reception,
    ...nobodyThere,
    kiosk: kiosk && { ...kiosk, step: { kind: 'off' }, visit: null, called: [] },
    terminal: terminal && { ...terminal, asking: null },
  }
}

function beforeSignIn(reception: Reception): Reception {
  const { revision, mode, version, today, pinEntry, hideAfterMin, signals, isLocked, staff, siteServer } = reception
  return {
    revision,
    mode,
    version,
    today,
    pinEntry,
    hideAfterMin,
    signals,
    isLocked,
    staff,
    siteServer,
    ...nobodyThere,
    readers: [],
    readerFailure: null,
    papers: { clinicName: null, formats: {} },
    hub: { state: 'unknown', since: reception.hub.since, certificateEndsOn: null, clockOffsetS: null },
    clockDoubt: null,
    terminal: null,
    settings: { fallback: null, failures: [], changed: [], mayBeginFirstRun: false, practice: 'none' },
    kiosk: null,
    page: { name: 'counter' },
    destinations: [],
    training: null,
  }
}
