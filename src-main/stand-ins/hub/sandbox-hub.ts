// The sandbox hub: a real HTTPS server on loopback that does what docs/hub-api.yaml says. It checks what the real hub
// has to check (client certificate, certificate chain and dates, the link between certificate and person, a challenge
// used once, the signature) and can be told to misbehave. The clinics' door is always open; the municipalities' door
// and the switches behind it open only where somebody asks for them.
import type { Clock } from '../../ground/clock.ts'
import type { TrainingPki } from '../certificates/pki.ts'
import { routes, type SandboxHub } from './calls.ts'
import { addRecords } from './clinic-records.ts'
import { createDoor, holderOf, isClinic } from './door.ts'
import { createFaultSwitch } from './faults.ts'
import { problem } from './problem.ts'
import { createRegistry } from './registry.ts'
import { addRequeries } from './requeries.ts'
import { addSchemes } from './schemes.ts'
import { addSessions, type Method } from './sessions.ts'

export interface SandboxOptions {
  readonly pki: TrainingPki
  readonly clock: Clock
  /** Of the clinics' door; a free one if none is given. */
  readonly port?: number
  /** The rate of re-queries that the hub allows a clinic. */
  readonly personsPerMinute?: number
}

/** Listens on 127.0.0.1. */
export async function startSandboxHub(options: SandboxOptions): Promise<SandboxHub> {
  const { pki } = options
  const faults = createFaultSwitch()
  const clock: Clock = { now: () => new Date(options.clock.now().getTime() + faults.clockOffsetMs()) }
  const registry = createRegistry(pki, clock)
  const refused = new Set<Method>()

  const door = createDoor(pki, clock)
  door.addHook('onRequest', async (request, reply) => {
    if (!isClinic(holderOf(request.socket))) return problem(reply, 403, 'client_not_allowed')
  })
  let port = options.port ?? 0
  faults.attach(door, pki, () => port)
  door.get(routes.health, async () => ({ status: 'ok' }))
  addSessions(door, registry, refused)
  addRequeries(door, registry, options.personsPerMinute ?? 600)
  addRecords(door, registry)
  addSchemes(door, registry)
  const url = await door.listen({ host: '127.0.0.1', port })
  port = Number(new URL(url).port)

  const closers: (() => Promise<unknown>)[] = []
  const hub: SandboxHub = {
    url,
    setFault: (fault, on) => faults.set(fault, on && routes[on]),
    refuseVisual(refuses) {
      if (refuses) refused.add('visual')
      else refused.delete('visual')
    },
    async openBackOffice(backPort = 0) {
      const { createBackOffice } = await import('./back-office.ts')
      const backOffice = createBackOffice(hub, registry)
      closers.push(() => backOffice.close())
      return backOffice.listen({ host: '127.0.0.1', port: backPort })
    },
    async close() {
      // Fastify closes what listens.
      await faults.set(null)
      await Promise.all([door.close(), ...closers.map((close) => close())])
    },
  }
  return hub
}
