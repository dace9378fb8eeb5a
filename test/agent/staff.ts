// The staff of a clinic for a test: enrolled at the computer by the command, and what their authenticators show.
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { z } from 'zod'
import type { Role } from '../../src-main/contract/staff.ts'
import type { Clock } from '../../src-main/ground/clock.ts'
import { ok } from '../../src-main/ground/result.ts'
import { ownFileOnly } from '../../src-main/settings/layers.ts'
import { carryOut } from '../../src-main/shell/commands/commands.ts'
import { openHeadlessKey } from '../../src-main/shell/headless-key-store.ts'
import { siteOf } from '../site.ts'
import { root } from '../support.ts'

const enrolledSchema = z.object({ ok: z.literal(true), link: z.string() })

/** Runs `madoguchi staff …` on a data folder. */
export async function staffCommand(dataDir: string, words: readonly string[]) {
  const own = { dataDir, keyStore: openHeadlessKey(dataDir), migrationsDir: join(root, 'migrations') }
  const place = { ...own, ...siteOf(dataDir) }
  const { said } = await carryOut(['staff', ...words], {
    typed: 'npm run madoguchi --',
    hasOtherFolders: true,
    place: async () => ok(place),
    sources: ownFileOnly,
    program: { entries: { readerHost: '', deliveryThread: '', folderThread: '', photoThread: '' }, version: 'test' },
  })
  return said
}

/** What one's authenticator shows; `steps` further on. */
export type Authenticator = (clock: Clock, steps?: number) => string

export function authenticatorOf(answer: object): Authenticator {
  const { searchParams } = new URL(enrolledSchema.parse(answer).link)
  const totp = new TOTP({ secret: searchParams.get('secret') ?? '' })
  return (clock, steps = 0) => totp.generate({ timestamp: clock.now().getTime() + steps * 30_000 })
}

export async function enrol(dataDir: string, code: string, role: Role, more: readonly string[] = []) {
  const said = await staffCommand(dataDir, ['add', code, '--name', `職員${code}`, '--role', role, ...more])
  return authenticatorOf(said.answer)
}
