// Training certificates, made once for each moment that tests make them for: it takes nearly a second of work, and some eighty
// test files want them.
import { openTrainingPki } from '../src-main/stand-ins/certificates/pki.ts'
import { keptBuild } from './kept-build.ts'

/** All that they may be made of. */
const sources = ['src-main', 'test/training-folder.ts', 'package-lock.json']

/** The folder that keeps those of a moment. Not to be written to. */
export const keptCertificates = (name: string, moment: Date, buildInto: (folder: string) => Promise<void>) =>
  keptBuild({ name, sources, variant: moment.toISOString(), keep: 40, buildInto })

/** As the program itself makes them at that moment. */
export const madeAt = (moment: Date): Promise<string> =>
  keptCertificates('madoguchi-certificates', moment, async (folder) => void (await openTrainingPki(folder, moment)))
