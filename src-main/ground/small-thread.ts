// A thread beside the agent's own that waits most of its life and throws away little at once. Left to itself, V8 lets what such a
// thread has just thrown away grow to some thirty megabytes before it looks, as the threads that bring files did, and a desk has one
// thread for each folder.
import { Worker } from 'node:worker_threads'

/** In megabytes; what is kept longer than that moves on, and has V8's usual room. */
const thrownAway = 4

/** `entry`: absolute path of what runs in it; `workerData` is given to it as it is. */
export const startSmallThread = (entry: string | URL, workerData: unknown): Worker =>
  new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: thrownAway } })
