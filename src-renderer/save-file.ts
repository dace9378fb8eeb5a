// A text that the page has itself, saved as a file: the browser, or the shell's dialog, asks where it goes.

/** `type`: as shell/electron-downloads.ts knows them. */
export function saveFile(name: string, text: string, type: 'text/csv' | 'text/plain'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // It has been taken by then; what is on the disk stays.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
