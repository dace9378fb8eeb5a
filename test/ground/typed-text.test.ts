// Files that people type with the editors of Windows.
import { expect, test } from 'vitest'
import { readTyped, readTypedJson } from '../../src-main/ground/typed-text.ts'

const text = '{ "id": "受付",\r\n "folder": "Q:/import" }\r\n'
const bigEndian = (content: string) => Buffer.from(content, 'utf16le').swap16()

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark (Notepad, PowerShell 5.1)', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 (> in PowerShell 5.1)', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 the other way round', bigEndian(`\uFEFF${text}`)],
])('%s is read as it was typed', (_, bytes) => {
  expect(readTyped(bytes)).toEqual({ content: text })
  expect(readTypedJson(bytes)).toEqual({ content: { id: '受付', folder: 'Q:/import' } })
})

test.each([
  // 受付 in code page 932.
  [
    'the code page',
    Buffer.concat([Buffer.from('{\n "id": "'), Buffer.from('8ef39574', 'hex'), Buffer.from('"\n}')]),
    2,
  ],
  ['the code page in the last line', Buffer.concat([Buffer.from('{\n\n'), Buffer.from('8ef3', 'hex')]), 3],
  ['half a UTF-16 character', Buffer.from(`\uFEFF${text}`, 'utf16le').subarray(0, -1), 1],
])('%s is told by its line', (_, bytes, line) => {
  expect(readTyped(bytes)).toEqual({ line })
  expect(readTypedJson(bytes)).toEqual({ line })
})

test.each([
  ['a single backslash', String.raw`{ "a": 1,${'\n'} "folder": "C:\import" }`, 2],
  ['a missing comma', '{\n"a": 1\n"b": 2 }', 3],
  ['nothing', '', 1],
  ['an end that is missing', '{\n"a":\n\n\n', 2],
])('%s is told by its line', (_, content, line) => {
  expect(readTypedJson(Buffer.from(content))).toEqual({ line })
})
