import { expect, test } from 'vitest'
import { maySave } from '../../src-main/shell/electron-downloads.ts'
import { pageOrigin } from '../../src-main/shell/electron-ipc.ts'

test('a page saves the counts and the text for support that it has itself, and nothing else', () => {
  for (const type of ['text/csv', 'text/plain']) expect(maySave(`blob:${pageOrigin}/3a1c`, type)).toBe(true)
  for (const [address, type] of [
    [`${pageOrigin}/index.html`, 'text/csv'],
    [`${pageOrigin}/index.html`, 'text/html'],
    [`blob:${pageOrigin}/3a1c`, 'application/octet-stream'],
    [`blob:${pageOrigin}.example/3a1c`, 'text/csv'],
    ['https://example.com/report.csv', 'text/csv'],
    ['data:text/csv,1', 'text/csv'],
  ] as const)
    expect(maySave(address, type)).toBe(false)
})
