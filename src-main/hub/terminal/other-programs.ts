// Who laid a file into `face`. Programs that ask about bookings, home visits or online care write the answers under the
// names of the face reader's results, so that charts take them: nobody stands at the counter because of them.
import type { TerminalMessage } from './message.ts'

/**
 * What one public program writes (OQSDrug2, QualificationFaceExporter): after the ten digits of the institution a code for
 * what was asked (0 bookings, 400 医療扶助, 600 訪問, 800 オンライン) and a counter of seventeen digits.
 */
const laidName = /_face_\d{10}(0|400|600|800)0{10}\d{7}_\d{14}\.xml$/i

export const isLaidByProgram = (name: string): boolean => laidName.test(name)

/** Whoever asks gives the question an identifier and finds it in the answer; the face reader asks by itself and gives none. */
export const answersAQuestion = ({ fileIdentifier }: Pick<TerminalMessage, 'fileIdentifier'>): boolean =>
  fileIdentifier !== null
