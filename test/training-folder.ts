// The training clinic's certificates for agents that run on a test's clock. TLS knows no clock but the system's, so the
// hub's side is valid on every day on which somebody may run the tests; the cards have their ages on the given clock.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../src-main/contract/clock.ts'
import { clientAuth, issue, newAuthority, p256, serverAuth } from '../src-main/training/authority.ts'
import { openTrainingPki } from '../src-main/training/pki.ts'

const since = new Date('2020-01-01T00:00:00Z')
const until = new Date('2090-01-01T00:00:00Z')
const names = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
] as const

/** Files by name. Making them takes half a second. */
export async function makeTrainingFolder(clock: Clock): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-training-'))
  try {
    await openTrainingPki(folder, clock.now())
    const bundle = z.looseObject({}).parse(JSON.parse(await readFile(join(folder, 'training-pki.json'), 'utf8')))
    const hubCa = await newAuthority('C=JP, O=Madoguchi Tests, CN=Test Hub CA', p256, since, until)
    const hubSide = { notBefore: since, notAfter: until }
    const subject = 'C=JP, O=Madoguchi Tests'
    const server = { ...hubSide, subject: `${subject}, CN=localhost`, usages: [serverAuth], names }
    const client = { ...hubSide, subject: `${subject}, CN=Test Clinic, 2.5.4.5=1312345670`, usages: [clientAuth] }
    const lasting = {
      ...bundle,
      hubCa,
      server: await issue(hubCa, p256, server),
      expiredServer: await issue(hubCa, p256, { ...server, notAfter: new Date('2020-02-01T00:00:00Z') }),
      client: await issue(hubCa, p256, client),
    }
    return new Map([['training-pki.json', JSON.stringify(lasting)]])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
