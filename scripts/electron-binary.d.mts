// What the tests of the desktop program see of it.
export function electronBinary(): string
export function fetchElectron(options?: { readonly again?: boolean; readonly failure?: string }): Promise<boolean>
