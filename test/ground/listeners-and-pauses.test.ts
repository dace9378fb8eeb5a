import { expect, test } from 'vitest'
import { growingPause } from '../../src-main/ground/growing-pause.ts'
import { createListeners } from '../../src-main/ground/listeners.ts'

test('everybody hears what is told, in the order they came, until they go', () => {
  const listeners = createListeners<[word: string, count: number]>()
  const heard: string[] = []
  const leave = listeners.add((word, count) => heard.push(`first ${word} ${count}`))
  listeners.add((word, count) => heard.push(`second ${word} ${count}`))
  listeners.tell('a', 1)
  leave()
  leave()
  listeners.tell('b', 2)
  listeners.clear()
  listeners.tell('c', 3)
  expect(heard).toEqual(['first a 1', 'second a 1', 'second b 2'])
})

test('who leaves while something is told does not keep it from the others', () => {
  const listeners = createListeners()
  const heard: string[] = []
  const leave = listeners.add(() => {
    heard.push('first')
    leave()
  })
  listeners.add(() => heard.push('second'))
  listeners.tell()
  listeners.tell()
  expect(heard).toEqual(['first', 'second', 'second'])
})

test('a pause doubles up to the longest, and is short again after a reset', () => {
  const pause = growingPause({ first: 250, longest: 1_500 })
  expect([pause.next(), pause.next(), pause.next(), pause.next(), pause.next()]).toEqual([
    250, 500, 1_000, 1_500, 1_500,
  ])
  pause.reset()
  expect([pause.next(), pause.next()]).toEqual([250, 500])
})
