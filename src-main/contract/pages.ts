// The pages that the middle of the desk's screen can show besides a visit, with what each of them shows. A page is an entry
// here, one in the part of the agent it is about, and one in the renderer's list.
import { z } from 'zod'
import { dateSchema } from '../eligibility/model.ts'
import { auditViewSchema } from './audit-trail.ts'
import { bookingsViewSchema } from './bookings.ts'
import { capSheetViewSchema } from './cap-sheet.ts'
import { clinicRulesViewSchema } from './clinic-rules.ts'
import { destinationSetupSchema } from './destination-setup.ts'
import { firstRunViewSchema } from './first-run.ts'
import { localMasterViewSchema } from './local-master.ts'
import { pastViewSchema } from './past.ts'
import { reportViewSchema } from './report.ts'
import { selfTestViewSchema } from './self-test.ts'
import { settingsPageSchema } from './settings-page.ts'
import { conflictViewSchema } from './site-server.ts'
import { staffPageSchema } from './staff.ts'
import { supportViewSchema } from './support-view.ts'
import { trainingViewSchema } from './training.ts'

export const pageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('counter') }),
  z.object({
    name: z.literal('staleNumbers'),
    /** 診察券番号 that no card of their patient brings any more, or another one not yet; the longest so first. */
    links: z.array(z.object({ number: z.string(), since: dateSchema, name: z.string().nullable() })),
  }),
  bookingsViewSchema.extend({ name: z.literal('bookings') }),
  destinationSetupSchema.extend({ name: z.literal('destinations') }),
  localMasterViewSchema.extend({ name: z.literal('localMaster') }),
  selfTestViewSchema.extend({ name: z.literal('selfTest') }),
  supportViewSchema.extend({ name: z.literal('supportBundle') }),
  clinicRulesViewSchema.extend({ name: z.literal('clinicRules') }),
  settingsPageSchema.extend({ name: z.literal('settings') }),
  firstRunViewSchema.extend({ name: z.literal('firstRun') }),
  staffPageSchema.extend({ name: z.literal('staff') }),
  z.object({ name: z.literal('terminalQuestion') }),
  pastViewSchema.extend({ name: z.literal('past') }),
  auditViewSchema.extend({ name: z.literal('audit') }),
  z.object({ name: z.literal('report'), report: reportViewSchema }),
  z.object({ name: z.literal('signals') }),
  z.object({
    name: z.literal('capSheet'),
    /** null: its visit is not kept any more. */
    sheet: capSheetViewSchema.nullable(),
  }),
  trainingViewSchema.extend({ name: z.literal('training') }),
  /** What this desk or another one had changed while it was alone, and others had changed too. */
  z.object({ name: z.literal('conflicts'), conflicts: z.array(conflictViewSchema) }),
])

export type Page = z.infer<typeof pageSchema>
export type PageName = Page['name']

/** As a call names them. */
export const pageNameSchema = z.union(pageSchema.options.map(({ shape }) => shape.name))
