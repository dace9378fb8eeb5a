// The agent of the simulated Monday with its headless door, in a process of its own, so that it can be killed. Its clock, the
// line to the hub and the cards are moved by whoever started it; everything else is the product.

import { join } from 'node:path'
import { z } from 'zod'
import { startAgent } from '../../src-main/agent.ts'
import { openFileLog } from '../../src-main/settings/file-log.ts'
import { loadSettings } from '../../src-main/settings/settings.ts'
import { readKeptKeys } from '../../src-main/shell/door-keys.ts'
import { deskDoor } from '../../src-main/shell/doors.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { startHeadlessServer } from '../../src-main/shell/headless-server.ts'
import { faultSchema } from '../../src-main/stand-ins/hub/faults.ts'
import { entries } from '../agent/entries.ts'
import { atDesk } from '../at-desk.ts'
import { siteOf } from '../site.ts'
import { must, root } from '../support.ts'

const orderSchema = z.object({
  id: z.int(),
  order: z.discriminatedUnion('do', [
    z.object({ do: z.literal('call'), name: z.string(), request: z.unknown() }),
    z.object({ do: z.literal('look') }),
    z.object({ do: z.literal('pass'), ms: z.number() }),
    z.object({ do: z.literal('fault'), fault: faultSchema.nullable() }),
    z.object({ do: z.literal('invite') }),
    z.object({ do: z.literal('stop') }),
  ]),
})
export type Order = z.infer<typeof orderSchema>['order']

const [dataDir = '', startText = '', portText = '0', takeBackText = '0', keptKeys = '[]'] = process.argv.slice(2)
let aheadMs = 0
const origin = performance.now()
const clock = { now: () => new Date(Number(startText) + aheadMs + performance.now() - origin) }

const agent = must(
  await startAgent({
    dataDir,
    settings: must(await loadSettings(dataDir)),
    keyStore: openHeadlessKey(dataDir),
    migrationsDir: join(root, 'migrations'),
    entries,
    clock,
    log: openFileLog(join(dataDir, 'logs'), clock),
    version: 'monday',
    ...siteOf(dataDir),
    takeBackMs: Number(takeBackText),
    hubPauseMs: { first: 250, longest: 1_000 },
  }),
)
const server = must(
  await startHeadlessServer({
    agent,
    pages: { rendererDir: join(root, 'dist/renderer'), packedDir: join(root, 'dist/packed-renderer') },
    port: Number(portText),
    keptKeys: readKeptKeys(keptKeys),
    onEntered: (_, keys) => process.send?.({ keys }),
  }),
)

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'call':
      return agent.call(atDesk, order.name, order.request)
    case 'look':
      return agent.reception()
    case 'pass':
      aheadMs += order.ms
      return null
    case 'fault':
      await agent.training?.sandbox.setFault(order.fault)
      return null
    case 'invite':
      return server.entrance(deskDoor)
    case 'stop':
      await server.close()
      await agent.stop()
      return null
    default:
      return order satisfies never
  }
}

process.on('message', (message) => {
  const { id, order } = orderSchema.parse(message)
  void obey(order).then((answer) => {
    process.send?.({ id, answer })
    if (order.do === 'stop') process.disconnect()
  })
})
process.send?.({ port: server.port })
