// Why a start was refused, in the log of the data folder, under the number that is shown with it.
import { type Log, numbered } from '../ground/log.ts'
import type { Failure } from '../ground/result.ts'
import { isIn } from '../ground/states.ts'

/** With its number. Into a folder that is somebody else's nothing is written, and none is made that nothing can be stored in. */
export const noteRefusedStart = (log: Log, failure: Failure): Failure =>
  isIn(['DATA_FOLDER_FOREIGN', 'DATA_FOLDER_TOO_LONG'], failure.code) ? failure : numbered(log, 'startRefused', failure)
