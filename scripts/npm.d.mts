// What a tool in TypeScript sees of it.
export function npm(
  folder: string,
  args: string[],
  limitMs?: number,
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly output: string }>
