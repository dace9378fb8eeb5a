// Whose turn it is at a folder of the terminal, among the desks that have one store between them. The folder's own record keeps
// desks of different stores apart (hub/terminal/desk-watch.ts); within a site it is a lease, so that another desk takes over within
// seconds, and one that slept is told so by the store before anything of it counts.
import { type Log, stackOf } from '../../ground/log.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { FolderTurn } from '../../hub/terminal/terminal.ts'
import type { Duty } from '../../store/duties.ts'
import type { Lease, SharedWork } from '../../store/leases.ts'

export interface SharedFolderTurn extends FolderTurn {
  /** Under which a result is taken now. Errors: LEASE_LOST. */
  lease(): Promise<Result<Lease>>
  /** A result that was taken under it was refused. */
  lost(lease: Lease): void
}

export function createFolderTurn(ports: {
  readonly dutyOf: (what: SharedWork) => Duty
  readonly log: Log
}): SharedFolderTurn {
  const { dutyOf, log } = ports
  let at: { readonly folder: string; readonly duty: Duty } | null = null
  const listeners: ((isOurs: boolean) => void)[] = []
  const known = new Set<string>()
  const tell = (isOurs: boolean) => {
    for (const listener of listeners) listener(isOurs)
  }

  /** Whoever is told that it is not ours leaves a result alone, and finds it again once it is. */
  const take = async (): Promise<Lease | null> => {
    const asked = at
    const lease = (await asked?.duty.take()) ?? null
    if (at === asked) tell(lease !== null)
    return at === asked ? lease : null
  }
  /** Nobody waits for it; a bug in it is told. */
  const inBackground = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) }))
  }

  const dutyAt = (folder: string): Duty => {
    const duty = dutyOf(`terminal ${folder}`)
    if (known.has(folder)) return duty
    known.add(folder)
    duty.onTurn(() => {
      if (at?.folder === folder) inBackground(take)
    })
    duty.onLost(() => {
      if (at?.folder === folder) tell(false)
    })
    return duty
  }

  return {
    at(folder) {
      if (folder === (at?.folder ?? null)) return
      const before = at
      at = folder === null ? null : { folder, duty: dutyAt(folder) }
      inBackground(async () => {
        await before?.duty.pass()
        await take()
      })
    },
    isOurs: async () => (await take()) !== null,
    async seize() {
      if (!at) return fail('TERMINAL_FOLDER_MISSING', { field: 'madoguchi' })
      const seized = await at.duty.seize()
      if (seized.ok) tell(true)
      return seized
    },
    onTurn: (listener) => void listeners.push(listener),
    async lease() {
      const lease = await take()
      return lease ? ok(lease) : fail('LEASE_LOST')
    },
    lost: (lease) => at?.duty.lost(lease),
  }
}
