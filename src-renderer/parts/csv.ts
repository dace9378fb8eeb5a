// A table as a file for a spreadsheet: UTF-8 with a mark of it at the beginning, which is how Excel in Japan sees that it is not
// CP932. Nothing in it is taken for a formula.
import { saveFile } from '../save-file.ts'

export const saveCsv = (name: string, lines: readonly (readonly (string | number)[])[]): void =>
  saveFile(name, `\ufeff${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`, 'text/csv')

function cell(content: string | number): string {
  const text = String(content)
  const plain = typeof content === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
