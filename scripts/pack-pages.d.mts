// What its test sees of it.
export function packPages(from: string, to: string): void
