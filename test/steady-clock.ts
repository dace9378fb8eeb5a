// The system's steady clock, which is the same for all processes of a computer and which nobody sets.
/** Milliseconds since some moment. */
export const steadyMs = (): number => Number(process.hrtime.bigint()) / 1e6
