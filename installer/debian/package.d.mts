export declare function hasDpkgDeb(): boolean
export declare function makeDebianPackage(wanted: {
  readonly program: string
  readonly folder: string
  readonly version: string
}): string
