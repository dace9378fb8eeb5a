// A questionnaire in the order in which it is read at the counter: what the doctor must look at first, then the rest, each
// group in the order of the form.
interface Answer {
  readonly needsDoctor: boolean
}

export const doctorFirst = <T extends Answer>(answers: readonly T[]): T[] => [
  ...answers.filter(({ needsDoctor }) => needsDoctor),
  ...answers.filter(({ needsDoctor }) => !needsDoctor),
]
