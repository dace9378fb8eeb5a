// The first set-up (はじめての設定): its steps, what each takes, and how the checks of the self-test found it. It exists while
// nothing of a clinic is set yet; what it may name, and why, is told in docs/decisions/0047-settings-on-the-screen.md.
import { z } from 'zod'
import { pathSchema } from './destination.ts'
import { checkLineSchema } from './self-test.ts'

export const firstSteps = ['clinic', 'reader', 'hub', 'terminal', 'receipt', 'patient'] as const
export type FirstStep = (typeof firstSteps)[number]
const firstStepSchema = z.enum(firstSteps)

/** A file of the folder `secrets`, which only somebody at the computer's own files can fill. */
const secretSchema = z.string().regex(/^secrets\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)

/** What a step takes; `reader` has nothing to enter. */
const firstValuesSchema = z.object({
  clinic: z.object({
    name: z
      .string()
      .max(200)
      .regex(/^\P{Cc}+$/u),
    institutionCode: z.string().regex(/^[0-9]{10}$/),
  }),
  reader: z.object({}),
  hub: z.object({
    url: z.url({ protocol: /^https$/ }).max(300),
    caFile: secretSchema,
    /** PKCS#12 by its ending, else PEM. */
    certificateFile: secretSchema,
    /** The key, or the passphrase of the PKCS#12 file. */
    keyFile: secretSchema,
  }),
  terminal: z.object({ folder: pathSchema }),
  receipt: z.object({ format: z.enum(['csv', 'json', 'fhir', 'receipt']), folder: pathSchema }),
  patient: z.object({ side: z.enum(['desk', 'patient']), shuffledKeys: z.boolean() }),
})
export type FirstValues = z.infer<typeof firstValuesSchema>

/** What has been entered so far. */
export const firstDraftSchema = z.object({
  values: firstValuesSchema.partial(),
  skipped: z.array(firstStepSchema),
})
export type FirstDraft = z.infer<typeof firstDraftSchema>

/** One step as it is entered; null: it is left out for now. */
export const firstEntrySchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('clinic'), values: firstValuesSchema.shape.clinic.nullable() }),
  z.object({ step: z.literal('reader'), values: firstValuesSchema.shape.reader.nullable() }),
  z.object({ step: z.literal('hub'), values: firstValuesSchema.shape.hub.nullable() }),
  z.object({ step: z.literal('terminal'), values: firstValuesSchema.shape.terminal.nullable() }),
  z.object({ step: z.literal('receipt'), values: firstValuesSchema.shape.receipt.nullable() }),
  z.object({ step: z.literal('patient'), values: firstValuesSchema.shape.patient.nullable() }),
])
export type FirstEntry = z.infer<typeof firstEntrySchema>

export const firstRunViewSchema = z.object({
  /** Nothing of a clinic is set yet: it may be begun, or gone on with. */
  isOpen: z.boolean(),
  /** It is over: the next start is live. */
  isLiveNext: z.boolean(),
  draft: firstDraftSchema,
  /** Files of the folder `secrets`, to choose among. */
  secrets: z.array(z.string()),
  /** Where that folder is. */
  secretsFolder: z.string(),
  /** The step whose checks are running; null: none. */
  checking: firstStepSchema.nullable(),
  /** What the checks of a step found last. */
  lines: z.partialRecord(firstStepSchema, z.array(checkLineSchema)),
})
export type FirstRunView = z.infer<typeof firstRunViewSchema>
