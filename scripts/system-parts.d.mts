// The tests run before anything is built, so this is not TypeScript. This is what its own test sees of it.
interface Part {
  readonly command?: string
  readonly file?: string
  readonly packages: readonly string[]
  readonly tests?: string
  readonly slower?: string
}
export const parts: readonly Part[]
export function reportOf(missing: readonly Part[], platform: string, userId: number | null): string[]
