// What clinic IT does about the staff by command, at the computer itself while no agent runs: the first of them is enrolled here,
// and whoever cannot get in any more gets another authenticator. Its key is printed once, to whoever has typed the command.
import { randomUUID } from 'node:crypto'
import { renderUnicodeCompact } from 'uqr'
import { type Role, roleSchema, staffCodeSchema, staffEntrySchema } from '../../contract/staff.ts'
import { clinicMoment, systemClock } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { enrolmentOf } from '../../staff/enrolling.ts'
import { newSecret } from '../../staff/one-time-code.ts'
import { type DataOptions, openData } from '../../store/data-folder.ts'
import type { StaffList, StaffRow } from '../../store/staff.ts'
import { staffCommand as text } from '../../words/staff-command.ts'
import { done, type Said } from '../said.ts'
import { dataCommand } from './command.ts'

const operands = { code: { value: 'CODE', about: text.code, schema: staffCodeSchema } }
const notes = [text.whileEnded]

export const staffAdd = dataCommand({
  name: 'staff add',
  about: text.addAbout,
  notes,
  operands,
  options: {
    name: { value: 'NAME', about: text.name, schema: staffEntrySchema.shape.name },
    role: { value: 'reception|lead|it', about: text.role, schema: roleSchema },
    account: { value: 'ACCOUNT', about: text.account, schema: staffEntrySchema.shape.account.unwrap().optional() },
  },
  run: add,
})

export const staffListed = dataCommand({
  name: 'staff list',
  about: text.listAbout,
  notes,
  operands: {},
  options: {},
  run: (_given, place) =>
    withStaff(place, async (store) => {
      const people = await store.staff()
      return ok(done({ staff: people.map(told) }, people.length === 0 ? [text.none] : people.map(text.person)))
    }),
})

export const staffLock = dataCommand({
  name: 'staff lock',
  about: text.lockAbout,
  notes,
  operands,
  options: {},
  run: ({ code }, place) => setLocked(place, code, true),
})

export const staffUnlock = dataCommand({
  name: 'staff unlock',
  about: text.unlockAbout,
  notes,
  operands,
  options: {},
  run: ({ code }, place) => setLocked(place, code, false),
})

export const staffReset = dataCommand({
  name: 'staff reset',
  about: text.resetAbout,
  notes,
  operands,
  options: {},
  run: ({ code }, place) =>
    withPerson(place, code, async (person, store) => {
      const secret = newSecret()
      const reset = await store.resetStaff({ id: person.id, secret, ...stamp() })
      return reset.ok ? ok(enrolled({ ...person, secret }, text.reset(person.name))) : reset
    }),
})

interface NewPerson {
  readonly code: string
  readonly name: string
  readonly role: Role
  readonly account?: string | undefined
}

function add({ code, name, role, account = '' }: NewPerson, place: DataOptions): Promise<Result<Said>> {
  return withStaff(place, async (store) => {
    const added = { id: randomUUID(), code, name, role, account: account || null, secret: newSecret() }
    const kept = await store.addStaff({ ...added, ...stamp() })
    return kept.ok ? ok(enrolled(added, text.added(name, role))) : kept
  })
}

const setLocked = (place: DataOptions, code: string, isLocked: boolean): Promise<Result<Said>> =>
  withPerson(place, code, async (person, store) => {
    const changed = await store.changeStaff({ ...person, isLocked, ...stamp() })
    if (!changed.ok) return changed
    const line = isLocked ? text.locked(person.name) : text.unlocked(person.name)
    return ok(done({ staff: told({ ...person, isLocked }) }, [line]))
  })

const stamp = () => ({ at: clinicMoment(systemClock.now()) })

/** Errors: STORE_ codes, AGENT_ALREADY_RUNNING. */
async function withStaff(place: DataOptions, work: (store: StaffList) => Promise<Result<Said>>): Promise<Result<Said>> {
  const data = await openData(place)
  if (!data.ok) return data
  try {
    return await work(data.value.store)
  } finally {
    data.value.store.close()
  }
}

/** Errors: as above, REQUEST_INVALID (nobody has this code). */
const withPerson = (
  place: DataOptions,
  code: string,
  work: (person: StaffRow, store: StaffList) => Promise<Result<Said>>,
): Promise<Result<Said>> =>
  withStaff(place, async (store) => {
    const person = (await store.staff()).find((each) => each.code === code)
    return person ? work(person, store) : fail('REQUEST_INVALID', { field: code })
  })

/** Without the secret. */
const told = ({ code, name, role, account, isLocked, signedInAt }: StaffRow) => ({
  ...{ code, name, role, account, isLocked, signedInAt },
})

function enrolled(person: Pick<StaffRow, 'id' | 'name' | 'code' | 'secret'>, first: string): Said {
  const { code, key, link } = enrolmentOf(person)
  return done({ code, key, link }, [first, text.enrol, renderUnicodeCompact(link), text.key(key)])
}
