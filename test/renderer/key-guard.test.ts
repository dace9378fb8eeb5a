// Which keys count, by a clock that the test owns.
import { describe, expect, test } from 'vitest'
import { createKeyGuard } from '../../src-renderer/keys/key-guard.ts'

function guardAt() {
  let now = 10_000
  const guard = createKeyGuard(() => now)
  const press = (key: string, repeat = false, isIntoField = true) => guard.press({ key, repeat }, isIntoField)
  return {
    guard,
    press,
    wait(ms: number) {
      now += ms
    },
    /** The last verdict of a text typed with this pause before every key. */
    type(text: string, pauseMs: number, isIntoField = true) {
      for (const key of text) {
        now += pauseMs
        press(key, false, isIntoField)
      }
      now += pauseMs
      return press('Enter', false, isIntoField)
    },
  }
}

describe('a key that decides', () => {
  test.each(['Enter', ' '])('counts from one second after something new has appeared: "%s"', (key) => {
    const { guard, press, wait } = guardAt()
    expect(press(key).kind).toBe('counts')
    guard.appeared()
    expect(press(key).kind).toBe('early')
    wait(999)
    expect(press(key).kind).toBe('early')
    expect(guard.isEarly()).toBe(true)
    wait(1)
    expect(press(key).kind).toBe('counts')
    expect(guard.isEarly()).toBe(false)
  })

  test('waits a whole second again when something else appears meanwhile', () => {
    const { guard, press, wait } = guardAt()
    guard.appeared()
    wait(900)
    guard.appeared()
    wait(900)
    expect(press('Enter').kind).toBe('early')
  })

  test.each(['Enter', ' '])('never counts while it is held down: "%s"', (key) => {
    const { press } = guardAt()
    expect(press(key, true).kind).toBe('early')
  })

  test('leaves every other key alone', () => {
    const { guard, press } = guardAt()
    guard.appeared()
    for (const key of ['Tab', 'Escape', 'ArrowDown', '1', 'あ']) expect(press(key).kind).toBe('counts')
  })
})

describe('characters that come faster than a hand types', () => {
  test('are a scan, with their text', () => {
    const { type } = guardAt()
    expect(type('A0012345', 8)).toEqual({ kind: 'scan', text: 'A0012345' })
  })

  test('are none at the speed of a fast typist, nor when they are few', () => {
    expect(guardAt().type('0012345', 60).kind).toBe('counts')
    expect(guardAt().type('123', 5).kind).toBe('counts')
  })

  test('begin anew after a pause: what a hand has typed before is not part of them', () => {
    const { press, wait, type } = guardAt()
    press('9')
    wait(400)
    expect(type('0012345', 8)).toEqual({ kind: 'scan', text: '0012345' })
  })

  test('are forgotten after their Enter', () => {
    const { type, press } = guardAt()
    type('0012345', 8)
    expect(press('Enter').kind).toBe('counts')
  })

  test('keep their Shift and their upper case', () => {
    const { press, wait } = guardAt()
    for (const key of ['Shift', 'A', 'Shift', 'B', '1', '2']) {
      wait(5)
      press(key)
    }
    wait(5)
    expect(press('Enter')).toEqual({ kind: 'scan', text: 'AB12' })
  })

  test('are none when Enter comes later, by hand', () => {
    const { press, wait } = guardAt()
    for (const key of '1234') {
      wait(5)
      press(key)
    }
    wait(300)
    expect(press('Enter').kind).toBe('counts')
  })
})

describe('characters that no field takes', () => {
  test('were meant for one, at any speed: the Enter after them decides nothing', () => {
    for (const pauseMs of [8, 40, 250, 900]) {
      expect(guardAt().type('0012345', pauseMs, false)).toEqual({ kind: 'scan', text: '0012345' })
    }
  })

  test('are over after a while, and with their Enter', () => {
    const { type, press, wait } = guardAt()
    expect(type('0012345', 60, false).kind).toBe('scan')
    expect(press('Enter', false, false).kind).toBe('counts')
    for (const key of '0012345') press(key, false, false)
    wait(1001)
    expect(press('Enter', false, false).kind).toBe('counts')
  })

  test('are not those of a field that was left: a PIN, Tab and Enter count', () => {
    const { press, wait } = guardAt()
    for (const key of '1234') {
      wait(60)
      press(key)
    }
    wait(60)
    press('Tab')
    wait(60)
    expect(press('Enter', false, false).kind).toBe('counts')
  })

  test('are no presses of Space: choosing one after the other and going on counts', () => {
    const { press, wait } = guardAt()
    for (const key of [' ', 'Tab', ' ', 'Tab', ' ', 'Tab', ' ', 'Tab']) {
      wait(200)
      press(key, false, false)
    }
    wait(200)
    expect(press('Enter', false, false).kind).toBe('counts')
  })
})
