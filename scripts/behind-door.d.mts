// What a tool in TypeScript sees of it.
export function step(script: string, ...args: string[]): Promise<void>
