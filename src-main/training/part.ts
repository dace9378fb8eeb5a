// What training mode adds to the desk: the sample cards, laid on the virtual reader or on the sandbox terminal's face reader,
// the lessons, and what can be made to go wrong.
import type { PartWith } from '../contract/part.ts'
import type { Reception } from '../contract/reception.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { TrainingClinic } from './clinic.ts'

/** `clinic`: null where no card is laid on a virtual reader. */
export function createTrainingPart(clinic: TrainingClinic | null) {
  const only = async (act: (clinic: TrainingClinic) => Promise<Result<void>>): Promise<Result<void>> =>
    clinic ? act(clinic) : fail('REQUEST_INVALID')
  return {
    calls: {
      insertTrainingCard: ({ persona, at }) => only((sample) => sample.insert(persona, at)),
      removeTrainingCard: ({ at }) =>
        only(async (sample) => {
          sample.remove(at)
          return ok(undefined)
        }),
      useFaceReader: ({ persona }) =>
        only(async (sample) =>
          (await sample.terminal?.drop(persona)) ? ok(undefined) : fail('REQUEST_INVALID', { field: 'persona' }),
        ),
      startLesson: ({ lesson }) =>
        only(async (sample) => {
          sample.lessons.start(lesson)
          return ok(undefined)
        }),
      leaveLesson: () =>
        only(async (sample) => {
          sample.lessons.leave()
          return sample.faults.endAll()
        }),
      switchTrainingFault: ({ fault, isOn }) => only((sample) => sample.faults.switchTo(fault, isOn)),
      endTrainingFaults: () => only((sample) => sample.faults.endAll()),
    },
    pages: {
      training: { view: async () => ({ name: 'training', lessons: [...(clinic?.lessons.progress() ?? [])] }) },
    },
    /** What the screen has been told: whether a task of the lesson is done by it. */
    isLearnt: (reception: Reception): boolean => clinic?.lessons.see(reception) ?? false,
    view: () => ({
      training: clinic && {
        personas: clinic.personas,
        gallery: clinic.gallery,
        voucherGallery: clinic.voucherGallery,
        inserted: clinic.inserted(),
        atKiosk: clinic.atKiosk(),
        hasTerminal: clinic.terminal !== null,
        lesson: clinic.lessons.underWay(),
        faults: [...clinic.faults.on()],
      },
    }),
  } satisfies PartWith
}
