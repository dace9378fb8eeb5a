// An ORCA whose certificate comes from the clinic's own CA, which clinic IT has put into the system's store and nowhere else.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { otherAuthority } from '../../hub/other-authority.ts'
import { temporaryFolder } from '../../support.ts'
import { onWindows } from '../../system.ts'
import { startOrca } from './stand-in-orca.ts'

const authority = await otherAuthority('CN=Clinic IT')

/** What a call says, from a program of its own: a store is read once. */
async function callFrom(environment: Record<string, string>, url: string): Promise<string> {
  const words = [join(import.meta.dirname, 'call-orca.ts'), url]
  const program = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const [said] = await Promise.all([text(program.stdout), once(program, 'exit')])
  return said
}

async function clinicOrca() {
  const { certificate, key } = await authority.issue('CN=orca')
  const { url } = await startOrca({ tls: { cert: certificate, key } })
  return url.replace('127.0.0.1', 'localhost')
}

test('is not trusted by anybody who has not been told of it', async () => {
  expect(await callFrom({}, await clinicOrca())).toBe('ORCA_UNTRUSTED')
})

// Windows' own store is not to be filled under Wine: what is put into it is not found there by the next program.
test.skipIf(onWindows)("is trusted where the CA is in OpenSSL's store", async () => {
  const file = join(temporaryFolder(), 'store.pem')
  writeFileSync(file, authority.ca)
  expect(await callFrom({ SSL_CERT_FILE: file }, await clinicOrca())).toBe('ok')
})
