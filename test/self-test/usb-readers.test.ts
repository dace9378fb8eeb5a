// What is in a USB port and looks like a card reader, by what Linux shows of its devices; and what only has a name like one.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { devicesOfLinux, likelyReader } from '../../src-main/self-test/usb-readers.ts'
import { temporaryFolder } from '../support.ts'
import { onWindows } from '../system.ts'

/** As /sys/bus/usb/devices shows them: the device, and each interface beside it. */
function usb(
  devices: Readonly<Record<string, { manufacturer?: string; product?: string; classes: readonly string[] }>>,
) {
  const folder = temporaryFolder()
  for (const [device, { manufacturer, product, classes }] of Object.entries(devices)) {
    mkdirSync(join(folder, device))
    if (manufacturer) writeFileSync(join(folder, device, 'manufacturer'), `${manufacturer}\n`)
    if (product) writeFileSync(join(folder, device, 'product'), `${product}\n`)
    for (const [index, each] of classes.entries()) {
      const path = join(folder, `${device}:1.${index}`)
      mkdirSync(path)
      writeFileSync(join(path, 'bInterfaceClass'), `${each}\n`)
    }
  }
  return folder
}

// Windows has no names with a colon, and is asked in another way.
describe.skipIf(onWindows)('a USB port', () => {
  test('a reader is known by its class, whatever it is called', async () => {
    const folder = usb({
      '1-1': { product: 'USB Device', classes: ['0b'] },
      '1-2': { product: 'Keyboard', classes: ['03'] },
    })
    const devices = await devicesOfLinux(folder)
    expect(likelyReader(devices)).toBe('USB Device')
  })

  test('one of a class of its own is guessed by the name under which it is sold', async () => {
    const folder = usb({ '1-1': { manufacturer: 'SONY', product: 'RC-S380/P', classes: ['ff'] } })
    expect(likelyReader(await devicesOfLinux(folder))).toBe('SONY RC-S380/P')
  })

  test('keyboards and readers of memory cards are none, and a system without USB has none', async () => {
    const folder = usb({
      '1-1': { manufacturer: 'Generic', product: 'USB3.0 Card Reader', classes: ['08'] },
      '1-2': { manufacturer: 'Logitech', product: 'USB Receiver', classes: ['03', '03'] },
    })
    expect(likelyReader(await devicesOfLinux(folder))).toBeNull()
    expect(await devicesOfLinux(join(folder, 'nothing'))).toEqual([])
  })
})
