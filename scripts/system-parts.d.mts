// The tests run before anything is built, so this is not TypeScript. This is what tests see of it.
interface Part {
  readonly command?: string
  readonly file?: string
  readonly packages: readonly string[]
  readonly tests?: string
  readonly slower?: string
}
export const parts: readonly Part[]
export const desktopParts: readonly Part[]
export const postgresParts: readonly Part[]
export function hasPostgres(): boolean
export function hasDesktop(): boolean
export function provideSystemParts(wanted?: readonly Part[]): void
export function packagesOf(missing: readonly Part[]): string[]
export function reportOf(missing: readonly Part[], platform: string, userId: number | null): string[]
