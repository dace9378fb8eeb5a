// What the bench sees of it.
import type { ChildProcess, SpawnOptions } from 'node:child_process'
export function endWithStarter(): void
export function endingSignal(): NodeJS.Signals | null
export function exitCodeOf(signal: NodeJS.Signals): number
export function runChild(
  command: string,
  args: readonly string[],
  options?: SpawnOptions & { readonly onStart?: (child: ChildProcess) => void; readonly tellsAll?: boolean },
): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
