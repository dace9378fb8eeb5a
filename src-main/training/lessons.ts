// The lessons under way and done. Whether a task is done is seen in what the screen is told, never said by whoever learns:
// only what has really been done counts. What is done is kept among the training files, so that a lesson can be left and
// gone on with on another day.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Reception } from '../contract/reception.ts'
import { type Lesson, lessonSchema, lessons, lessonTasks } from '../contract/training.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { removeLeftovers, writeDurably } from '../ground/durable-write.ts'
import { createMemory, type Judge, judges } from './judges.ts'

const fileSchema = z.object({
  current: z.object({ lesson: lessonSchema, since: z.string() }).nullable(),
  done: z.partialRecord(lessonSchema, z.array(z.string())),
})
type Kept = z.infer<typeof fileSchema>

const none: Kept = { current: null, done: {} }
const leftoverMs = 60_000

export interface Lessons {
  /** Begins, or goes on with one that was left; one that was done begins anew. */
  start(lesson: Lesson): void
  leave(): void
  /** The screen has been told this. True: a task is done by it. */
  see(reception: Reception): boolean
  underWay(): NonNullable<Reception['training']>['lesson']
  progress(): readonly { readonly lesson: Lesson; readonly done: number; readonly of: number }[]
}

export function openLessons(folder: string, clock: Clock): Lessons {
  const file = join(folder, 'lessons.json')
  removeLeftovers(file, leftoverMs)
  let kept = read(file)
  const memory = createMemory()

  const keep = (changed: Kept) => {
    kept = changed
    writeDurably(file, JSON.stringify(kept), { mode: 0o600 })
  }
  const doneIn = (lesson: Lesson): readonly string[] => kept.done[lesson] ?? []

  return {
    start(lesson) {
      const isOver = doneIn(lesson).length >= lessonTasks[lesson].length
      const since = clinicMoment(clock.now())
      keep({ current: { lesson, since }, done: { ...kept.done, ...(isOver && { [lesson]: [] }) } })
    },
    leave: () => keep({ ...kept, current: null }),
    see(reception) {
      memory.see(reception)
      const { current } = kept
      if (!current) return false
      const { lesson, since } = current
      const before = doneIn(lesson)
      const done = [...before]
      const judgesOf: Readonly<Record<string, Judge>> = judges[lesson]
      for (const task of lessonTasks[lesson]) {
        const isDone = judgesOf[task]
        if (!done.includes(task) && isDone?.({ reception, since, memory, done })) done.push(task)
      }
      if (done.length === before.length) return false
      keep({ ...kept, done: { ...kept.done, [lesson]: done } })
      return true
    },
    underWay() {
      const { current } = kept
      if (!current) return null
      const done = doneIn(current.lesson)
      return { lesson: current.lesson, done: lessonTasks[current.lesson].map((task) => done.includes(task)) }
    },
    progress: () => lessons.map((lesson) => ({ lesson, done: doneIn(lesson).length, of: lessonTasks[lesson].length })),
  }
}

/** A file that makes no sense is none: the lessons begin anew. */
function read(file: string): Kept {
  if (!existsSync(file)) return none
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    rmSync(file, { recursive: true, force: true })
    return none
  }
}
