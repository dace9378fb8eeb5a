// The parts the hub's tests share: the training certificates in a folder of their own, a clock that the test owns, the
// real sandbox hub, and a client that talks to it.
import { sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Eligibility } from '../../src-main/eligibility/model.ts'
import type { Result } from '../../src-main/ground/result.ts'
import type { PmhOptions } from '../../src-main/hub/pmh/calls.ts'
import { createPmhSource, type PmhSource } from '../../src-main/hub/pmh/client.ts'
import type { EligibilitySource } from '../../src-main/hub/source.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { type SandboxOptions, startSandboxHub } from '../../src-main/stand-ins/hub/sandbox-hub.ts'
import { testClock } from '../clock.ts'
import { writeTrainingFolder } from '../training-folder.ts'

export const today = '2026-11-23'

export async function openTrainingHub(options: Partial<SandboxOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-hub-'))
  await writeTrainingFolder(folder, testClock)
  const pki = options.pki ?? (await openTrainingPki(folder, testClock.now()))
  let ahead = 0
  const clock = { now: () => new Date(testClock.now().getTime() + ahead) }
  const hub = await startSandboxHub({ pki, clock, ...options })
  const sources: PmhSource[] = []

  const card = (persona: string) => {
    const found = pki.cards.get(persona)
    if (!found) throw new Error(`no sample card ${persona}`)
    return {
      certificate: found.certificate,
      sign: (challenge: Uint8Array) => new Uint8Array(sign('sha256', challenge, found.privateKey)),
    }
  }

  return {
    /** Holds hub-ca.pem, client.pem and client-key.pem for other programs. */
    folder,
    pki,
    clock,
    hub,
    card,
    passTime(ms: number) {
      ahead += ms
    },
    connect(options: Partial<PmhOptions> = {}) {
      const source = createPmhSource({
        url: hub.url,
        ca: pki.hub.ca,
        identity: { certificate: pki.hub.clientCertificate, key: pki.hub.clientKey },
        clock,
        ...options,
      })
      sources.push(source)
      return source
    },
    async close() {
      for (const source of sources) await source.close()
      await hub.close()
      await rm(folder, { recursive: true })
    },
  }
}
export type TrainingHub = Awaited<ReturnType<typeof openTrainingHub>>

/** The whole conversation for one card; the first failure ends it. */
export async function ask(
  source: EligibilitySource,
  card: ReturnType<TrainingHub['card']>,
  day = today,
): Promise<Result<Eligibility>> {
  const session = await source.openSession(card.certificate, 'pin')
  if (!session.ok) return session
  const patient = await source.prove(session.value, { method: 'pin', signature: card.sign(session.value.challenge) })
  if (!patient.ok) return patient
  return source.fetchEligibility(session.value, patient.value, day)
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`failed with ${result.error.code}`)
  return result.value
}

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)
