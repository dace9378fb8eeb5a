// The clinic's own people, on every engine: who they are, their tries, and what may not be changed.
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import type { StaffRow } from '../../../src-main/store/staff.ts'
import { must } from '../../support.ts'
import { at, day, expireOn } from '../samples.ts'
import type { NewPlace } from './place.ts'

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const person = (code: string, change: Partial<StaffRow> = {}) => ({
  id: randomUUID(),
  code,
  name: `職員${code}`,
  role: 'it' as const,
  account: null,
  secret,
  ...change,
})

export function staffContract(newPlace: NewPlace): void {
  describe('the staff', () => {
    test('are kept over a restart, by code', async () => {
      const place = newPlace()
      const store = await place.open()
      expect(await store.staff()).toEqual([])
      const [second, first] = [person('2'), person('1', { account: 'yamada' })]
      must(await store.addStaff({ ...second, at }))
      must(await store.addStaff({ ...first, at }))
      store.close()
      const again = await place.open()
      const kept = { isLocked: false, signedInAt: null }
      expect(await again.staff()).toEqual([
        { ...first, ...kept },
        { ...second, ...kept },
      ])
    })

    test('have codes and accounts of their own, and the first of them is IT', async () => {
      const store = await newPlace().open()
      expect(await store.addStaff({ ...person('1', { role: 'reception' }), at })).toEqual(fail('STAFF_LAST_IT'))
      must(await store.addStaff({ ...person('1', { account: 'yamada' }), at }))
      expect(await store.addStaff({ ...person('1'), at })).toEqual(fail('STAFF_CODE_TAKEN'))
      must(await store.addStaff({ ...person('R7'), at }))
      expect(await store.addStaff({ ...person('r7'), at })).toEqual(fail('STAFF_CODE_TAKEN'))
      const taken = fail('STAFF_CODE_TAKEN', { field: 'account' })
      expect(await store.addStaff({ ...person('2', { account: 'yamada' }), at })).toEqual(taken)
      const other = person('3')
      must(await store.addStaff({ ...other, at }))
      expect(await store.changeStaff({ ...other, account: 'yamada', isLocked: false, at })).toEqual(taken)
      expect((await store.staff()).map(({ code }) => code)).toEqual(['1', '3', 'R7'])
    })

    test('are never left without somebody who may look after them', async () => {
      const store = await newPlace().open()
      const [one, other, nurse] = [person('1'), person('2'), person('3', { role: 'reception' })]
      for (const each of [one, other, nurse]) must(await store.addStaff({ ...each, at }))
      must(await store.changeStaff({ ...one, isLocked: true, at }))
      const last = fail('STAFF_LAST_IT')
      expect(await store.changeStaff({ ...other, isLocked: true, at })).toEqual(last)
      expect(await store.changeStaff({ ...other, role: 'lead', isLocked: false, at })).toEqual(last)
      must(await store.changeStaff({ ...other, name: '別の名前', isLocked: false, at }))
      must(await store.changeStaff({ ...one, isLocked: false, at }))
      must(await store.changeStaff({ ...other, isLocked: true, at }))
      expect(await store.changeStaff({ ...person('9'), isLocked: true, at })).toEqual(
        fail('REQUEST_INVALID', { field: 'staffId' }),
      )
    })

    test('get in by each step of time once, and locked ones not at all', async () => {
      const store = await newPlace().open()
      const [one, other] = [person('1'), person('2')]
      for (const each of [one, other]) must(await store.addStaff({ ...each, at }))
      const enter = (step: number | null, staffId = one.id) => store.noteSignIn({ staffId, step, at })
      must(await enter(100))
      const refused = fail('SIGN_IN_REFUSED')
      expect([await enter(100), await enter(99)]).toEqual([refused, refused])
      must(await enter(null))
      expect(await enter(100)).toEqual(refused)
      must(await enter(101))
      expect((await store.staff())[0]?.signedInAt).toBe(at)
      must(await store.changeStaff({ ...one, isLocked: true, at }))
      expect([await enter(102), await enter(null), await enter(1, randomUUID())]).toEqual([refused, refused, refused])
    })

    test('begin anew with another authenticator', async () => {
      const store = await newPlace().open()
      const one = person('1')
      must(await store.addStaff({ ...one, at }))
      must(await store.noteSignIn({ staffId: one.id, step: 100, at }))
      must(await store.noteFailedSignIn('1', { at }))
      must(await store.resetStaff({ id: one.id, secret: 'NEW', at }))
      expect((await store.staff())[0]?.secret).toBe('NEW')
      expect(await store.signInTries('1')).toBeNull()
      must(await store.noteSignIn({ staffId: one.id, step: 1, at }))
      expect(await store.resetStaff({ id: randomUUID(), secret: 'NEW', at })).toMatchObject({ ok: false })
    })

    test('have their failed tries counted by what was typed, over a restart, until they are in', async () => {
      const place = newPlace()
      const store = await place.open()
      const one = person('1')
      must(await store.addStaff({ ...one, at }))
      for (const code of ['1', '1', 'nobody']) must(await store.noteFailedSignIn(code, { at }))
      store.close()
      const again = await place.open()
      expect(await again.signInTries('1')).toEqual({ failures: 2, triedAt: at })
      expect(await again.signInTries('nobody')).toEqual({ failures: 1, triedAt: at })
      must(await again.noteSignIn({ staffId: one.id, step: 1, at }))
      expect(await again.signInTries('1')).toBeNull()
    })

    test('leave a row in the trail for all that becomes of them, without name and secret', async () => {
      const store = await newPlace().open()
      const [one, other] = [person('1'), person('2')]
      for (const each of [one, other]) must(await store.addStaff({ ...each, at }))
      must(await store.changeStaff({ ...other, isLocked: true, at }))
      must(await store.changeStaff({ ...other, isLocked: false, at }))
      must(await store.changeStaff({ ...other, role: 'lead', isLocked: false, at }))
      must(await store.resetStaff({ id: other.id, secret: 'NEW', at }))
      must(await store.noteFailedSignIn('2', { at }))
      must(await store.noteFailedSignIn('nobody', { at }))
      must(await store.noteSignIn({ staffId: one.id, step: 1, at }))
      must(await store.noteGlass({ staffId: one.id, at, until: at, reason: '担当者が休み' }))
      must(await store.noteGlassMended({ at }))
      must(await store.noteSignOut({ at }))
      const rows = await store.auditTrail({ after: 0, limit: 50 })
      expect(rows.map(({ event }) => event)).toEqual([
        'staffAdded',
        'staffAdded',
        'staffLocked',
        'staffUnlocked',
        'staffChanged',
        'staffReset',
        'signInFailed',
        'signInFailed',
        'signedIn',
        'glassBroken',
        'glassMended',
        'signedOut',
      ])
      expect(rows[4]?.change).toEqual({
        setting: 'staff',
        before: { id: other.id, role: 'it', isLocked: false },
        after: { id: other.id, role: 'lead', isLocked: false },
      })
      const text = JSON.stringify(rows)
      for (const word of ['職員', secret, 'NEW', '休み']) expect(text).not.toContain(word)
    })

    test('have broken the glass on a day, as long as what is of that day is kept', async () => {
      const store = await newPlace().open()
      const one = person('1')
      must(await store.addStaff({ ...one, at }))
      must(await store.noteGlass({ staffId: one.id, at, until: at, reason: '担当者が休み' }))
      expect(await store.glassOf(day)).toEqual([{ at, until: at, name: one.name, reason: '担当者が休み' }])
      expect(await store.glassOf('2020-01-01')).toEqual([])
      await expireOn(store, '2027-01-04', '2026-12-01')
      await expireOn(store, '2027-01-12', '2026-12-01')
      expect(await store.glassOf(day)).toEqual([])
    })
  })
}
