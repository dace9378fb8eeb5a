// How an open visit goes from one desk of the site to another (store/asking.ts). Under the site's lock as every other write, so that a
// decision about it and its going away are one after the other: whichever comes second is refused.
import { z } from 'zod'
import { fail, ok, type Result } from '../../ground/result.ts'
import { isIn, ownedVisitStates, passingVisitStates, visitStateSchema } from '../../ground/states.ts'
import type { Asking } from '../asking.ts'
import type { AuditEntry, Stamp } from '../audit.ts'
import { failureText, type Ledger } from '../sql/topic.ts'
import { statement, type Work } from '../sql/work.ts'
import { isHeard, type SiteDesk } from './leases.ts'

export const askingStatements = {
  visitAndDesks: statement(`
    SELECT visits.state, visits.desk, visits.asked_by, had.name AS had_by, asking.name AS asked_name, ${isHeard('had')} AS is_heard
    FROM visits LEFT JOIN desks AS had ON had.id = visits.desk LEFT JOIN desks AS asking ON asking.id = visits.asked_by
    WHERE visits.id = @id`),
  askForVisit: statement('UPDATE visits SET asked_by = @desk WHERE id = @id'),
  giveVisit: statement('UPDATE visits SET desk = @to, asked_by = NULL WHERE id = @id'),
  giveUnfinished: statement(`
    UPDATE visits SET desk = @to, asked_by = NULL, state = 'failed', failure = @failure, updated_at = @at WHERE id = @id`),
}
const sql = askingStatements

const askedRow = z.object({
  state: visitStateSchema,
  desk: z.string().nullable(),
  asked_by: z.string().nullable(),
  had_by: z.string().nullable(),
  asked_name: z.string().nullable(),
  is_heard: z.number().nullable(),
})
type Asked = z.infer<typeof askedRow>

export function asking(ledger: Ledger, desk: Pick<SiteDesk, 'id' | 'name'>): Asking {
  /** An open visit; null: there is no such one. */
  function* openVisit(id: string): Work<Asked | null> {
    const visit = askedRow.optional().parse(yield* sql.visitAndDesks.get({ id }))
    return visit && isIn(ownedVisitStates, visit.state) ? visit : null
  }
  function* note(id: string, { at }: Stamp, event: AuditEntry['event'], from: string | null, to: string | null) {
    yield* ledger.addAudit(id, null, { at, event, about: betweenDesks(from, to) })
  }
  function* move(id: string, { at }: Stamp, visit: Asked, to: string): Work<void> {
    if (!isIn(passingVisitStates, visit.state)) return void (yield* sql.giveVisit.run({ id, to }))
    const failure = { code: 'VISIT_MOVED' } as const
    yield* sql.giveUnfinished.run({ id, to, at, failure: failureText(failure) })
    yield* ledger.addAudit(id, null, { at, event: 'failed', code: failure.code })
  }
  const judge = async (id: string, work: (visit: Asked) => Work<Result<void>>): Promise<Result<void>> =>
    ledger.judge(function* () {
      const visit = yield* openVisit(id)
      return visit ? yield* work(visit) : fail('VISIT_NOT_CURRENT')
    })

  return {
    askForVisit: (id, stamp) =>
      judge(id, function* (visit) {
        if (visit.desk === null || visit.desk === desk.id) return fail('VISIT_NOT_CURRENT')
        yield* sql.askForVisit.run({ id, desk: desk.id })
        yield* note(id, stamp, 'visitAsked', visit.had_by, desk.name)
        return ok(undefined)
      }),
    withdrawAsk: (id, stamp) =>
      judge(id, function* (visit) {
        if (visit.asked_by !== desk.id) return fail('VISIT_NOT_CURRENT')
        yield* sql.askForVisit.run({ id, desk: null })
        yield* note(id, stamp, 'visitAskWithdrawn', visit.had_by, desk.name)
        return ok(undefined)
      }),
    keepVisit: (id, stamp) =>
      judge(id, function* (visit) {
        if (visit.desk !== desk.id || visit.asked_by === null) return fail('VISIT_NOT_CURRENT')
        yield* sql.askForVisit.run({ id, desk: null })
        yield* note(id, stamp, 'visitKept', desk.name, visit.asked_name)
        return ok(undefined)
      }),
    giveVisit: (id, stamp) =>
      judge(id, function* (visit) {
        if (visit.desk !== desk.id || visit.asked_by === null) return fail('VISIT_NOT_CURRENT')
        yield* note(id, stamp, 'visitGiven', desk.name, visit.asked_name)
        yield* move(id, stamp, visit, visit.asked_by)
        return ok(undefined)
      }),
    takeOverVisit: (id, stamp) =>
      judge(id, function* (visit) {
        if (visit.desk === null || visit.desk === desk.id) return fail('VISIT_NOT_CURRENT')
        if (visit.is_heard) return fail('VISIT_ELSEWHERE')
        yield* note(id, stamp, 'visitTakenOver', visit.had_by, desk.name)
        yield* move(id, stamp, visit, desk.id)
        return ok(undefined)
      }),
  }
}

/** As the audit trail says it: who had the visit, and who asks for it or has it now. */
const betweenDesks = (from: string | null, to: string | null): string => `${from ?? '?'} → ${to ?? '?'}`
