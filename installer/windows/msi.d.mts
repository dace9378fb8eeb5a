export declare function makeMsi(wanted: {
  readonly program: string
  readonly folder: string
  readonly version: string
}): string
