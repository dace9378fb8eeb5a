// A reader with a Japanese name, as a Japanese driver may give it: Windows holds names in UTF-16, and only its functions for
// that give them back as they are. `npm run test:windows` runs this file with such a reader.
import { expect, onTestFinished, test } from 'vitest'
import { establishContext, status } from '../../../native/pcsclite.ts'
import { layWithDisturbances } from '../../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks } from '../../../src-main/stand-ins/card/quirks.ts'
import { attachToVpcd } from '../../../src-main/stand-ins/card/vpcd.ts'
import { sampleCard } from '../../stand-ins/sample-card.ts'
import { eventually, testPki } from '../../support.ts'
import { windowsReader } from '../../system.ts'

const reader = windowsReader && !/^\p{ASCII}*$/u.test(windowsReader.name) ? windowsReader : null

test.skipIf(reader === null)('is listed and connected by its name', async () => {
  const { name, port } = reader ?? { name: '', port: 0 }
  const [established, context] = await establishContext()
  expect(established).toBe(status.success)
  onTestFinished(() => context.release())
  let listed: readonly string[] = []
  await eventually('a reader is listed', async () => {
    listed = (await context.listReaders())[1]
    return listed.length > 0
  })
  expect(listed[0]).toBe(`${name} 00 00`)
  const { virtual } = sampleCard(await testPki(), 'nanbyo')
  const detach = attachToVpcd({
    lay: (pull) => layWithDisturbances(virtual, noQuirks, pull),
    host: '127.0.0.1',
    port,
    onChange: () => undefined,
  })
  onTestFinished(() => detach())
  await eventually('its card is connected', async () => {
    const [connected, card] = await context.connect(`${name} 00 00`)
    if (connected === status.success) await context.disconnect(card)
    return connected === status.success
  })
})
