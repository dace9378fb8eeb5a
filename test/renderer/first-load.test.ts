// What a page needs before its first sight is small, however many pages the screen gets: the rest are files of their own that
// come afterwards.
import { expect, test } from 'vitest'
import { firstLoad } from './first-load.ts'

test('the JavaScript of the desk is at most 200 KB by gzip before its first sight', async () => {
  const { files, bytes } = await firstLoad('index.html')
  expect(files.length).toBeGreaterThan(1)
  expect(bytes).toBeLessThanOrEqual(200_000)
})

test('the patient’s page loads nothing of the desk', async () => {
  const { bytes } = await firstLoad('patient.html')
  expect(bytes).toBeLessThanOrEqual(145_000)
})
