// What the middle of the screen is about besides the counter: a visit of the list that somebody looks up, or a page.
import type { PageName } from '../contract/pages.ts'

export interface LookedAt {
  page(): PageName
  turnTo(page: PageName): void
  visitId(): string | null
  /** Shows a visit of the list, or with null the counter. */
  show(visitId: string | null): void
  /** As `show`, unless somebody is looking another one up. */
  suggest(visitId: string): void
  /** Puts the visit away that is looked up, where it is not one of these any more. */
  keepOnly(isListed: (visitId: string) => boolean): void
}

export function createLookedAt(): LookedAt {
  let shownId: string | null = null
  let page: PageName = 'counter'
  return {
    page: () => page,
    turnTo(name) {
      page = name
    },
    visitId: () => shownId,
    show(visitId) {
      shownId = visitId
      page = 'counter'
    },
    suggest(visitId) {
      shownId ??= visitId
    },
    keepOnly(isListed) {
      if (shownId !== null && !isListed(shownId)) shownId = null
    },
  }
}
