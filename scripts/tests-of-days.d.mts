/** Paths below `root`, in order. */
export function testsOfDays(root: string): string[]
