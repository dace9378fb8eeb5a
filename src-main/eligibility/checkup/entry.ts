// What is looked at before a checkup is registered: whether everything was done that the subsidy asks for, and whether the
// municipality has to be told promptly. The points are a questionnaire's; whether support is needed, staff judge.
import type { CheckupEntry } from '../registrations.ts'
import { type CheckupItem, checkupOf } from './checkups.ts'

/** What a measurement says of an item that was done. */
export const done = '実施'
/** What staff judged, and what counts whatever the points say; with the values they may have. */
export const support = { item: '支援の判断', needed: '必要', notNeeded: '不要' } as const
export const loss = { item: '流産・死産', said: 'あり' } as const

type Entered = Pick<CheckupEntry, 'checkupCode' | 'doneOn' | 'measurements'>

export interface LookedThrough {
  /** Names of what is missing: the subsidy would be void. */
  readonly missing: readonly string[]
  /** Whether staff have judged if support is needed; true where nobody asks for it. */
  readonly isJudged: boolean
  /** Why the municipality is to be told promptly; empty: nothing that was entered asks for it. */
  readonly tell: readonly Tell[]
}
export type Tell =
  | { readonly why: 'points'; readonly item: string; readonly points: number; readonly from: number }
  | { readonly why: 'staff' | 'loss' }

/** What has to be done in a checkup; empty: no rule says. */
export const itemsOf = (checkupCode: string, day: string): readonly CheckupItem[] =>
  checkupOf(checkupCode, day)?.items?.list ?? []

/** Whether the points of a checkup are a reason to tell the municipality, so that staff have to judge. */
export const asksForJudgement = (items: readonly CheckupItem[]): boolean =>
  items.some(({ tellFrom }) => tellFrom !== undefined)

export function lookThrough({ checkupCode, doneOn, measurements }: Entered): LookedThrough {
  const items = itemsOf(checkupCode, doneOn)
  const entered = (name: string) => measurements.find(({ item }) => item === name)?.value
  if (!asksForJudgement(items)) return { missing: missingOf(items, entered), isJudged: true, tell: [] }
  const judged = entered(support.item)
  const tell: Tell[] = items.flatMap(({ name, tellFrom: from }) => {
    const points = pointsOf(entered(name))
    if (from === undefined || points === null || points < from) return []
    return [{ why: 'points' as const, item: name, points, from }]
  })
  if (entered(loss.item) === loss.said) tell.push({ why: 'loss' })
  if (judged === support.needed) tell.push({ why: 'staff' })
  const isJudged = judged === support.needed || judged === support.notNeeded
  return { missing: missingOf(items, entered), isJudged, tell }
}

const missingOf = (items: readonly CheckupItem[], entered: (name: string) => string | undefined) =>
  items.filter((item) => !isFilled(item, entered(item.name))).map(({ name }) => name)

/** Full-width digits are digits. */
function pointsOf(value: string | undefined): number | null {
  const text = value?.normalize('NFKC').trim() ?? ''
  return /^\d{1,2}$/.test(text) ? Number(text) : null
}

function isFilled({ kind, most }: CheckupItem, value: string | undefined): boolean {
  if (kind === 'done') return value === done
  const points = pointsOf(value)
  return points !== null && points <= (most ?? points)
}
