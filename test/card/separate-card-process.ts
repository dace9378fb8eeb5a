// The process behind separate-card.ts: lays the sample card `nanbyo` on the virtual reader when it is told to, and counts
// the commands that reach it. `node separate-card-process.ts <folder with training certificates>`
import { layWithDisturbances } from '../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks } from '../../src-main/stand-ins/card/quirks.ts'
import { attachToVpcd } from '../../src-main/stand-ins/card/vpcd.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { sampleCard } from '../stand-ins/sample-card.ts'
import { separateCardRequestSchema } from './separate-card.ts'

const { virtual } = sampleCard(await openTrainingPki(process.argv[2] ?? '', new Date()), 'nanbyo')
let commands = 0
let detach: (() => void) | null = null

const answer = () => void process.send?.({ commands })

process.on('message', (message) => {
  const request = separateCardRequestSchema.parse(message)
  detach?.()
  detach = null
  if (request.kind === 'takeAway') return answer()
  commands = 0
  detach = attachToVpcd({
    lay(pull) {
      const lying = layWithDisturbances(virtual, { ...noQuirks, delay: request.delayMs }, pull)
      return {
        ...lying,
        transmit(command) {
          commands += 1
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
process.send?.({ commands })
