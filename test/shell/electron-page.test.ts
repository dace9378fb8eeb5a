import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentSecurityPolicy, permissionsPolicy } from '../../src-main/shell/content-security-policy.ts'
import { pageResponse } from '../../src-main/shell/electron-page.ts'
import { root, temporaryFolder } from '../support.ts'

/** A renderer folder with a secret beside it. */
function renderer(): string {
  const folder = temporaryFolder()
  const inside = join(folder, 'renderer')
  mkdirSync(join(inside, 'assets'), { recursive: true })
  writeFileSync(join(inside, 'index.html'), '<!doctype html><title>窓口</title>')
  writeFileSync(join(inside, 'assets', 'index-B1_x-2.js'), 'export {}')
  writeFileSync(join(inside, 'assets', 'notes.txt'), 'secret')
  writeFileSync(join(inside, '.hidden.html'), 'secret')
  writeFileSync(join(folder, 'secret.html'), 'secret')
  return inside
}

test('a file of the page comes with its type and its rules', async () => {
  const answer = await pageResponse(renderer(), 'app://madoguchi/index.html')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('窓口')
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'permissions-policy': permissionsPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
})

test('a query or a fragment changes nothing', async () => {
  const folder = renderer()
  for (const end of ['?v=2', '#top', '?../secret.html']) {
    const answer = await pageResponse(folder, `app://madoguchi/assets/index-B1_x-2.js${end}`)
    expect([answer.status, await answer.text()]).toEqual([200, 'export {}'])
  }
})

test.each([
  ['up and out', 'app://madoguchi/../secret.html'],
  ['up and out, escaped', 'app://madoguchi/%2e%2e/secret.html'],
  ['up and out, escaped slash', 'app://madoguchi/..%2fsecret.html'],
  ['up and out, escaped twice', 'app://madoguchi/%252e%252e/secret.html'],
  ['up and out from a folder', 'app://madoguchi/assets/../../secret.html'],
  ['backslashes', 'app://madoguchi/..\\secret.html'],
  ['escaped backslashes', 'app://madoguchi/..%5csecret.html'],
  ['a NUL', 'app://madoguchi/index.html%00.png'],
  ['a broken escape', 'app://madoguchi/%zz.html'],
  ['a drive', 'app://madoguchi/C:/secret.html'],
  ['a stream of a Windows file', 'app://madoguchi/index.html::$DATA.html'],
  ['a hidden file', 'app://madoguchi/.hidden.html'],
  ['a kind of file that pages have no use for', 'app://madoguchi/assets/notes.txt'],
  ['a folder', 'app://madoguchi/assets'],
  ['nothing', 'app://madoguchi/'],
  ['a file that is not there', 'app://madoguchi/other.html'],
  ['two slashes', 'app://madoguchi//index.html'],
  ['another host', 'app://other/index.html'],
  ['another scheme', 'file:///index.html'],
  ['no address', 'index.html'],
])('%s: 404 without a word, under the same rules', async (_what, address) => {
  const answer = await pageResponse(renderer(), address)
  expect([answer.status, await answer.text()]).toEqual([404, ''])
  expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
})

test('no address whatever reaches what lies beside the page', async () => {
  const folder = renderer()
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e',
    '%2E%2e',
    '/',
    '%2f',
    '\\',
    '%5c',
    '%00',
    'secret.html',
    'assets',
    ':',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const answer = await pageResponse(folder, `app://madoguchi/${pieces.join('')}`)
      expect(await answer.text()).not.toContain('secret')
    }),
  )
})

test('every file of the built page can be fetched by its name', async () => {
  const folder = join(root, 'dist/renderer')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const path = relative(folder, join(file.parentPath, file.name)).split(sep).join('/')
    expect([path, (await pageResponse(folder, `app://madoguchi/${path}`)).status]).toEqual([path, 200])
  }
})

test('the policy starts from nothing and lets in neither inline code nor evaluated code nor other places', () => {
  const rules = new Map(contentSecurityPolicy.split('; ').map((rule) => [rule.split(' ')[0], rule]))
  expect(rules.get('default-src')).toBe("default-src 'none'")
  expect(rules.get('script-src')).toBe("script-src 'self'")
  expect(rules.get('style-src')).toBe("style-src 'self'")
  // Not covered by default-src.
  for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(rules.get(name)).toBe(`${name} 'none'`)
  // The face in the chip comes as data and is nowhere a file.
  expect(rules.get('img-src')).toBe("img-src 'self' data:")
  rules.delete('img-src')
  expect([...rules.values()].join('; ')).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
})
