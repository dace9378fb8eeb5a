// What training mode adds to the desk: the sample cards, laid on the virtual reader or on the sandbox terminal's face reader.
import type { Part } from '../contract/part.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { TrainingClinic } from './clinic.ts'

/** `clinic`: null where no card is laid on a virtual reader. */
export function createTrainingPart(clinic: TrainingClinic | null) {
  const only = async (act: (clinic: TrainingClinic) => Promise<Result<void>>): Promise<Result<void>> =>
    clinic ? act(clinic) : fail('REQUEST_INVALID')
  return {
    calls: {
      insertTrainingCard: ({ persona }) => only((sample) => sample.insert(persona)),
      removeTrainingCard: () =>
        only(async (sample) => {
          sample.remove()
          return ok(undefined)
        }),
      useFaceReader: ({ persona }) =>
        only(async (sample) =>
          (await sample.terminal?.drop(persona)) ? ok(undefined) : fail('REQUEST_INVALID', { field: 'persona' }),
        ),
    },
    view: () => ({
      training: clinic && {
        personas: clinic.personas,
        gallery: clinic.gallery,
        voucherGallery: clinic.voucherGallery,
        inserted: clinic.inserted(),
        hasTerminal: clinic.terminal !== null,
      },
    }),
  } satisfies Part
}
