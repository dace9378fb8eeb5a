// The training clinic's certificates for agents that run on a test's clock. TLS knows no clock but the system's, so the
// hub's side is valid on every day on which somebody may run the tests; the cards have their ages on the given clock.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { type Clock, clinicDay, systemClock } from '../src-main/ground/clock.ts'
import { clientAuth, issue, newAuthority, p256, serverAuth } from '../src-main/stand-ins/certificates/authority.ts'
import { openTrainingPki } from '../src-main/stand-ins/certificates/pki.ts'
import { testClock, testStart } from './clock.ts'
import { keptCertificates } from './kept-certificates.ts'

const since = new Date('2000-01-01T00:00:00Z')
const until = new Date('2090-01-01T00:00:00Z')
const names = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
] as const

const made = new Map<number, Promise<ReadonlyMap<string, string>>>()

/** When the certificates of a clock are made: the computer's own runs through the day, and makes them at its beginning. */
function momentOf(clock: Clock): Date {
  if (clock === testClock) return testStart
  return clock === systemClock ? new Date(`${clinicDay(clock.now())}T00:00:00+09:00`) : clock.now()
}

/** Files by name. */
function filesFor(clock: Clock) {
  const moment = momentOf(clock)
  const files = made.get(moment.getTime()) ?? make(moment)
  made.set(moment.getTime(), files)
  return files
}

async function make(moment: Date): Promise<ReadonlyMap<string, string>> {
  const folder = await keptCertificates('madoguchi-lasting-certificates', moment, (own) => makeLasting(own, moment))
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const)),
  )
}

async function makeLasting(folder: string, moment: Date): Promise<void> {
  await openTrainingPki(folder, moment)
  const file = join(folder, 'training-pki.json')
  const bundle = z.looseObject({}).parse(JSON.parse(await readFile(file, 'utf8')))
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
  await writeFile(file, JSON.stringify(lasting))
}

/** Puts them into a folder. */
export async function writeTrainingFolder(folder: string, clock: Clock): Promise<void> {
  for (const [name, content] of await filesFor(clock)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
}
