// The card's side of the virtual reader driver's protocol, over real sockets: the test is the driver.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { LyingCard } from '../../../src-main/stand-ins/card/disturbances.ts'
import { attachToVpcd, type VpcdState } from '../../../src-main/stand-ins/card/vpcd.ts'
import { eventually } from '../../support.ts'

const getAtr = '000104'
const powerOn = '000101'
const powerOff = '000100'
const reset = '000102'

/** A driver on a free port, and a card that answers every command with itself and notes every reset. */
async function openDriver() {
  const sockets: Socket[] = []
  let received = ''
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received += chunk.toString('hex')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const log: string[] = []
  const card: LyingCard = {
    atr: Uint8Array.of(0x3b, 0x80),
    async transmit(command) {
      log.push(Buffer.from(command).toString('hex'))
      return Uint8Array.of(...command, 0x90, 0x00)
    },
    reset: () => void log.push('reset'),
  }
  const attached: VpcdState[] = []
  const detach = attachToVpcd({
    lay: () => card,
    host: '127.0.0.1',
    port: address.port,
    onChange: (state) => attached.push(state),
  })
  onTestFinished(() => {
    detach()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await eventually('the card is attached', () => sockets.length === 1)
  return {
    log,
    attached,
    sockets,
    detach,
    received: () => received,
    write: (hex: string) => sockets.at(-1)?.write(Buffer.from(hex, 'hex')),
  }
}

test('controls that share a segment are all obeyed, and only the question about the ATR is answered', async () => {
  const driver = await openDriver()
  driver.write(powerOff + powerOn + reset + getAtr)
  await eventually('the ATR comes', () => driver.received() !== '')
  expect(driver.received()).toBe('00023b80')
  expect(driver.log).toEqual(['reset', 'reset', 'reset'])
})

test('a command that comes byte by byte is put together', async () => {
  const driver = await openDriver()
  for (const byte of ['00', '05', '00', 'b0', '00', '00', '00']) {
    driver.write(byte)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await eventually('the answer comes', () => driver.received() !== '')
  expect(driver.received()).toBe('000700b00000009000')
  expect(driver.log).toEqual(['00b0000000'])
})

test('when the driver goes and comes back the card is laid on it again, reset', async () => {
  const driver = await openDriver()
  driver.write(getAtr)
  await eventually('the ATR comes', () => driver.received() === '00023b80')
  expect(driver.attached).toEqual(['laid'])
  driver.sockets[0]?.destroy()
  await eventually('the card is attached again', () => driver.sockets.length === 2)
  expect(driver.attached).toEqual(['laid', 'absent'])
  expect(driver.log).toEqual(['reset'])
  driver.write(getAtr)
  await eventually('the ATR comes', () => driver.received() === '00023b8000023b80')
  expect(driver.attached).toEqual(['laid', 'absent', 'laid'])
})

test('a card that is taken away stays away', async () => {
  const driver = await openDriver()
  driver.write(powerOn)
  await eventually('this is told', () => driver.attached.length === 1)
  driver.detach()
  await eventually('the driver sees it go', () => driver.sockets[0]?.closed === true)
  expect(driver.attached).toEqual(['laid'])
})

test('a slot where somebody answers the call but no driver speaks is not told as a laid card', async () => {
  const driver = await openDriver()
  await eventually('the silence is told', () => driver.attached.length > 0)
  expect(driver.attached).toEqual(['silent'])
  driver.write(powerOn)
  await eventually('the card before it was taken away', () => driver.attached.length > 1)
  expect(driver.attached).toEqual(['silent', 'laid'])
})
