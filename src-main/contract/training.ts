// Training as the pages are shown it: the lessons of a first day, each with the tasks that are done in it, and what can be
// made to go wrong. Closed lists: a lesson, a task or a fault that has no words, or that nobody judges or plays, does not compile.
import { z } from 'zod'

/** The tasks of every lesson, in the order in which they are told. */
export const lessonTasks = {
  first: ['received', 'closed', 'cardGone'],
  wrongPin: ['wrong', 'received'],
  cap: ['received', 'sheet', 'line', 'paper'],
  maskedName: ['received', 'numbered', 'spelled'],
  difference: ['before', 'asked', 'decided'],
  ended: ['received', 'noted'],
  blocked: ['seen', 'face', 'received'],
  sameName: ['payment', 'designation', 'arrived', 'chosen'],
  otherPerson: ['received', 'doubt', 'refused', 'mended'],
  hubDown: ['received', 'broken', 'offline', 'answered'],
  notDelivered: ['broken', 'heldUp', 'delivered'],
} as const

export type Lesson = keyof typeof lessonTasks
export type TaskOf<L extends Lesson> = (typeof lessonTasks)[L][number]
/** Something for each task of each lesson. */
export type ForTasks<T> = { readonly [L in Lesson]: { readonly [K in TaskOf<L>]: T } }

export const lessons = Object.keys(lessonTasks) as Lesson[]
export const lessonSchema = z.enum(lessons as [Lesson, ...Lesson[]])

export const trainingFaultSchema = z.enum([
  'hubDown',
  'hubSlow',
  'hubBusy',
  'hubCertificate',
  'hubClock',
  'hubOtherPerson',
  'readerGone',
  'cardPulled',
  'terminalSilent',
  'terminalEncrypted',
  'folderAway',
  'receiptRefuses',
])
export type TrainingFault = z.infer<typeof trainingFaultSchema>

/** The lesson that is under way: which of its tasks are done, in their order. */
export const lessonUnderWaySchema = z.object({ lesson: lessonSchema, done: z.array(z.boolean()) })

export const trainingViewSchema = z.object({
  /** How many of its tasks are done, of every lesson. */
  lessons: z.array(z.object({ lesson: lessonSchema, done: z.int(), of: z.int() })),
})
export type TrainingView = z.infer<typeof trainingViewSchema>
