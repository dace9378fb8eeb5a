// The process behind separate-card.ts: lays the sample card `nanbyo` on the virtual reader when it is told to, and counts
// the commands that reach it. `node separate-card-process.ts <folder with training certificates>`
import { setTimeout as sleep } from 'node:timers/promises'
import { layWithDisturbances } from '../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks } from '../../src-main/stand-ins/card/quirks.ts'
import { attachToVpcd } from '../../src-main/stand-ins/card/vpcd.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { steadyMs } from '../steady-clock.ts'
import { separateCardRequestSchema } from './separate-card.ts'

const { virtual } = sampleCard(await openTrainingPki(process.argv[2] ?? '', new Date()), 'nanbyo')
let commands = 0
let waits: [from: number, to: number][] = []
let detach: (() => void) | null = null

const answer = () => void process.send?.({ commands, waits })

process.on('message', (message) => {
  const request = separateCardRequestSchema.parse(message)
  detach?.()
  detach = null
  if (request.kind === 'takeAway') return answer()
  commands = 0
  waits = []
  detach = attachToVpcd({
    lay(pull) {
      const lying = layWithDisturbances(virtual, noQuirks, pull)
      return {
        ...lying,
        async transmit(command) {
          commands += 1
          const from = steadyMs()
          if (request.delayMs > 0) await sleep(request.delayMs)
          waits.push([from, steadyMs()])
          return lying.transmit(command)
        },
      }
    },
    host: '127.0.0.1',
    port: request.port,
    onChange: (state) => state === 'laid' && answer(),
  })
})
process.on('disconnect', () => process.exit())
process.send?.({ commands, waits })
