// The headless desk while its settings cannot be used: the page stands at its address and says what is wrong, and nothing else of
// the agent is there. Once they are mended the desk comes at the same port, for the same pages.
import type { Unsettled } from '../contract/told.ts'
import type { Ending } from '../ground/ending.ts'
import { ok, type Result } from '../ground/result.ts'
import { type UnsettledOptions, untilSettled } from '../settings/unsettled.ts'
import type { KeptKeys } from './door-keys.ts'
import { type HeadlessServer, startHeadlessServer } from './headless-server.ts'

type ServerOptions = Omit<Parameters<typeof startHeadlessServer>[0], 'agent'>

/**
 * Resolves when they can be used, with what the desk's own server takes over; `opened`: its page stands. Where the program is
 * told to end meanwhile it does. Errors: those of the server.
 */
export async function holdStart(options: {
  readonly settings: Omit<UnsettledOptions, 'told' | 'signal'>
  readonly server: ServerOptions
  readonly ending: Ending
  readonly opened: (server: HeadlessServer) => void
}): Promise<Result<{ readonly port: number; readonly keptKeys: KeptKeys }>> {
  const { settings, ending, opened } = options
  const ended = new AbortController()
  const listeners = new Set<() => void>()
  let keptKeys = options.server.keptKeys ?? []
  let now: Unsettled | null = null
  const mended = untilSettled({
    ...settings,
    signal: ended.signal,
    told(unsettled) {
      now = unsettled
      for (const listener of listeners) listener()
    },
  })
  const server = await startHeadlessServer({
    ...options.server,
    onEntered(door, keys) {
      keptKeys = keys
      options.server.onEntered?.(door, keys)
    },
    agent: {
      unsettled: () => now ?? { line: 'unsettled', failure: settings.first, files: [] },
      onUnsettled(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  })
  if (!server.ok) {
    ended.abort()
    return server
  }
  ending.stopWith(async () => {
    ended.abort()
    await server.value.close()
  })
  opened(server.value)
  await mended
  await server.value.close()
  return ok({ port: server.value.port, keptKeys })
}
