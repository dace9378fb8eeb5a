// The card through a real pcscd, checked by OpenSC and openssl. Everything that needs the one pcscd of a machine is in
// this file, in order.
import { execFile } from 'node:child_process'
import { createHash, verify, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createLengthLessons } from '../../../src-main/card/extended-length.ts'
import { openJpki } from '../../../src-main/card/jpki.ts'
import { createPcscReaders } from '../../../src-main/card/pcsc-readers.ts'
import { openSession } from '../../../src-main/card/session.ts'
import { fail } from '../../../src-main/ground/result.ts'
import { layWithDisturbances } from '../../../src-main/stand-ins/card/disturbances.ts'
import { noQuirks } from '../../../src-main/stand-ins/card/quirks.ts'
import type { VirtualCard } from '../../../src-main/stand-ins/card/virtual-card.ts'
import { attachToVpcd } from '../../../src-main/stand-ins/card/vpcd.ts'
import type { TrainingCard } from '../../../src-main/stand-ins/certificates/pki.ts'
import { fault } from '../../faults.ts'
import { sampleCard } from '../../stand-ins/sample-card.ts'
import { eventually, must, root, silentLog, testPki } from '../../support.ts'
import { missingForPcscd, type Pcscd, preparePcscd } from '../pcscd.ts'
import { testCycles } from './cycles.ts'
import { testDesk } from './desk.ts'

const missing = missingForPcscd()
if (missing) console.warn(`!! LEFT OUT: the card through a real pcscd, because ${missing}`)

