// The page on which clinic IT sets destinations up: what is saved, and what the one being worked on would write for each
// sample patient. Nothing of a real patient is on it.
import { z } from 'zod'
import { failureSchema } from '../ground/failures.ts'
import { destinationSchema } from './destination.ts'

/** The page of the destinations. */
export const destinationSetupSchema = z.object({
  /** As they are saved, with the paths as they were written. */
  destinations: z.array(destinationSchema),
  /** What an administrator allows; besides, each destination may stay where it is. */
  choices: z.object({
    folders: z.array(z.string()),
    orcaHosts: z.array(z.string()),
    /** Files of the secrets folder, as a destination names them. */
    secrets: z.array(z.string()),
  }),
  /** What is saved differs from what runs: it counts from the next start. */
  isForNextStart: z.boolean(),
  /** What one destination would write; null: none is worked on. */
  preview: z
    .object({
      /** Every sample patient; `failure`: why there would be no file. */
      samples: z.array(z.object({ id: z.string(), label: z.string(), failure: failureSchema.nullable() })),
      /** The file of the sample that is looked at; null: there would be none. */
      file: z.object({ name: z.string(), text: z.string() }).nullable(),
    })
    .nullable(),
})
export type DestinationSetupView = z.infer<typeof destinationSetupSchema>
export type DestinationChoices = DestinationSetupView['choices']
export type DestinationPreview = NonNullable<DestinationSetupView['preview']>
