// The n-th call by which the agent changes a file fails, whoever made it (the database, the hand-over, the settings, a log), once or
// from there on, as a disk answers that is broken or full. A desk of its own process goes through a check-in with that; then the
// fault is over, and the next desk finds everything in order.
import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { type Call, readRecord } from './disk.ts'
import { goOn, lookAt } from './power-loss.ts'
import { type CheckIn, ended, type Fault, newPlace, type Place, startRecorded, toldBy } from './recording.ts'

export const checkIns: readonly CheckIn[] = ['quick', 'later']

export const faultKinds = (['EIO', 'ENOSPC'] as const).flatMap((code) =>
  [false, true].map((stays) => ({ code, stays, errno: constants.errno[code] })),
)

/** Of a record: the calls that can fail, as disk-record.c counts them. */
const canFail = (told: string) => (call: Call) =>
  call.call === 'open' ? (call.makes || call.empties) && call.path !== told : call.call !== 'fault'

/** What a check-in makes without any fault; null: it cannot be recorded here. */
export async function callsOfCheckIn(which: CheckIn): Promise<number | null> {
  const place = await newPlace()
  try {
    const desk = await startRecorded(place, which)
    if (!desk) return null
    const { code, said } = await ended(desk)
    assert.equal(code, 0, said)
    return readRecord(place.record).filter(canFail(place.told)).length
  } finally {
    place.remove()
  }
}

/** Goes through a check-in whose n-th call fails. Returns whether there was such a call. Throws what does not hold. */
export async function checkInWith(which: CheckIn, fault: Fault): Promise<boolean> {
  const place = await newPlace()
  try {
    const desk = await startRecorded(place, which, { fault })
    assert.ok(desk, 'nothing can be recorded here')
    const { code, said } = await ended(desk)
    const wasHit = readRecord(place.record).some(({ call }) => call === 'fault')
    await holds(place, { code, said }, fault)
    return wasHit
  } finally {
    place.remove()
  }
}

/** 0: the desk went on to its end; 2: its start was refused, in words. Anything else nobody has explained. */
async function holds(place: Place, { code, said }: Awaited<ReturnType<typeof ended>>, { stays }: Fault): Promise<void> {
  assert.ok(code === 0 || code === 2, `the desk ended with ${code}: ${said}`)
  // A disk that takes nothing more takes no anchor of the last commit before either: the next start writes it.
  const told = toldBy(place).filter(({ kind }) => !stays || kind !== 'stopped')
  for (const fact of told) {
    if (fact.kind === 'failed') assert.ok(fact.code, 'a visit failed and nobody says why')
  }
  await lookAt(place, told, 'here')
  await goOn(place, told)
}
