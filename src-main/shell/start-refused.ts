// Why a start was refused, in the log of the data folder, under the number that is shown with it.
import { type Log, numbered } from '../ground/log.ts'
import type { Failure } from '../ground/result.ts'

/** With its number. Into a folder that is somebody else's nothing is written. */
export const noteRefusedStart = (log: Log, failure: Failure): Failure =>
  failure.code === 'DATA_FOLDER_FOREIGN' ? failure : numbered(log, 'startRefused', failure)
