// What the sandbox hub can be asked, by clinics over HTTPS and by whoever runs it: apart from the server, because the
// switches tell it what to do wrong and are opened by it.
import { recordRoutes } from './clinic-records.ts'
import type { Fault } from './faults.ts'
import { requeryRoutes } from './requeries.ts'
import { schemeRoutes } from './schemes.ts'
import { sessionRoutes } from './sessions.ts'

/** The clinics' calls of docs/hub-api.yaml as routes. */
export const routes = {
  health: '/v1/health',
  ...sessionRoutes,
  ...requeryRoutes,
  ...recordRoutes,
  ...schemeRoutes,
} as const
export type Call = keyof typeof routes
export const isCall = (name: string): name is Call => Object.hasOwn(routes, name)

export interface SandboxHub {
  /** Origin of the clinics' door, for example `https://127.0.0.1:40123`. */
  readonly url: string
  /** Sets or clears (null) what the hub does wrong, in every call or in the one named `on`. Resolves when it holds. */
  setFault(fault: Fault | null, on?: Call): Promise<void>
  /** Whether the hub takes a clinic's word for a comparison of faces; the real one may not. */
  refuseVisual(refuses: boolean): void
  /** Opens the second door: the municipalities' uploads and the switches. Resolves to its origin. */
  openBackOffice(port?: number): Promise<string>
  close(): Promise<void>
}
