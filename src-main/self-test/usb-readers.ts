// A guess for whoever plugged a reader in and sees none: a device in a USB port that looks like one although the smart card
// service does not know it. What a system tells of its devices is read; nothing is opened.
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

export interface UsbDevice {
  readonly name: string
  /** It says itself to be a smart card reader (USB class 0B, Windows' class SmartCardReader). */
  readonly isSmartCard: boolean
}

/** Names under which readers are sold. A reader of memory cards is none. */
const looksLike =
  /pasori|felica|rc-s[0-9]{3}|smart ?card|ic ?card|ccid|nfc|\bacr[0-9]|utrust|identiv|gemalto|\bscr ?[0-9]/i

/** The first that looks like a reader; null: none does. */
export const likelyReader = (devices: readonly UsbDevice[]): string | null =>
  devices.find(({ isSmartCard, name }) => isSmartCard || looksLike.test(name))?.name ?? null

/** Empty where the system does not tell. */
export async function usbDevices(platform: NodeJS.Platform = process.platform): Promise<readonly UsbDevice[]> {
  if (platform === 'linux') return devicesOfLinux('/sys/bus/usb/devices')
  return platform === 'win32' ? devicesOfWindows() : []
}

const smartCardClass = '0b'

/** `folder`: as the kernel shows its devices; interfaces lie beside them as `1-2:1.0`. */
export async function devicesOfLinux(folder: string): Promise<readonly UsbDevice[]> {
  const names = await readdir(folder).catch((): string[] => [])
  const read = (...path: string[]) =>
    readFile(join(folder, ...path), 'utf8').then(
      (text) => text.trim(),
      () => '',
    )
  const devices: UsbDevice[] = []
  for (const device of names.filter((name) => !name.includes(':'))) {
    const name = [await read(device, 'manufacturer'), await read(device, 'product')].filter(Boolean).join(' ')
    const interfaces = names.filter((other) => other.startsWith(`${device}:`))
    const classes = await Promise.all(interfaces.map((each) => read(each, 'bInterfaceClass')))
    if (name !== '' || classes.includes(smartCardClass)) {
      devices.push({ name: (name || device).slice(0, 100), isSmartCard: classes.includes(smartCardClass) })
    }
  }
  return devices
}

const windowsDevices = z.array(z.looseObject({ Name: z.string(), PNPClass: z.string().nullable() }))

/** Asked of Windows in a way that does not depend on its language. */
async function devicesOfWindows(): Promise<readonly UsbDevice[]> {
  const ask =
    'ConvertTo-Json -Compress @(Get-CimInstance Win32_PnPEntity -Filter "PNPDeviceID LIKE \'USB%\' AND Present = TRUE" | Select-Object Name,PNPClass)'
  try {
    const { stdout } = await promisify(execFile)(
      join(process.env.SystemRoot ?? 'C:\\Windows', 'System32/WindowsPowerShell/v1.0/powershell.exe'),
      ['-NoProfile', '-NonInteractive', '-Command', `[Console]::OutputEncoding = [Text.Encoding]::UTF8; ${ask}`],
      { timeout: 8_000, windowsHide: true },
    )
    return windowsDevices.parse(JSON.parse(stdout)).map(({ Name, PNPClass }) => ({
      name: Name.slice(0, 100),
      isSmartCard: PNPClass === 'SmartCardReader',
    }))
  } catch {
    return []
  }
}
