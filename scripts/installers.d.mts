// What the tests of the installers see of it.
/** Lays the program and returns its folder; `config` goes over electron-builder.yml. */
export function layProgram(options: { readonly output: string; readonly config: object }): Promise<string>
