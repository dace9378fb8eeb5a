export declare const cacheFolder: string
export interface OutsidePackage {
  readonly name: string
  readonly version: string
  readonly integrity: string
}
export declare function lockedPackage(root: string, name: string): OutsidePackage
/** The folder with a package's files. */
export declare function fetchPackage(wanted: OutsidePackage): string
