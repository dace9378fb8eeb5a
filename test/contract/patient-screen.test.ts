import { describe, expect, test } from 'vitest'
import { patientScreenOf, patientScreenSchema } from '../../src-main/contract/patient-screen.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { scenes } from '../renderer/scenes.ts'

const typed = (scene: Reception): Reception => ({ ...scene, pinEntry: { side: 'patient', isShuffled: true } })
const stepOf = (scene: Reception) => patientScreenOf(typed(scene)).step

/** Every text of a value that is longer than a word of the contract's own. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

describe('what the patient’s screen is told', () => {
  test.each(Object.entries<Reception>(scenes))(
    'in the scene %s fits its schema and names nothing of it',
    (_, scene) => {
      const view = patientScreenOf(typed(scene))
      expect(patientScreenSchema.parse(view)).toEqual(view)
      const own = new Set(['training', 'live', ...textsOf(view.step)])
      expect(textsOf(view).filter((text) => !own.has(text))).toEqual([])
      expect(Object.keys(view.step).filter((key) => !['kind', 'visitId', 'triesLeft', 'wrong'].includes(key))).toEqual(
        [],
      )
    },
  )

  test.each<[keyof typeof scenes, object]>([
    ['waiting', { kind: 'waiting' }],
    ['noReader', { kind: 'waiting' }],
    ['reading', { kind: 'reading' }],
    ['busy', { kind: 'reading' }],
    ['wrongPin', { kind: 'pin', visitId: scenes.wrongPin.current?.id, triesLeft: 2, wrong: true }],
    ['pinBlocked', { kind: 'pinBlocked' }],
    ['face', { kind: 'working' }],
    ['asking', { kind: 'working' }],
    ['result', { kind: 'done' }],
    ['acknowledged', { kind: 'done' }],
    ['offline', { kind: 'desk' }],
    ['timeout', { kind: 'desk' }],
    ['cancelled', { kind: 'desk' }],
  ])('in the scene %s is the step', (name, step) => {
    expect(stepOf(scenes[name])).toEqual(step)
  })

  test('is nothing at all while the PIN is typed at the desk', () => {
    expect(patientScreenOf(scenes.pin).step).toEqual({ kind: 'off' })
  })
})
