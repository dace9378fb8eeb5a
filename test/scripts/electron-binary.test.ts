// Electron's binary where it cannot be had: whatever keeps it away, the desk opens in a browser.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { root, temporaryFolder } from '../support.ts'

/** A checkout without Electron's binary, in which nothing can fetch it, and its own `fetchElectron`. */
async function checkout() {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  const packages = join(folder, 'node_modules')
  mkdirSync(join(folder, 'scripts'))
  mkdirSync(join(packages, 'electron'), { recursive: true })
  writeFileSync(join(packages, 'electron/package.json'), '{"version":"1.2.3"}')
  for (const name of readdirSync(join(root, 'scripts')).filter((file) => file.endsWith('.mjs'))) {
    copyFileSync(join(root, 'scripts', name), join(folder, 'scripts', name))
  }
  const module: { fetchElectron: () => Promise<boolean> } = await import(
    pathToFileURL(join(folder, 'scripts/electron-binary.mjs')).href
  )
  const said: string[] = []
  const fetchElectron = async () => {
    const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    try {
      return await module.fetchElectron()
    } finally {
      written.mockRestore()
    }
  }
  return { packages, said, fetchElectron }
}

test('one try is remembered', async () => {
  const { said, fetchElectron } = await checkout()
  expect(await fetchElectron()).toBe(false)
  expect(said.join('')).toContain('Electron を取得できませんでした')
  said.length = 0
  expect(await fetchElectron()).toBe(false)
  expect(said).toEqual([])
})

test('a failure that cannot be noted stops no start', async () => {
  const { packages, said, fetchElectron } = await checkout()
  mkdirSync(join(packages, '.cache/madoguchi/set-up.json'), { recursive: true })
  expect(await fetchElectron()).toBe(false)
  expect(said.join('')).toContain('Electron を取得できませんでした')
})

test.skipIf(process.geteuid?.() !== 0)('in a checkout of somebody else nothing is tried', async () => {
  const { said, fetchElectron } = await checkout()
  process.seteuid?.(65_534)
  try {
    expect(await fetchElectron()).toBe(false)
  } finally {
    process.seteuid?.(0)
  }
  expect(said).toEqual([])
})
