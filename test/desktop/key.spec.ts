// The database's key, wrapped by a real keyring of the signed-in user, and the plain file of a computer that keeps no secrets.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ownFolder } from './desktop.ts'
import { expect, test } from './test.ts'
import { session } from './told.ts'

const keysIn = (folder: string) => readdirSync(ownFolder(folder)).filter((name) => name.startsWith('database.key'))
const isWaiting = { name: 'カードをリーダーに置いてください' }

test('with a keyring the key is wrapped, and opens the same database at the next start', async ({ folder, start }) => {
  test.skip(process.platform !== 'linux', 'a keyring of Linux')
  const first = await start()
  await expect(first.desk.getByRole('heading', isWaiting)).toBeVisible()
  expect(await first.app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('gnome_libsecret')
  expect(keysIn(folder)).toEqual(['database.key.wrapped'])
  const wrapped = readFileSync(join(ownFolder(folder), 'database.key.wrapped'))
  // Chromium's mark of a key that a keyring holds; v10 is the one that everybody knows.
  expect(wrapped.subarray(0, 3).toString()).toBe('v11')
  await first.app.close()

  const second = await start()
  await expect(second.desk.getByRole('heading', isWaiting)).toBeVisible()
  expect(readFileSync(join(ownFolder(folder), 'database.key.wrapped'))).toEqual(wrapped)
})

test('without one the key is a file for its owner alone, and stays one when a keyring is there later', async ({
  folder,
  start,
}) => {
  test.skip(process.platform !== 'linux', 'a computer that keeps no secrets')
  const first = await start({ program: session.programWithoutKeyring })
  await expect(first.desk.getByRole('heading', isWaiting)).toBeVisible()
  expect(keysIn(folder)).toEqual(['database.key'])
  expect(statSync(join(ownFolder(folder), 'database.key')).mode & 0o777).toBe(0o600)
  await first.app.close()

  const second = await start()
  await expect(second.desk.getByRole('heading', isWaiting)).toBeVisible()
  expect(keysIn(folder)).toEqual(['database.key'])
})
