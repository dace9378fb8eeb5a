import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { patientViewOf, patientViewSchema } from '../../src-main/contract/patient-view.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { visitStateSchema } from '../../src-main/ground/states.ts'
import { scenes } from '../renderer/scenes.ts'

const typed = (scene: Reception): Reception => ({ ...scene, pinEntry: { side: 'patient', isShuffled: true } })
const stepOf = (scene: Reception) => patientViewOf(typed(scene)).step

/** The words of the contract's own that decide about the step; every other text of a reception belongs to somebody. */
const ownWords = ['state', 'side', 'mode']

/** The reception with `mark` in every name, number, id, path and image it holds. */
function marked(reception: Reception, mark: string): Reception {
  return JSON.parse(JSON.stringify(reception), (key, value) =>
    typeof value === 'string' && !ownWords.includes(key) ? `${value}${mark}` : value,
  )
}

/** Any scene, with its visit in any state, with and without tries, a face and what holds it up. */
const receptions = fc
  .record({
    scene: fc.constantFrom<Reception[]>(...Object.values(scenes)),
    side: fc.constantFrom('desk' as const, 'patient' as const),
    state: fc.constantFrom(...visitStateSchema.options),
    pin: fc.option(fc.record({ triesLeft: fc.integer({ min: 0, max: 3 }), wrong: fc.boolean() })),
    face: fc.constantFrom(null, scenes.face.current?.face ?? null),
  })
  .map(({ scene, side, ...visit }) => ({
    ...scene,
    pinEntry: { side, isShuffled: true },
    current: scene.current && { ...scene.current, ...visit },
  }))

describe('what the patient’s screen is told', () => {
  test('holds nothing of anybody, whatever the reception holds, but the id of the visit whose PIN is asked for', () => {
    fc.assert(
      fc.property(receptions, fc.uuid(), (reception, mark) => {
        const { step, ...rest } = patientViewOf(marked(reception, mark))
        const { visitId, ...told } = { visitId: null, ...step }
        expect(JSON.stringify({ ...rest, ...told })).not.toContain(mark)
        expect(visitId).toBe(step.kind === 'pin' ? `${reception.current?.id}${mark}` : null)
      }),
    )
  })

  test('fits its schema, and goes no further than that', () => {
    fc.assert(
      fc.property(receptions, (reception) => {
        const view = patientViewOf(reception)
        expect(patientViewSchema.parse(view)).toEqual(view)
      }),
    )
  })

  test.each<[keyof typeof scenes, object]>([
    ['waiting', { kind: 'waiting' }],
    ['noReader', { kind: 'desk' }],
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
    ['expired', { kind: 'desk' }],
    ['cancelled', { kind: 'desk' }],
  ])('in the scene %s is the step', (name, step) => {
    expect(stepOf(scenes[name])).toEqual(step)
  })

  test('is nothing at all while the PIN is typed at the desk', () => {
    expect(patientViewOf(scenes.pin).step).toEqual({ kind: 'off' })
  })
})
