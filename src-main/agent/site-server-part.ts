// How it stands with the site's server, on the pages; and what came of having been without it: what two desks have both changed
// is shown until somebody has looked at it.
import { ruleScheme } from '../checkin/clinic-rules.ts'
import type { Conflict } from '../contract/conflicts.ts'
import type { Pages, PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import type { ConflictView } from '../contract/site-server.ts'
import type { SchemeMaster } from '../eligibility/schemes.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import type { News } from '../ground/news.ts'
import { ok } from '../ground/result.ts'
import type { Conflicts } from '../store/conflicts.ts'
import type { StorePart } from '../store/part.ts'
import type { StaffList } from '../store/staff.ts'
import type { Visits } from '../store/visits.ts'
import type { AgentOptions } from './terms.ts'

interface Ports {
  readonly store: Conflicts & Pick<Visits, 'visit'> & Pick<StaffList, 'staff'>
  readonly clinic: () => { readonly master: SchemeMaster }
  readonly roster: { find(visitId: string): unknown }
  readonly clock: Clock
  readonly news: News
}

export async function openSiteServerPart(
  { siteServer }: Pick<AgentOptions, 'siteServer'>,
  { away }: Pick<StorePart, 'away'>,
  ports: Ports,
) {
  const { store, clinic, roster, clock, news } = ports
  siteServer?.onChange(news.tell)
  // A desk that has its records itself has none, and one that is alone does not know them.
  const readConflicts = async () => (siteServer && !away ? store.conflicts() : [])
  // What is still to be merged once a desk stands on its site's server is merged before its next start, and not earlier.
  const isUnmerged = siteServer?.isUnmerged() ?? false
  let open = await readConflicts()
  const readAnew = async () => {
    open = await readConflicts()
    news.tell()
  }

  const view = (): Reception['siteServer'] => {
    if (!siteServer) return null
    if (away) return { state: 'alone', since: away.since, failure: siteServer.mergeFailure() }
    const silence = siteServer.silence()
    if (silence) return { state: 'silent', ...silence }
    return { state: 'up', conflicts: open.length, unmerged: isUnmerged ? { failure: siteServer.mergeFailure() } : null }
  }
  const conflictView = async (conflict: Conflict, names: ReadonlyMap<string, string>): Promise<ConflictView> => {
    const { id, desk, at, staffId, visitId, content } = conflict
    const visit = visitId === null ? undefined : (await store.visit(visitId))?.visit
    return {
      id,
      desk,
      at,
      staff: staffId === null ? null : (names.get(staffId) ?? null),
      visit: visit
        ? {
            id: visit.id,
            number: visit.number,
            day: visit.day,
            name: visit.patient?.name ?? null,
            isListed: roster.find(visit.id) !== undefined,
          }
        : null,
      content,
      schemes: keysIn(content).map((key) => ruleScheme(clinic().master, key)),
    }
  }
  const page: Pages['conflicts'] = {
    open: async () => {
      await readAnew()
      return ok(undefined)
    },
    async view() {
      const names = new Map(open.length > 0 ? (await store.staff()).map(({ id, name }) => [id, name]) : [])
      return { name: 'conflicts', conflicts: await Promise.all(open.map((each) => conflictView(each, names))) }
    },
  }
  return {
    view: () => ({ siteServer: view() }),
    follows: { conflicts: readAnew },
    calls: {
      async resolveConflict({ conflictId }) {
        await readAnew()
        // Somebody at another desk was faster.
        if (!open.some(({ id }) => id === conflictId)) return ok(undefined)
        const resolved = await store.resolveConflict(conflictId, { at: clinicMoment(clock.now()) })
        await readAnew()
        return resolved
      },
    },
    pages: { conflicts: page },
  } satisfies PartWith
}

function keysIn(content: Conflict['content']): readonly string[] {
  if (content.kind !== 'claimOrder' && content.kind !== 'chosenHelps') return []
  return [...new Set([...(content.here ?? []), ...(content.site ?? [])])]
}
