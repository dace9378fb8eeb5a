// How it stands with the site's server, on the pages.
import type { PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import type { News } from '../ground/news.ts'
import type { StorePart } from '../store/part.ts'
import type { AgentOptions } from './terms.ts'

export function createSiteServerPart(
  { siteServer }: Pick<AgentOptions, 'siteServer'>,
  { away }: Pick<StorePart, 'away'>,
  news: News,
) {
  siteServer?.onChange(news.tell)
  const view = (): Reception['siteServer'] => {
    // This desk has its records itself.
    if (!siteServer) return null
    if (away) return { state: 'alone', since: away.since, failure: siteServer.mergeFailure() }
    const silence = siteServer.silence()
    return silence ? { state: 'silent', ...silence } : { state: 'up', conflicts: 0 }
  }
  return { view: () => ({ siteServer: view() }) } satisfies PartWith
}
