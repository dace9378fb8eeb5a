// What the clinic changes on its screens, or by a file that it takes over, by one name each for the audit trail and for the line that tells about it.
import { z } from 'zod'

export const settingSchema = z.enum([
  'destinations',
  'substitutions',
  'claimOrder',
  'chosenHelps',
  'chosenReader',
  'bookingColumns',
  'papers',
  'signals',
  'mode',
  'hub',
  'terminal',
  'clinic',
  'pinEntry',
  'hideScreenAfterMin',
  'startAtLogOn',
  'retentionDays',
  'staff',
  'reader',
  'allowed',
  'kiosk',
  'store',
  'backupFolder',
])
export type Setting = z.infer<typeof settingSchema>

/** Old and new value of one setting: no patient data, never the content of a secret. */
export interface SettingChange {
  readonly setting: Setting
  readonly before: unknown
  readonly after: unknown
}
