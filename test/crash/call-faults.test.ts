// The n-th call by which a check-in changes a file fails, with a broken disk and with a full one, once and from there on. Here at some
// calls, by dice; test/long/call-faults.ts goes through all of them.
import { expect, test } from 'vitest'
import { randomFrom } from '../random.ts'
import { saidWith } from '../support.ts'
import { callsOfCheckIn, checkInWith, faultKinds } from './call-faults.ts'

const seed = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000)

test('whichever call fails, the desk says so, nothing is lost or doubled, and the next one finds all in order', async (context) => {
  const random = randomFrom(seed)
  const which = random() < 0.5 ? 'quick' : 'later'
  const calls = await callsOfCheckIn(which)
  if (calls === null) return context.skip('nothing can be recorded here')
  expect(calls).toBeGreaterThan(100)
  const kind = faultKinds[Math.floor(random() * faultKinds.length)]
  if (!kind) throw new Error('there are kinds')
  for (const stays of [false, true]) {
    // No two check-ins make exactly as many.
    const call = 1 + Math.floor(random() * calls * 0.9)
    const said = `seed ${seed}: ${which}, call ${call} of ${calls} fails with ${kind.code}, ${stays ? 'as all that follow' : 'once'}`
    expect(await saidWith(said, checkInWith(which, { call, errno: kind.errno, stays }))).toBe(true)
  }
}, 600_000)
