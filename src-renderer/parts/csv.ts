// A table as a file for a spreadsheet: UTF-8 with a mark of it at the beginning, which is how Excel in Japan sees that it is not
// CP932. Nothing in it is taken for a formula.

/** The browser, or the shell's dialog, asks where it goes. */
export function saveCsv(name: string, lines: readonly (readonly (string | number)[])[]): void {
  const content = `\ufeff${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`
  const address = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // It has been taken by then; what is on the disk stays.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function cell(content: string | number): string {
  const text = String(content)
  const plain = typeof content === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
