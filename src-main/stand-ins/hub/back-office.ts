// The sandbox hub's second door, with a port of its own: municipalities come in by their own certificates, and the
// switches by any certificate of the sandbox. Loaded only where it is opened: a training clinic needs neither.
import type { FastifyInstance } from 'fastify'
import type { SandboxHub } from './calls.ts'
import { createDoor } from './door.ts'
import { addMunicipality } from './municipality.ts'
import type { Registry } from './registry.ts'
import { addSwitches } from './switches.ts'

export function createBackOffice(hub: SandboxHub, registry: Registry): FastifyInstance {
  const door = createDoor(registry.pki, registry.clock)
  door.register((office) => addMunicipality(office, registry))
  door.register((office) => addSwitches(office, hub, registry))
  return door
}
