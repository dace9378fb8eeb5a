// The clinic's own people in the store, each change with its row in the audit trail. That somebody is left who may look after
// them is decided in the same transaction as the change.
import { z } from 'zod'
import { glassSchema, roleSchema } from '../../contract/staff.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { StaffList, StaffRow } from '../staff.ts'
import { read } from './database.ts'
import type { Topic } from './topic.ts'

const staffRow = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    role: roleSchema,
    account: z.string().nullable(),
    secret: z.string(),
    is_locked: z.number(),
    signed_in_at: z.string().nullable(),
  })
  .transform(
    ({ is_locked, signed_in_at, ...row }): StaffRow => ({
      ...row,
      isLocked: is_locked === 1,
      signedInAt: signed_in_at,
    }),
  )
const triesRow = z
  .object({ failures: z.number(), tried_at: z.string() })
  .transform(({ failures, tried_at }) => ({ failures, triedAt: tried_at }))
const idRow = z.object({ id: z.string() })

/** Whether they can look after the staff. */
const looksAfter = ({ role, isLocked }: Pick<StaffRow, 'role' | 'isLocked'>) => role === 'it' && !isLocked

/** Whom a row of the trail is about, without a name and without a secret. */
function about(before: Subject | null, after: Subject) {
  const told = ({ id, role, isLocked }: Subject) => ({ id, role, isLocked })
  return { setting: 'staff', before: before && told(before), after: told(after) } as const
}
type Subject = Pick<StaffRow, 'id' | 'role' | 'isLocked'>

export function staffList({ sql, ledger }: Topic): StaffList {
  const everybody = () => z.array(staffRow).parse(sql.staff.all())
  const person = (id: string) => staffRow.optional().parse(sql.staffMember.get(id))
  const isAccountTaken = (account: string | null, id: string) =>
    account !== null && (idRow.optional().parse(sql.staffOfAccount.get(account))?.id ?? id) !== id
  /** A change that may be refused in its own transaction. */
  const judged = (work: () => Result<void>): Result<void> => {
    const written = ledger.write(work)
    return written.ok ? written.value : written
  }

  return {
    staff: async () => read(everybody),
    async addStaff({ at, ...added }) {
      return judged(() => {
        if (sql.staffOfCode.get(added.code)) return fail('STAFF_CODE_TAKEN')
        if (isAccountTaken(added.account, added.id)) return fail('STAFF_CODE_TAKEN', { field: 'account' })
        if (!looksAfter({ ...added, isLocked: false }) && !everybody().some(looksAfter)) return fail('STAFF_LAST_IT')
        sql.addStaff.run({ ...added, at })
        ledger.addAudit('', null, { at, event: 'staffAdded', change: about(null, { ...added, isLocked: false }) })
        return ok(undefined)
      })
    },
    async changeStaff({ at, ...change }) {
      return judged(() => {
        const before = person(change.id)
        if (!before) return fail('REQUEST_INVALID', { field: 'staffId' })
        const others = everybody().filter(({ id }) => id !== change.id)
        if (looksAfter(before) && !looksAfter(change) && !others.some(looksAfter)) return fail('STAFF_LAST_IT')
        if (isAccountTaken(change.account, change.id)) return fail('STAFF_CODE_TAKEN', { field: 'account' })
        sql.changeStaff.run({ ...change, isLocked: Number(change.isLocked) })
        const isTurned = before.isLocked !== change.isLocked
        const event = isTurned ? (change.isLocked ? 'staffLocked' : 'staffUnlocked') : 'staffChanged'
        ledger.addAudit('', null, { at, event, change: about(before, change) })
        return ok(undefined)
      })
    },
    async resetStaff({ at, id, secret }) {
      return judged(() => {
        const before = person(id)
        if (!before) return fail('REQUEST_INVALID', { field: 'staffId' })
        sql.resetStaff.run({ id, secret })
        sql.forgetSignInTries.run(before.code)
        ledger.addAudit('', null, { at, event: 'staffReset', change: about(before, before) })
        return ok(undefined)
      })
    },
    async signInTries(code) {
      return read(() => triesRow.optional().parse(sql.signInTries.get(code)) ?? null)
    },
    async noteFailedSignIn(code, { at }) {
      return ledger.write(() => {
        sql.addSignInTry.run({ code, at })
        const { id } = idRow.optional().parse(sql.staffOfCode.get(code)) ?? {}
        const known = id === undefined ? undefined : person(id)
        ledger.addAudit('', null, { at, event: 'signInFailed', ...(known && { change: about(known, known) }) })
      })
    },
    async noteSignIn({ staffId: id, step, at }) {
      return judged(() => {
        const before = person(id)
        if (!before || sql.signStaffIn.run({ id, step, at }).changes === 0) return fail('SIGN_IN_REFUSED')
        sql.forgetSignInTries.run(before.code)
        ledger.addAudit('', null, { at, event: 'signedIn' })
        return ok(undefined)
      })
    },
    async noteSignOut({ at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event: 'signedOut' }))
    },
    async noteGlass({ at, ...glass }) {
      return ledger.write(() => {
        sql.addGlass.run({ ...glass, at, day: at.slice(0, 10) })
        ledger.addAudit('', null, { at, event: 'glassBroken' })
      })
    },
    async noteGlassMended({ at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event: 'glassMended' }))
    },
    async glassOf(day) {
      return read(() => z.array(glassSchema).parse(sql.glassOfDay.all(day)))
    },
  }
}
