// What its test sees of it.
/** Names of the fuses that are not as electron-builder.yml says. */
export function wrongFuses(executable: string): Promise<string[]>
