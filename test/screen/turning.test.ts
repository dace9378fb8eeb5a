// Whoever turns the pages of the screen quickly ends at the one they asked for last.
import { describe, expect, test } from 'vitest'
import { ok } from '../../src-main/ground/result.ts'
import { createLookedAt } from '../../src-main/screen/looked-at.ts'
import { createTurning } from '../../src-main/screen/turning.ts'

/** The page of the destinations opens when `opens` is called. */
function screen() {
  const opening = Promise.withResolvers<void>()
  let opened = 0
  const lookedAt = createLookedAt()
  const turning = createTurning(lookedAt, async (page) => {
    if (page !== 'destinations') return ok(undefined)
    opened++
    await opening.promise
    return ok(undefined)
  })
  return { lookedAt, turning, opens: opening.resolve, opened: () => opened }
}

describe('a page that takes long to open', () => {
  test('does not come over the one that was asked for after it', async () => {
    const { lookedAt, turning, opens } = screen()
    const slow = turning.openPage({ page: 'destinations' })
    await turning.openPage({ page: 'settings' })
    opens()
    expect(await slow).toEqual(ok(undefined))
    expect(lookedAt.page()).toBe('settings')
  })

  test('does not come over a visit that was looked up meanwhile', async () => {
    const { lookedAt, turning, opens } = screen()
    const slow = turning.openPage({ page: 'destinations' })
    await turning.showVisit({ visitId: 'visit' })
    opens()
    await slow
    expect(lookedAt.page()).toBe('counter')
    expect(lookedAt.visitId()).toBe('visit')
  })

  test('is shown where nothing else was asked for', async () => {
    const { lookedAt, turning, opens } = screen()
    const slow = turning.openPage({ page: 'destinations' })
    opens()
    await slow
    expect(lookedAt.page()).toBe('destinations')
  })
})

describe('a page that is only read again', () => {
  test('brings nobody back who has turned elsewhere, before or meanwhile', async () => {
    const { lookedAt, turning, opens, opened } = screen()
    await turning.openPage({ page: 'settings' })
    await turning.openPage({ page: 'destinations', isAgain: true })
    expect({ page: lookedAt.page(), opened: opened() }).toEqual({ page: 'settings', opened: 0 })
    lookedAt.turnTo('destinations')
    const again = turning.openPage({ page: 'destinations', isAgain: true })
    await turning.openPage({ page: 'settings' })
    opens()
    await again
    expect({ page: lookedAt.page(), opened: opened() }).toEqual({ page: 'settings', opened: 1 })
  })
})
