// The screen while somebody learns: the page of training, a lesson beside the counter, and what has been switched to go wrong.
import type { Reception } from '../../src-main/contract/reception.ts'
import { lessons, lessonTasks } from '../../src-main/contract/training.ts'

const front = { birthDate: '1990-05-15', expiryYear: '2033', securityCode: '1006' }

/** `empty`: the counter with nobody at it. */
export const trainingScenes = (empty: Reception) => {
  const { training } = empty
  const learning = (changes: Partial<NonNullable<Reception['training']>>) => training && { ...training, ...changes }
  const page: Reception['page'] = {
    name: 'training',
    lessons: lessons.map((lesson, place) => {
      const of = lessonTasks[lesson].length
      return { lesson, done: place < 2 ? of : place === 2 ? 1 : 0, of }
    }),
  }
  return {
    trainingPage: {
      ...empty,
      page,
      training: learning({ lesson: { lesson: 'cap', done: [true, false, false, false] } }),
    },
    practice: { ...empty, page, settings: { ...empty.settings, practice: 'now' } },
    trainingFaults: { ...empty, page, training: learning({ faults: ['hubDown', 'folderAway'] }) },
    lesson: {
      ...empty,
      training: learning({
        lesson: { lesson: 'sameName', done: [true, true, false, false] },
        gallery: [
          ['g-payment', '上限額いろいろ'],
          ['g-designation', '指定医療機関'],
        ].map(([id = '', label = '']) => ({ id, label, pin: '1234', front })),
      }),
    },
    lessonFault: {
      ...empty,
      hub: { ...empty.hub, state: 'down' },
      training: learning({ lesson: { lesson: 'hubDown', done: [true, true, false, false] }, faults: ['hubDown'] }),
    },
    lessonDone: { ...empty, training: learning({ lesson: { lesson: 'ended', done: [true, true] } }) },
  } satisfies Record<string, Reception>
}
