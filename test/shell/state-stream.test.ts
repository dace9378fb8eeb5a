// What a page that does not read is owed: the newest state, and before it that there was none.
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createStateStream } from '../../src-main/shell/state-stream.ts'
import { eventually } from '../support.ts'

test('a page that was not reading while the agent was gone hears that before the first state of the next one', async () => {
  const page = new PassThrough({ highWaterMark: 1 })
  const stream = createStateStream(page)
  stream.send({ revision: 500 })
  expect(stream.isBehind()).toBe(true)
  stream.send({ revision: 501 })
  stream.say({ line: 'turning' })
  stream.send({ revision: 1 })
  let heard = ''
  page.on('data', (chunk) => {
    heard += chunk
  })
  const lines = () =>
    heard
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
  await eventually('it has all', () => lines().length >= 3)
  await eventually('it has read', () => !stream.isBehind())
  stream.send({ revision: 2 })
  await eventually('it has the last', () => lines().length > 3)
  expect(lines()).toEqual([
    { whole: { revision: 500 } },
    { line: 'turning' },
    { whole: { revision: 1 } },
    { after: 1, parts: { revision: 2 }, lists: {} },
  ])
})