describe.skipIf(missing !== null)('through a real pcscd', () => {
  let pcscd: Pcscd
  let card: TrainingCard
  let virtual: VirtualCard
  let sample: ReturnType<typeof sampleCard>
  let folder: string
  let detach: (() => void) | undefined
  let readers: ReturnType<typeof createPcscReaders>

  const lay = () => {
    detach = attachToVpcd({
      lay: (pull) => layWithDisturbances(virtual, noQuirks, pull),
      host: '127.0.0.1',
      port: pcscd.port,
      onChange: () => undefined,
    })
  }
  const readerWith = (state: string) => readers.list().find((reader) => reader.state === state)?.name
  const cardReader = async () => {
    await eventually('a card is seen', () => readerWith('card') !== undefined)
    return readerWith('card') ?? ''
  }
  // Not the synchronous kind: the virtual card answers in this very process.
  const run = promisify(execFile)
  const tool = async (name: string, ...args: string[]) => (await run(name, args, { cwd: root })).stdout

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'madoguchi-pcsc-'))
    sample = sampleCard(await testPki(), 'nanbyo')
    card = sample.card
    virtual = sample.virtual
    pcscd = preparePcscd()
    readers = createPcscReaders({ hostEntry: join(root, 'native/reader-host.ts'), log: silentLog })
  })
  afterEach(() => {
    sample.restore()
  })
  afterAll(async () => {
    detach?.()
    await readers.close()
    await pcscd.close()
    rmSync(folder, { recursive: true, force: true })
  })

  fault('reader', 'The reader service of the system does not run', {
    seen: 'READER_UNAVAILABLE',
    data: 'Nothing hangs: whoever asks for a reader is answered at once.',
    recovery: 'The readers appear when the service is started.',
  })
  test('without a pcscd there is no reader, and asking for one is answered at once', async () => {
    await readers.ready()
    expect(readers.list()).toEqual([])
    expect(await readers.connect('any')).toEqual(fail('READER_UNAVAILABLE'))
  })

  test('the reader appears when pcscd starts, and the card when it is laid on it', async () => {
    await pcscd.start()
    await eventually('the readers appear', () => readers.list().length > 0)
    expect(await readers.connect(readers.list()[0]?.name ?? '')).toEqual(fail('CARD_NOT_PRESENT'))
    lay()
    await cardReader()
  })

  test('OpenSC names the card and reads the same certificate, byte for byte', async () => {
    expect((await tool('opensc-tool', '-n')).trim()).toBe('jpki')
    expect(await tool('pkcs15-tool', '-D')).toContain('User Authentication Certificate')
    const pem = await tool('pkcs15-tool', '--read-certificate', '1')
    expect(new X509Certificate(pem).raw).toEqual(Buffer.from(card.certificate))
  })

  test('certificate and signature come through, and the certificate verifies the signature', async () => {
    const connection = must(await readers.connect(await cardReader()))
    const jpki = openJpki(openSession(connection))
    expect(Buffer.from(must(await jpki.readCertificate()).certificate)).toEqual(Buffer.from(card.certificate))
    expect(must(await jpki.triesLeft())).toBe(3)
    const challenge = createHash('sha256').update('challenge').digest()
    const signature = must(await jpki.sign(challenge, Buffer.from('1234'), { spendLastTry: false }))
    await connection.end()
    expect(verify('sha256', challenge, new X509Certificate(card.certificate).publicKey, signature)).toBe(true)
  })

  test('a read of extended length comes through the real service, byte for byte, and is fewer commands', async () => {
    const lengths = createLengthLessons()
    const read = async () => {
      const connection = must(await readers.connect(await cardReader()))
      expect(connection.carriesExtended).toBe(true)
      const session = openSession(connection)
      const { certificate } = must(await openJpki(session, lengths.on('counter')).readCertificate())
      await connection.end()
      expect(Buffer.from(certificate)).toEqual(Buffer.from(card.certificate))
      return session.apdus
    }
    expect([await read(), await read()]).toEqual([7, 6])
  })

  test('a signature that OpenSC makes on the card verifies with openssl', async () => {
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const message = file('message', 'the hub says hello')
    const digest = file('digest', createHash('sha256').update('the hub says hello').digest())
    const key = file('key.pem', new X509Certificate(card.certificate).publicKey.export({ type: 'spki', format: 'pem' }))
    const signature = join(folder, 'signature')
    await tool(
      'pkcs15-crypt',
      '--sign',
      '--sha-256',
      '--pkcs1',
      '--key',
      '01',
      '--pin',
      '1234',
      '--raw',
      '--input',
      digest,
      '--output',
      signature,
    )
    expect(await tool('openssl', 'dgst', '-sha256', '-verify', key, '-signature', signature, message)).toContain(
      'Verified OK',
    )
  })

  test('a signature made through OpenSC’s PKCS #11 module verifies with openssl', async () => {
    const message = join(folder, 'message')
    const signature = join(folder, 'signature.pkcs11')
    const key = join(folder, 'key.pem')
    writeFileSync(message, 'the hub says hello')
    writeFileSync(key, new X509Certificate(card.certificate).publicKey.export({ type: 'spki', format: 'pem' }))
    await tool(
      'pkcs11-tool',
      '--sign',
      '--mechanism',
      'SHA256-RSA-PKCS',
      '--id',
      '01',
      '--login',
      '--pin',
      '1234',
      '--input-file',
      message,
      '--output-file',
      signature,
    )
    expect(await tool('openssl', 'dgst', '-sha256', '-verify', key, '-signature', signature, message)).toContain(
      'Verified OK',
    )
  })

  test('a wrong PIN from OpenSC lowers the counter that we read by one', async () => {
    await expect(tool('pkcs15-tool', '--verify-pin', '--auth-id', '01', '--pin', '9999')).rejects.toThrow()
    const connection = must(await readers.connect(await cardReader()))
    const jpki = openJpki(openSession(connection))
    expect(must(await jpki.triesLeft())).toBe(2)
    await connection.end()
  })

  fault('reader', 'Another program wants the card that is being read', {
    seen: 'CARD_BUSY',
    data: 'The one that has it keeps it; both are told.',
    recovery: 'Whoever has it ends, and the other one reads it.',
  })
  test('while we hold the card others are told that it is taken, and the other way round', async () => {
    const name = await cardReader()
    const connection = must(await readers.connect(name))
    await expect(tool('opensc-tool', '-n')).rejects.toThrow()
    const other = createPcscReaders({ hostEntry: join(root, 'native/reader-host.ts'), log: silentLog })
    await other.ready()
    expect(await other.connect(name)).toEqual(fail('CARD_BUSY'))
    await other.close()
    await connection.end()
    expect((await tool('opensc-tool', '-n')).trim()).toBe('jpki')
  })

  test('nothing verified is left on the card after our session', async () => {
    const name = await cardReader()
    const first = must(await readers.connect(name))
    must(await openJpki(openSession(first)).sign(Buffer.alloc(32), Buffer.from('1234'), { spendLastTry: false }))
    await first.end()
    const second = must(await readers.connect(name))
    const digestInfo = `3031300d060960864801650304020105000420${'00'.repeat(32)}`
    const commands = ['00a4040c0ad392f000260100000001', '00a4020c020017', `802a008033${digestInfo}00`]
    const responses = must(await second.transmit(commands.map((command) => Buffer.from(command, 'hex'))))
    expect(responses.map((response) => Buffer.from(response).toString('hex'))).toEqual(['9000', '9000', '6982'])
    await second.end()
  })

  test('a card pulled in the middle is seen, and so is the next one', async () => {
    const connection = must(await readers.connect(await cardReader()))
    const jpki = openJpki(openSession(connection))
    detach?.()
    const result = await jpki.readCertificate()
    expect(result.ok ? 'read' : result.error.code).toBe('CARD_REMOVED')
    await connection.end()
    await eventually('the reader is empty', () => readerWith('card') === undefined)
    lay()
    const again = must(await readers.connect(await cardReader()))
    must(await openJpki(openSession(again)).triesLeft())
    await again.end()
  })

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'after %s to pcscd in the middle of a session, the next card is read without a restart of ours',
    async (signal) => {
      const connection = must(await readers.connect(await cardReader()))
      await pcscd.stop(signal)
      const result = await openJpki(openSession(connection)).triesLeft()
      expect(result.ok).toBe(false)
      await connection.end()
      await eventually('the readers are gone', () => readers.list().length === 0)
      await pcscd.start()
      const again = must(await readers.connect(await cardReader()))
      must(await openJpki(openSession(again)).triesLeft())
      await again.end()
    },
  )

  describe('the desk', () => {
    beforeAll(async () => {
      detach?.()
      await eventually('the reader is empty', () => readerWith('card') === undefined)
    })
    testDesk(() => pcscd)
    testCycles(() => pcscd)
  })

  test('a check-in on a real reader gives the same answers as on the virtual one', async () => {
    detach?.()
    const data = join(folder, 'data')
    const checkIn = async (...args: string[]) =>
      JSON.parse(await tool(process.execPath, 'dist/main/headless.js', '--once', '--json', '--data', data, ...args))
    const onVirtual = await checkIn()
    const command = execFile(
      process.execPath,
      ['dist/main/virtual-card.js', '--data', data, '--port', String(pcscd.port)],
      { cwd: root },
    )
    const onReal = await checkIn('--reader', 'pcsc').finally(() => command.kill())
    expect(onReal).toMatchObject({
      ok: true,
      answers: onVirtual.answers,
      benefits: onVirtual.benefits,
      apdus: onVirtual.apdus,
    })
    expect(onReal.files.length).toBe(2)
  })
})
