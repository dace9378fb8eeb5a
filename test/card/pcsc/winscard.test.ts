// The card through Windows' winscard.dll, with the layout that Windows gives its structures. `npm run test:windows` brings the
// virtual reader.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openJpki } from '../../../src-main/card/jpki.ts'
import { createPcscReaders } from '../../../src-main/card/pcsc-readers.ts'
import { openSession } from '../../../src-main/card/session.ts'
import { systemClock } from '../../../src-main/ground/clock.ts'
import { layWithDisturbances } from '../../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks } from '../../../src-main/stand-ins/card/quirks.ts'
import { attachToVpcd } from '../../../src-main/stand-ins/card/vpcd.ts'
import { openTrainingPki } from '../../../src-main/stand-ins/certificates/pki.ts'
import { dataFolder } from '../../agent/fixture.ts'
import { sampleCard } from '../../stand-ins/sample-card.ts'
import { eventually, must, root, silentLog, testPki } from '../../support.ts'
import { windowsReader } from '../../system.ts'

if (windowsReader === null) console.warn('!! LEFT OUT: the card through winscard.dll: npm run test:windows has it')

describe.skipIf(windowsReader === null)('through winscard.dll', () => {
  const { port, name } = windowsReader ?? { port: 0, name: '' }
  const lay = ({ virtual }: ReturnType<typeof sampleCard>) =>
    attachToVpcd({
      lay: (pull) => layWithDisturbances(virtual, noQuirks, pull),
      host: '127.0.0.1',
      port,
      onChange: () => undefined,
    })
  const openReaders = () => {
    const readers = createPcscReaders({ hostEntry: join(root, 'native/reader-host.ts'), log: silentLog })
    onTestFinished(() => readers.close())
    return readers
  }

  test('the reader is listed by its name, its card is read, and its leaving is seen', async () => {
    const readers = openReaders()
    const ours = () => readers.list().find((reader) => reader.name.startsWith(name))
    await eventually('the reader is listed', () => ours()?.state === 'empty')
    const card = sampleCard(await testPki(), 'nanbyo')
    const detach = lay(card)
    await eventually('the card is seen', () => ours()?.state === 'card')
    const connection = must(await readers.connect(ours()?.name ?? ''))
    const { certificate } = must(await openJpki(openSession(connection)).readCertificate())
    expect(Buffer.from(certificate)).toEqual(Buffer.from(card.card.certificate))
    await connection.end()
    detach()
    await eventually('the card has gone', () => ours()?.state === 'empty')
  })

  test('what does not change is told once, although this service is never silent', async () => {
    const readers = openReaders()
    await eventually('the reader is listed', () => readers.list().length > 0)
    const seen: string[] = []
    readers.onChange((list) => seen.push(list.map(({ state }) => state).join()))
    const detach = lay(sampleCard(await testPki(), 'nanbyo'))
    await eventually('the card is seen', () => seen.length > 0)
    detach()
    await eventually('the card has gone', () => seen.length > 1)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('a card that leaves in the middle is to be laid again, and so it works', async () => {
    const readers = openReaders()
    const reader = () => readers.list().find(({ state }) => state === 'card')
    const card = sampleCard(await testPki(), 'nanbyo')
    let detach = lay(card)
    await eventually('the card is seen', () => reader() !== undefined)
    const connection = must(await readers.connect(reader()?.name ?? ''))
    detach()
    await eventually('it has gone', () => reader() === undefined)
    const cut = await connection.transmit([Uint8Array.of(0, 0xa4, 0, 0)])
    expect(cut.ok ? null : cut.error.code).toMatch(/^CARD_(?:REMOVED|RESET)$/)
    await connection.end()
    detach = lay(card)
    await eventually('it is back', () => reader() !== undefined)
    await must(await readers.connect(reader()?.name ?? '')).end()
    detach()
    // The reader takes one card at a time: the next test lays its own.
    await eventually('it has gone again', () => reader() === undefined)
  })

  test('one check-in of the product', async () => {
    const dataDir = await dataFolder({ reader: 'pcsc' }, systemClock)
    const pki = await openTrainingPki(join(dataDir, 'training'), systemClock.now())
    const detach = lay(sampleCard(pki, 'nanbyo'))
    onTestFinished(() => detach())
    const words = [join(root, 'dist/main/headless.js'), '--once', '--json', '--data', dataDir]
    const agent = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] })
    const [answer, [code]] = await Promise.all([text(agent.stdout), once(agent, 'exit')])
    expect(JSON.parse(answer)).toMatchObject({ ok: true, answers: { medicalSubsidy: 'present' }, apdus: 12 })
    expect(code).toBe(0)
  })
})
