// On which system a test can look at what it is about. Tools of others: test/outside.ts.

export const onWindows = process.platform === 'win32'
/** Modes, owners, signals and links are there, and mean what a test says of them. */
export const onPosix = !onWindows

/** The Windows of `npm run test:windows` has a virtual reader behind its winscard.dll: its port and its name. */
export const windowsReader =
  process.env.VIRTUAL_READER_PORT === undefined
    ? null
    : { port: Number(process.env.VIRTUAL_READER_PORT), name: process.env.VIRTUAL_READER_NAME ?? '' }
