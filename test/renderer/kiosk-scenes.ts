// Every step the kiosk can be in.
import type { KioskStep, KioskWhy } from '../../src-main/contract/kiosk.ts'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'

const visitId = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const at = <S extends KioskStep>(step: S) => ({
  revision: 1,
  mode: 'training' as const,
  isShuffled: false,
  isReadAloud: false,
  printer: null,
  step,
})
const called = (why: KioskWhy, isCardThere = true) => at({ kind: 'called' as const, number: 12, why, isCardThere })
const slip = (isCardThere: boolean) =>
  at({ kind: 'slip' as const, number: 12, startedAt: '2026-11-23T09:12:33.120+09:00', isCardThere })

export const kioskScenes = {
  waiting: at({ kind: 'waiting' }),
  cardLeft: at({ kind: 'cardLeft' }),
  reading: at({ kind: 'reading' }),
  pin: at({ kind: 'pin', visitId, triesLeft: 3, wrong: false }),
  wrongPin: at({ kind: 'pin', visitId, triesLeft: 2, wrong: true }),
  working: at({ kind: 'working' }),
  slip: slip(true),
  slipLifted: slip(false),
  calledAgain: called('again', false),
  calledPin: called('pin'),
  calledLastTry: called('lastTry'),
  calledCertificate: called('certificate'),
  calledOtherCard: called('otherCard'),
  calledLine: called('line'),
  calledStaff: called('staff'),
  calledLifted: called('staff', false),
  off: at({ kind: 'off' }),
} as const satisfies Record<string, KioskView>
