// `npm run virtual-card`: lays one of the sample cards on this computer's pcscd, so that this agent with `--reader pcsc`,
// OpenSC or any other program sees a card that needs no hardware.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { clinicDay, systemClock } from '../../ground/clock.ts'
import { listenForEnd, refuseDebugger } from '../../ground/ending.ts'
import { keepFilesPrivate } from '../../ground/modes.ts'
import { dataFolder } from '../../settings/data-dir.ts'
import { commandLine } from '../../words/command-line.ts'
import { sentence } from '../../words/failures.ts'
import { openTrainingPki } from '../certificates/pki.ts'
import { personaById, personasOn } from '../people/personas.ts'
import { openCardStates } from './card-states.ts'
import { layWithDisturbances } from './disturbances.ts'
import { quirksSchema } from './quirks.ts'
import { createVirtualCard } from './virtual-card.ts'
import { attachToVpcd } from './vpcd.ts'

keepFilesPrivate()
const say = (text: string) => process.stderr.write(`${text}\n`)

const ending = listenForEnd()
refuseDebugger()
// Whoever read what is printed has gone: the card lies there all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const give = (text: string): never => {
  say(text)
  process.exit(2)
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        card: { type: 'string', default: 'nanbyo' },
        /** Slot 0 of the virtual reader; slot 1 is 35964. */
        port: { type: 'string', default: '35963' },
        data: { type: 'string' },
        /** name or name=value, see docs/virtual-card.md; may be given several times. */
        quirk: { type: 'string', multiple: true, default: [] },
        /** Shows the sample cards and the quirks. */
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return undefined
  }
}
const usage =
  '使い方: npm run virtual-card -- [--card PERSONA] [--port 35963] [--data DIR] [--quirk NAME[=VALUE]]… [--list]（docs/virtual-card.md）'
const values = readOptions() ?? give(usage)
if (values.help) {
  say(usage)
  process.exit(0)
}
const now = systemClock.now()
const day = clinicDay(now)
const quirkNames = Object.keys(quirksSchema.shape).join(', ')
if (values.list) {
  for (const { id, label, pin } of personasOn(day)) say(`${id.padEnd(18)}${label}（暗証番号 ${pin}）`)
  say(`--quirk: ${quirkNames}`)
  process.exit(0)
}

const quirks =
  quirksSchema.safeParse(
    Object.fromEntries(
      values.quirk.map((given) => [
        given.split('=')[0],
        given.includes('=') ? given.slice(given.indexOf('=') + 1) : 'true',
      ]),
    ),
  ).data ?? give(`--quirk の指定「${values.quirk.join(' ')}」は使えません。使える名前: ${quirkNames}`)

const persona = personaById(values.card, day)
const dataDir = dataFolder(values.data)
const folder = join(dataDir.ok ? dataDir.value : give(sentence(dataDir.error).message), 'training')
const pki = await openTrainingPki(folder, now)
const card = persona && pki.cards.get(persona.id)

if (!persona || !card) {
  say(
    `カード「${values.card}」はありません。使えるカード: ${personasOn(day)
      .map(({ id }) => id)
      .join(', ')}`,
  )
  process.exit(2)
}
if (pki.found === 'damaged' || pki.found === 'outdated') say(commandLine.renewed.certificates)
if (pki.renewedCards.length > 0) say(commandLine.renewed.cards)
const states = openCardStates(folder)
if (states.wasDamaged) say(commandLine.renewed.cardStates)

const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  say(`ポート番号「${values.port}」は使えません。1 から 65535 までの数で指定してください。`)
  process.exit(2)
}
const tries = states.tries(persona)
const virtualCard = createVirtualCard({ card, persona, tries, quirks })
const detach = attachToVpcd({
  lay: (pull) => layWithDisturbances(virtualCard, quirks, pull),
  host: '127.0.0.1',
  port,
  onChange: (state) =>
    say(
      {
        laid: `カード「${persona.label}」（暗証番号 ${persona.pin}）を仮想リーダーに置きました。終了は Ctrl+C です。`,
        silent: `ポート ${port} につながりましたが、仮想リーダーの応答がありません。別のカードが置かれているか、別のプログラムがこのポートを使っています。待っています。`,
        absent: `ポート ${port} に仮想リーダーがありません。pcscd と vsmartcard-vpcd が動くのを待っています。`,
      }[state],
    ),
})
ending.stopWith(async () => detach())
