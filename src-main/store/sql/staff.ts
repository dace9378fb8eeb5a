// The clinic's own people in the store, each change with its row in the audit trail. That somebody is left who may look after
// them is decided in the same transaction as the change.
import { z } from 'zod'
import { glassSchema, roleSchema } from '../../contract/staff.ts'
import { fail, ok } from '../../ground/result.ts'
import type { StaffList, StaffRow } from '../staff.ts'
import { sql } from './statements/statements.ts'
import type { Topic } from './topic.ts'
import type { Work } from './work.ts'

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

/** Codes that differ by large and small letters alone would be taken for each other. */
const isSameCode = (code: string, other: string) => code.toLowerCase() === other.toLowerCase()

function* everybody(): Work<StaffRow[]> {
  return z.array(staffRow).parse(yield* sql.staff.all())
}

function* person(id: string): Work<StaffRow | undefined> {
  return staffRow.optional().parse(yield* sql.staffMember.get(id))
}

function* isAccountTaken(account: string | null, id: string): Work<boolean> {
  return account !== null && (idRow.optional().parse(yield* sql.staffOfAccount.get(account))?.id ?? id) !== id
}

export function staffList({ ledger }: Topic): StaffList {
  return {
    staff: async () => ledger.read(everybody),
    async addStaff({ at, ...added }) {
      return ledger.judge(function* () {
        const others = yield* everybody()
        if (others.some(({ code }) => isSameCode(code, added.code))) return fail('STAFF_CODE_TAKEN')
        if (yield* isAccountTaken(added.account, added.id)) return fail('STAFF_CODE_TAKEN', { field: 'account' })
        if (!looksAfter({ ...added, isLocked: false }) && !others.some(looksAfter)) return fail('STAFF_LAST_IT')
        yield* sql.addStaff.run({ ...added, at })
        yield* ledger.addAudit('', null, {
          at,
          event: 'staffAdded',
          change: about(null, { ...added, isLocked: false }),
        })
        return ok(undefined)
      })
    },
    async changeStaff({ at, ...change }) {
      return ledger.judge(function* () {
        const before = yield* person(change.id)
        if (!before) return fail('REQUEST_INVALID', { field: 'staffId' })
        const others = (yield* everybody()).filter(({ id }) => id !== change.id)
        if (looksAfter(before) && !looksAfter(change) && !others.some(looksAfter)) return fail('STAFF_LAST_IT')
        if (yield* isAccountTaken(change.account, change.id)) return fail('STAFF_CODE_TAKEN', { field: 'account' })
        yield* sql.changeStaff.run({ ...change, isLocked: Number(change.isLocked) })
        const isTurned = before.isLocked !== change.isLocked
        const event = isTurned ? (change.isLocked ? 'staffLocked' : 'staffUnlocked') : 'staffChanged'
        yield* ledger.addAudit('', null, { at, event, change: about(before, change) })
        return ok(undefined)
      })
    },
    async resetStaff({ at, id, secret }) {
      return ledger.judge(function* () {
        const before = yield* person(id)
        if (!before) return fail('REQUEST_INVALID', { field: 'staffId' })
        yield* sql.resetStaff.run({ id, secret })
        yield* sql.forgetSignInTries.run(before.code)
        yield* ledger.addAudit('', null, { at, event: 'staffReset', change: about(before, before) })
        return ok(undefined)
      })
    },
    async signInTries(code) {
      return ledger.read(function* () {
        return triesRow.optional().parse(yield* sql.signInTries.get(code)) ?? null
      })
    },
    async noteFailedSignIn(code, { at }) {
      return ledger.write(function* () {
        yield* sql.addSignInTry.run({ code, at })
        const { id } = idRow.optional().parse(yield* sql.staffOfCode.get(code)) ?? {}
        const known = id === undefined ? undefined : yield* person(id)
        yield* ledger.addAudit('', null, { at, event: 'signInFailed', ...(known && { change: about(known, known) }) })
      })
    },
    async noteSignIn({ staffId: id, step, at }) {
      return ledger.judge(function* () {
        const before = yield* person(id)
        if (!before || (yield* sql.signStaffIn.run({ id, step, at })).changes === 0) return fail('SIGN_IN_REFUSED')
        yield* sql.forgetSignInTries.run(before.code)
        yield* ledger.addAudit('', null, { at, event: 'signedIn' })
        return ok(undefined)
      })
    },
    async noteSignOut({ at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event: 'signedOut' }))
    },
    async noteGlass({ at, ...glass }) {
      return ledger.write(function* () {
        yield* sql.addGlass.run({ ...glass, at, day: at.slice(0, 10) })
        yield* ledger.addAudit('', null, { at, event: 'glassBroken' })
      })
    },
    async noteGlassMended({ at }) {
      return ledger.write(() => ledger.addAudit('', null, { at, event: 'glassMended' }))
    },
    async glassOf(day) {
      return ledger.read(function* () {
        return z.array(glassSchema).parse(yield* sql.glassOfDay.all(day))
      })
    },
  }
}
