// What the clinic changes on its screens, by one name each for the audit trail and for the line that tells about it.
import { z } from 'zod'
import { momentSchema } from '../eligibility/model.ts'

const settingSchema = z.enum(['destinations', 'substitutions', 'claimOrder', 'chosenReader', 'bookingColumns'])
export type Setting = z.infer<typeof settingSchema>

/** Old and new value of one setting: no patient data, never the content of a secret. */
export interface SettingChange {
  readonly setting: Setting
  readonly before: unknown
  readonly after: unknown
}

/** The latest change of each setting since the program started, newest first. */
export const changedSettingsSchema = z.array(z.object({ setting: settingSchema, at: momentSchema }))
export type ChangedSettings = z.infer<typeof changedSettingsSchema>
