// What is read of the linking application on its own computer, by what is publicly known of its files.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readApplication, usualPlace } from '../../../src-main/hub/terminal/application.ts'
import { temporaryFolder } from '../../support.ts'

function laid(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder()
  const place = { config: join(folder, 'config'), program: join(folder, 'program') }
  for (const each of Object.values(place)) mkdirSync(each)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return place
}

test('its version, and that it writes what can be read', async () => {
  const place = laid({
    'program/Version.info': 'Version=3.5.2\r\n',
    'config/encrypt.conf': 'OQSsiquc=n\r\nOQSmuquc=e\r\n',
    'config/encrypt_face.conf': 'publicmedicalhub=n\r\nprescription=n\r\n',
    'config/UserDefinitionForFace.property': 'FaceDataDir=C:\\OQS\\face\r\nOutputFlg=true\r\n',
  })
  // A kind that we never read may be what it likes.
  expect(await readApplication(place)).toEqual({ version: '3.5.2', encrypts: [], isFaceOff: false })
})

test('what is switched to a cipher, in whatever encoding the file is', async () => {
  const place = laid({
    'config/encrypt.conf': '\ufeffOQSsiquc=E\n',
    'config/encrypt_face.conf': Buffer.from('\ufeff prescription = e \r\n', 'utf16le'),
    'config/UserDefinitionForFace.property': 'OutputFlg=FALSE',
  })
  expect(await readApplication(place)).toEqual({
    version: null,
    encrypts: ['encrypt_face.conf', 'encrypt.conf'],
    isFaceOff: true,
  })
})

test('on another computer, or with files that mean something else, nothing is said', async () => {
  expect(await readApplication(null)).toBeNull()
  expect(await readApplication(laid({}))).toBeNull()
  expect(await readApplication(laid({ 'config/encrypt.conf': 'nothing of the kind' }))).toEqual({
    version: null,
    encrypts: [],
    isFaceOff: false,
  })
})

test('it is looked for where its installer puts it, on Windows alone', () => {
  expect(usualPlace('linux')).toBeNull()
  expect(usualPlace('win32', { ProgramData: 'P', ProgramFiles: 'F' })).toEqual({
    config: join('P', 'OQS', 'OQSComApp', 'config'),
    program: join('F', 'OQS', 'OQSComApp'),
  })
})
