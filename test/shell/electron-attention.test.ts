import { expect, test } from 'vitest'
import type { ListedVisit } from '../../src-main/contract/reception.ts'
import { outlookOf } from '../../src-main/shell/agent-port.ts'
import { createAttention } from '../../src-main/shell/electron-attention.ts'
import { reception } from './reception.ts'

const visit = (id: string, more: Partial<ListedVisit> = {}): ListedVisit => ({
  id,
  number: 1,
  day: '2026-11-27',
  state: 'handedOver',
  desk: null,
  startedAt: '2026-11-27T09:00:00.000+09:00',
  name: '難病　花子',
  nameKana: 'ナンビョウ　ハナコ',
  birthDate: '1979-11-24',
  patientNumber: '0012345',
  nth: 1,
  hasNote: false,
  isHeldUp: false,
  byHand: 0,
  ...more,
})

function openAttention() {
  const told: string[] = []
  const place = { isLookedAt: false }
  const tell = createAttention({
    setTray: (text, isWaiting) => told.push(`tip ${isWaiting ? '● ' : ''}${text}`),
    setBadge: (count) => told.push(`badge ${count}`),
    notify: (title, text) => told.push(`${title}: ${text}`),
    isLookedAt: () => place.isLookedAt,
  })
  return {
    place,
    tell(...visits: ListedVisit[]) {
      told.length = 0
      tell(outlookOf({ ...reception, visits }))
      return [...told]
    },
  }
}

test('what waits for a person is counted on the tray, and a notification says it once', () => {
  const { tell } = openAttention()
  expect(tell(visit('a'))).toEqual([])
  const held = visit('b', { isHeldUp: true })
  const said = tell(visit('a'), held)
  expect(said).toEqual([
    'tip ● 窓口 1件の確認が必要です',
    'badge 1',
    '窓口 Madoguchi: 1件の確認が必要です。窓口を開いて、一覧で確認してください。',
  ])
  expect(said.join()).not.toContain('花子')
  expect(tell(visit('a'), held)).toEqual([])
  expect(tell(visit('a'))).toEqual(['tip 窓口 Madoguchi', 'badge 0'])
})

test('so do what is to be entered by hand, a result nobody has claimed, and a difference nobody has decided', () => {
  const { tell } = openAttention()
  const waiting = [visit('a', { byHand: 2 }), visit('b', { state: 'choosing' }), visit('c', { state: 'answered' })]
  expect(tell(...waiting, visit('d'), visit('e', { state: 'failed' }))).toContain('badge 3')
})

test('whoever looks at the desk needs no notification', () => {
  const { tell, place } = openAttention()
  place.isLookedAt = true
  expect(tell(visit('a', { isHeldUp: true }))).toEqual(['tip ● 窓口 1件の確認が必要です', 'badge 1'])
})

test('one that has come in the place of another is told, though as many wait as before', () => {
  const { tell } = openAttention()
  tell(visit('a', { isHeldUp: true }))
  expect(tell(visit('b', { isHeldUp: true }))).toContain(
    '窓口 Madoguchi: 1件の確認が必要です。窓口を開いて、一覧で確認してください。',
  )
})
