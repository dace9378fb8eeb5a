// What a desk has to know of the server that keeps its site's data. Where the settings say it, and who reads the password and the
// certificate for it, is the settings' matter.

export interface ServerAccess {
  /** A name, an address, or the absolute path of the folder of a socket: only there nothing is encrypted, for it is this computer. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  /** PEM of the site's own CA: no other one is believed. */
  readonly ca: string
  /** Whose data they are, where one database serves several: lower-case letters, digits, underscores. */
  readonly site: string
  /** How many connections a desk has at most, besides the one it listens on. */
  readonly connections: number
  /** Where the server itself is, past a pooler at `host`, which lets nobody listen. */
  readonly direct?: { readonly host: string; readonly port: number } | undefined
}

/** The tables of a site stand in a schema of their own. */
export const schemaOf = ({ site }: Pick<ServerAccess, 'site'>): string => `madoguchi_${site}`
