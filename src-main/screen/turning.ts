// Turning to a page of the screen, and to a visit. A page may take long to open (it looks into folders of others): the one that
// was asked for last is the one that is shown; and what is only read again brings nobody back who has turned elsewhere.
import type { CallRequest } from '../contract/calls.ts'
import type { PageName } from '../contract/pages.ts'
import { ok, type Result } from '../ground/result.ts'
import type { LookedAt } from './looked-at.ts'

/** `open`: what has to be done before a page can be shown; undefined: nothing. */
export function createTurning(
  lookedAt: Pick<LookedAt, 'page' | 'turnTo' | 'show'>,
  open: (page: PageName) => Promise<Result<void>> | undefined,
) {
  let turns = 0
  return {
    async showVisit({ visitId }: CallRequest<'showVisit'>): Promise<Result<void>> {
      turns++
      lookedAt.show(visitId)
      return ok(undefined)
    },
    async openPage({ page, isAgain = false }: CallRequest<'openPage'>): Promise<Result<void>> {
      if (isAgain && lookedAt.page() !== page) return ok(undefined)
      if (!isAgain) turns++
      const turn = turns
      const opened = (await open(page)) ?? ok(undefined)
      if (opened.ok && !isAgain && turn === turns) lookedAt.turnTo(page)
      return opened
    },
  }
}
