// When a page shows a state: it says so itself. That something on it has changed says nothing: a part that is fetched later, or
// a sentence that goes after a while, may come between, and a test would act on the state before.
import type { Page } from 'playwright'
import { eventually } from '../support.ts'

/** Waits until the page shows what it was told under this revision, with every part of it that is fetched later. */
export const drawn = (page: Page, revision: number) =>
  eventually(`the state ${revision} on the page`, () =>
    page.evaluate(
      (told) => document.documentElement.dataset.revision === told && !document.querySelector('[data-coming]'),
      String(revision),
    ),
  )
