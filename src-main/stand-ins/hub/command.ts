// `npm run sandbox`: the sandbox hub alone, for vendors whose software talks to the hub's API. Prints where its two doors
// are, where the certificates lie, and calls to try; with `--json` one object on stdout instead, for their tests. With
// `--terminal` the sandbox terminal plays in a folder as well (docs/terminal.md).
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { systemClock } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { listenForEnd, refuseDebugger } from '../../ground/ending.ts'
import { makeFolder } from '../../ground/make-folder.ts'
import { keepFilesPrivate } from '../../ground/modes.ts'
import { dataFolder } from '../../settings/data-dir.ts'
import { commandLine } from '../../words/command-line.ts'
import { sentence } from '../../words/failures.ts'
import { openTrainingPki } from '../certificates/pki.ts'
import { municipalities } from '../people/residents.ts'
import { terminalQuirksSchema } from '../terminal/quirks.ts'
import { startSandboxTerminal } from '../terminal/sandbox-terminal.ts'
import { startSandboxHub } from './sandbox-hub.ts'

keepFilesPrivate()
const ending = listenForEnd()
refuseDebugger()
// Whoever read what is printed has gone: the sandbox goes on without it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const say = (text: string) => process.stderr.write(`${text}\n`)
const give = (text: string): never => {
  say(text)
  process.exit(2)
}

const port = z.coerce.number().int().min(0).max(65_535)
const optionsSchema = z.object({
  port,
  'office-port': port,
  rate: z.coerce.number().int().min(1).max(60_000),
  data: z.string().min(1).optional(),
  json: z.boolean(),
  help: z.boolean(),
  terminal: z.string().min(1).optional(),
  drop: z.array(z.string()).default([]),
  quirk: z
    .array(z.string().regex(/^[a-zA-Z]+=/))
    .default([])
    .transform((texts) => Object.fromEntries(texts.map((text) => text.split(/=(.*)/s).slice(0, 2))))
    .pipe(terminalQuirksSchema.partial()),
})

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8443' },
        'office-port': { type: 'string', default: '8444' },
        rate: { type: 'string', default: '600' },
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        terminal: { type: 'string' },
        drop: { type: 'string', multiple: true },
        quirk: { type: 'string', multiple: true },
      },
    })
    return optionsSchema.safeParse(values).data
  } catch {
    return undefined
  }
}

const usage =
  '使い方: npm run sandbox -- [--port 8443] [--office-port 8444] [--rate 600] [--data DIR] [--json] [--terminal DIR [--drop PERSONA]… [--quirk NAME=VALUE]…]（docs/sandbox.md、docs/terminal.md）'
const options = readOptions() ?? give(usage)
if (options.help) {
  say(usage)
  process.exit(0)
}

// The training clinic's own folder: the cards that `virtual-card` lays are known to this hub.
const dataDir = dataFolder(options.data)
const folder = join(dataDir.ok ? dataDir.value : give(sentence(dataDir.error).message), 'training')
const pki = await openTrainingPki(folder, systemClock.now())
if (pki.found === 'damaged' || pki.found === 'outdated') say(commandLine.renewed.certificates)
const keys = join(folder, 'municipalities')
makeFolder(keys)
for (const { code } of municipalities) {
  const { certificate, privateKey } = await pki.issueMunicipality(code)
  writeDurably(join(keys, `${code}.pem`), certificate, { mode: 0o600 })
  writeDurably(join(keys, `${code}-key.pem`), privateKey, { mode: 0o600 })
}

/** What keeps a port from being opened is for a person to change; anything else is a bug. */
const portTaken = (option: string, wanted: number) => (error: unknown) => {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'listen')) throw error
  return give(`ポート ${wanted} を開けませんでした。${option} で別の番号を指定してください。`)
}
const hub = await startSandboxHub({
  pki,
  clock: systemClock,
  port: options.port,
  personsPerMinute: options.rate,
}).catch(portTaken('--port', options.port))
const office = await hub
  .openBackOffice(options['office-port'])
  .catch(portTaken('--office-port', options['office-port']))

const terminal =
  options.terminal === undefined
    ? null
    : await startSandboxTerminal({ folder: resolve(options.terminal), clock: systemClock, quirks: options.quirk })
for (const persona of options.drop) {
  if ((await terminal?.drop(persona)) === null) give(`練習用のカード「${persona}」はありません。`)
}

const files = {
  ca: join(folder, 'hub-ca.pem'),
  clientCertificate: join(folder, 'client.pem'),
  clientKey: join(folder, 'client-key.pem'),
  municipalities: keys,
}
if (options.json) process.stdout.write(`${JSON.stringify({ url: hub.url, office, ...files })}\n`)
else {
  const curl = (certificate: string, key: string) =>
    `curl --cacert "${files.ca}" --cert "${certificate}" --key "${key}"`
  const clinic = curl(files.clientCertificate, files.clientKey)
  const miyakonojo = curl(join(keys, '452025.pem'), join(keys, '452025-key.pem'))
  say(
    [
      'サンドボックスのPMHを起動しました。患者、番号、記録はすべて架空です。終了は Ctrl+C です。',
      '',
      `医療機関の窓口   ${hub.url}`,
      `市区町村の窓口   ${office}（障害の練習もここから）`,
      `認証局           ${files.ca}`,
      `医療機関の証明書 ${files.clientCertificate}`,
      `医療機関の鍵     ${files.clientKey}`,
      `市区町村の証明書 ${keys}（全国地方公共団体コード.pem）`,
      'APIの説明        docs/hub-api.yaml、docs/sandbox.md',
      '',
      'お試しください:',
      `${clinic} ${hub.url}/v1/health`,
      `${clinic} ${office}/sandbox/v1/persons`,
      `${miyakonojo} ${office}/municipality/v1/persons`,
    ].join('\n'),
  )
}
ending.stopWith(() => Promise.all([hub.close(), terminal?.close()]))
