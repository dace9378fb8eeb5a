// An X server with two displays that can be plugged and unplugged: Xorg's own for computers without any (`dummy`), whose
// sixteen outputs are switched on and off like cables. Xvfb has one output for ever.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveToUser } from './desktop.ts'
import { type Display, manage } from './display.ts'
import { session } from './told.ts'

const server = '/usr/lib/xorg/Xorg'

/** Why there cannot be one here; null when there can. `npm test` says what to install. */
export const missingForTwoDisplays = (): string | null =>
  existsSync(server) &&
  existsSync('/usr/lib/xorg/modules/drivers/dummy_drv.so') &&
  !spawnSync('xrandr', ['--version']).error
    ? null
    : 'the X server for two displays is not installed'

export interface TwoDisplays extends Display {
  /** A second one of 800×600, right of the first of 1024×768. */
  plug(): void
  unplug(): void
}

export async function openTwoDisplays(): Promise<TwoDisplays> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-displays-'))
  const settings = join(folder, 'xorg.conf')
  writeFileSync(
    settings,
    [
      'Section "ServerFlags"',
      // No mouse, no keyboard and no graphics card of this computer.
      'Option "AutoAddDevices" "false"',
      'Option "AutoAddGPU" "false"',
      'EndSection',
      'Section "Device"',
      'Identifier "none"',
      'Driver "dummy"',
      'VideoRam 64000',
      'EndSection',
      'Section "Screen"',
      'Identifier "screen"',
      'Device "none"',
      'DefaultDepth 24',
      'SubSection "Display"',
      'Depth 24',
      'Modes "1024x768"',
      'Virtual 1824 768',
      'EndSubSection',
      'EndSection',
      '',
    ].join('\n'),
  )
  giveToUser(folder)
  const words = [
    '-config',
    settings,
    '-logfile',
    join(folder, 'log'),
    '-noreset',
    '-nolisten',
    'tcp',
    '-displayfd',
    '3',
  ]
  const display = await manage(
    // It asks for no console of its own.
    spawn(session.asUser, [server, ...words, '-novtswitch', '-sharevts', 'vt7'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    }),
  )
  const second = (...how: string[]) => display.run('xrandr', '--output', 'DUMMY1', ...how)
  display.run('xrandr', '--addmode', 'DUMMY1', '800x600')
  return {
    ...display,
    plug: () => second('--mode', '800x600', '--right-of', 'DUMMY0'),
    unplug: () => second('--off'),
    close() {
      display.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
