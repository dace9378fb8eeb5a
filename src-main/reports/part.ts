// Day sheet and monthly report in the running agent: counted when somebody turns to one, and told until they turn to another.
// They go on being counted day by day, so that the counter has its turn in between.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PartWith } from '../contract/part.ts'
import type { ReportOf, ReportView } from '../contract/report.ts'
import { addDays, lastDayOfMonth } from '../eligibility/calendar.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { ok, type Result } from '../ground/result.ts'
import type { Count, Counts } from '../store/counts.ts'
import type { Past } from '../store/past.ts'
import type { StaffList } from '../store/staff.ts'
import { readClaims } from './claims-file.ts'
import { figuresOf } from './figures.ts'
import { forecastOf, shareOf } from './share.ts'

export interface ReportPorts {
  readonly store: Counts & Pick<Past, 'expiredBefore'> & Pick<StaffList, 'glassOf'>
  readonly clock: Clock
  readonly today: () => string
  readonly lookedAt: { turnTo(page: 'report'): void }
}

/** Months beside one another in the chart. */
const months = 12

export function createReports({ store, clock, today, lookedAt }: ReportPorts) {
  let report: ReportView | null = null

  const dayReport = async (day: string): Promise<ReportView> => {
    const since = await store.countedSince()
    const expired = await store.expiredBefore()
    const standing =
      day > today()
        ? 'future'
        : expired !== null && day < expired
          ? 'expired'
          : since !== null && day < since
            ? 'before'
            : 'counted'
    const counts = standing === 'counted' ? await store.countsOfDay(day) : []
    const glass = standing === 'expired' ? [] : [...(await store.glassOf(day))]
    return { kind: 'day', today: today(), day, standing, figures: figuresOf(counts), glass }
  }

  const countsOfMonth = async (month: string): Promise<readonly Count[]> => {
    const counts: Count[] = [...(await store.keptCounts(month))]
    const last = lastDayOfMonth(month)
    for (let day = `${month}-01`; day <= last; day = addDays(day, 1)) {
      counts.push(...(await store.countsOfDay(day)))
      await nextTurn()
    }
    return counts
  }

  /** Those that are counted, up to this one, the oldest first. */
  const sharesUpTo = async (month: string, since: string) => {
    const claims = new Map((await store.claims()).map((each) => [each.month, each.count]))
    const shares = []
    for (let each = month; each >= since.slice(0, 7) && shares.length < months; each = monthBefore(each)) {
      shares.unshift(shareOf(each, await store.cardUsers(each), claims.get(each) ?? null))
      await nextTurn()
    }
    return { shares, claims: claims.get(month) ?? null }
  }

  const monthReport = async (month: string): Promise<ReportView> => {
    const since = (await store.countedSince()) ?? today()
    const standing = month > today().slice(0, 7) ? 'future' : month < since.slice(0, 7) ? 'before' : 'counted'
    const { shares, claims } = await sharesUpTo(month, since)
    const share = shares.find((each) => each.month === month) ?? shareOf(month, 0, claims)
    return {
      kind: 'month',
      today: today(),
      month,
      standing,
      countedFrom: standing === 'counted' && since > `${month}-01` && since.startsWith(month) ? since : null,
      figures: figuresOf(standing === 'counted' ? await countsOfMonth(month) : []),
      // Of a month in which nothing was counted nobody knows how many used a card.
      share: standing === 'counted' ? share : { ...share, permille: null },
      forecast: standing === 'counted' ? forecastOf(share, today(), shares) : null,
      months: shares,
    }
  }

  const turnTo = async (of: ReportOf): Promise<Result<void>> => {
    report = of.kind === 'day' ? await dayReport(of.day) : await monthReport(of.month)
    return ok(undefined)
  }
  /** What is shown now, counted anew. */
  const anew = () => (report?.kind === 'month' ? turnTo({ kind: 'month', month: report.month }) : ok(undefined))

  return {
    calls: {
      async openReport(of): Promise<Result<void>> {
        const turned = await turnTo(of)
        if (turned.ok) lookedAt.turnTo('report')
        return turned
      },
      async enterClaims({ month, count }) {
        const saved = await store.saveClaims([{ month, count }], clinicMoment(clock.now()))
        return saved.ok ? anew() : saved
      },
      async importClaims({ content }) {
        const claims = readClaims(Buffer.from(content, 'base64'))
        if (!claims.ok) return claims
        const saved = await store.saveClaims(claims.value, clinicMoment(clock.now()))
        return saved.ok ? anew() : saved
      },
    },
    pages: {
      report: {
        open: () => turnTo({ kind: 'day', day: today() }),
        view: async () => ({ name: 'report', report: report ?? (await dayReport(today())) }),
      },
    },
  } satisfies PartWith
}

const monthBefore = (month: string) => addDays(`${month}-01`, -1).slice(0, 7)
