import { expect, test } from 'vitest'
import type { KioskState } from '../../src-main/contract/kiosk.ts'
import { kioskViewOf, kioskViewSchema } from '../../src-main/contract/kiosk-view.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { kioskScenes } from '../renderer/kiosk-scenes.ts'
import { scenes } from '../renderer/scenes.ts'

const mark = '印をつけた'
/** The contract's own words, of which the step is made. */
const ownWords = ['kind', 'why', 'mode', 'startedAt']

/** A reception with the mark in every name, number, id and image it holds. */
const marked = (reception: Reception): Reception =>
  JSON.parse(JSON.stringify(reception), (key, value) =>
    typeof value === 'string' && !ownWords.includes(key) ? `${value}${mark}` : value,
  )

const kioskAt = (step: KioskState['step']): KioskState => ({
  isOpen: true,
  printer: null,
  step,
  visit: { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', number: 12 },
  called: [
    {
      visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae8',
      number: 11,
      startedAt: '2026-11-23T09:10:00+09:00',
      why: 'staff',
    },
  ],
})

test('the kiosk is told nothing of anybody, whatever the desk shows, but the id of the visit whose PIN is asked for', () => {
  for (const scene of Object.values(scenes)) {
    for (const { step } of Object.values(kioskScenes)) {
      const view = kioskViewOf(marked({ ...scene, kiosk: kioskAt(step) }))
      const { visitId, ...told } = { visitId: null, ...view.step }
      expect(JSON.stringify({ ...view, step: told })).not.toContain(mark)
      expect(visitId === null).toBe(step.kind !== 'pin')
      expect(Object.keys(view).sort()).toEqual(['isReadAloud', 'isShuffled', 'mode', 'printer', 'revision', 'step'])
    }
  }
})

test('the view fits its schema, and goes no further than that', () => {
  for (const { step } of Object.values(kioskScenes)) {
    const view = kioskViewOf({ ...scenes.result, kiosk: kioskAt(step) })
    expect(kioskViewSchema.parse(view)).toEqual(view)
  }
})

test('without a kiosk the page is not in use', () => {
  expect(kioskViewOf(scenes.result).step).toEqual({ kind: 'off' })
})
