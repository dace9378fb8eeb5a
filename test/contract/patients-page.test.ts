import { expect, test } from 'vitest'
import { kioskViewOf } from '../../src-main/contract/kiosk-view.ts'
import { patientViewOf } from '../../src-main/contract/patient-view.ts'
import { scenes } from '../renderer/scenes.ts'

test.each([true, false])(
  'what the clinic has set about reading aloud (%s) reaches both pages that patients look at',
  (readsToPatients) => {
    const reception = { ...scenes.waiting, signals: { ...scenes.waiting.signals, readsToPatients } }
    expect(patientViewOf(reception).isReadAloud).toBe(readsToPatients)
    expect(kioskViewOf(reception).isReadAloud).toBe(readsToPatients)
  },
)
