// What a check-in leaves behind on a computer, in a browser that keeps everything it can (history, cache, forms, crash dumps): nobody's
// name, number or birth date is in any file but the import folder's, in the list of processes or in a title. The training folder stands
// for the world outside: cards, hub and its people.
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, chromium, type Page } from '@playwright/test'
import { encodeCp932 } from '../../src-main/text/cp932.ts'
import { type Authenticator, enrol } from '../agent/staff.ts'
import { chromiumArguments, chromiumPath } from '../browser.ts'
import { type Clinic, openClinic } from '../monday/clinic.ts'
import { must } from '../support.ts'
import { writeTrainingFolder } from '../training-folder.ts'
import { expect, pressEnter, settle, type } from './desk.ts'

/** Of the patient who comes. */
const planted = ['佐藤　美咲', 'サトウ　ミサキ', '佐藤', '5401602', '54136015', '元本郷町'] as const

/** In every way in which a program may keep a text. */
const written = (text: string): readonly Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(must(encodeCp932(text))),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`),
  ),
  Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '').slice(0, -1)),
]
const forms = new Map(planted.map((text) => [text, written(text)]))
const foundIn = (bytes: Buffer): readonly string[] =>
  [...forms].flatMap(([text, ways]) => (ways.some((way) => bytes.includes(way)) ? [text] : []))

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )

/** Words and environment of every process of this computer that may be looked at. */
function processes(): readonly Buffer[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return ids.flatMap((id) => {
    try {
      return [Buffer.concat(['cmdline', 'environ'].map((name) => readFileSync(join('/proc', id, name))))]
    } catch {
      // It has ended, or is somebody else's.
      return []
    }
  })
}

interface Computer {
  readonly folder: string
  readonly dataDir: string
  readonly profile: string
  readonly clinic: Clinic
  readonly context: BrowserContext
  /** What 受付 1's authenticator shows. */
  readonly shows: Authenticator
}

/** A clinic with its staff, and a browser with a home, temporary files and a profile of its own. */
const test = base.extend<{ computer: Computer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  computer: async ({}, use, info) => {
    if (!chromiumPath) return info.skip(true, 'LEFT OUT: Chromium is not installed')
    const folder = await mkdtemp(join(tmpdir(), 'madoguchi-left-'))
    const own = (name: string) => join(folder, name)
    for (const name of ['home', 'tmp', 'data/training', 'profile'])
      await mkdir(own(name), { recursive: true, mode: 0o700 })
    const dataDir = own('data')
    await writeTrainingFolder(join(dataDir, 'training'), { now: () => new Date('2026-11-23T08:50:00+09:00') })
    await enrol(dataDir, 'it', 'it')
    const shows = await enrol(dataDir, '1', 'reception')
    const clinic = await openClinic(dataDir)
    const context = await chromium.launchPersistentContext(own('profile'), {
      executablePath: chromiumPath,
      args: chromiumArguments,
      env: { ...process.env, HOME: own('home'), TMPDIR: own('tmp') },
      viewport: { width: 1280, height: 800 },
      locale: 'ja-JP',
    })
    await use({ folder, dataDir, profile: own('profile'), clinic, context, shows })
    await context.close()
    await clinic.end()
    await rm(folder, { recursive: true, force: true })
  },
})

/** By keyboard, from the way in to the patient's result. */
async function checkIn(page: Page, { clinic, shows }: Computer): Promise<void> {
  await expect(page.getByLabel('職員コード')).toBeFocused()
  await type(page, '1')
  await page.keyboard.press('Tab')
  await type(page, shows(clinic.clock))
  await pressEnter(page)
  await expect(page.getByText('職員1（')).toBeVisible()
  await page.getByRole('button', { name: '難病（月額上限あり） 暗証番号' }).click()
  await expect(page.getByLabel('暗証番号（4桁）')).toBeFocused()
  await type(page, '1234')
  await pressEnter(page)
  await expect(page.getByRole('heading', { name: planted[0] })).toBeVisible()
}

test('a check-in leaves nobody in a file outside the import folder, a process or a title', async ({ computer }) => {
  base.skip(process.platform !== 'linux', 'LEFT OUT: processes are looked into on Linux only')
  const { folder, dataDir, profile, clinic, context } = computer
  const [page = await context.newPage()] = context.pages()
  await page.clock.install()
  await page.goto(await clinic.invite())
  await checkIn(page, computer)
  await page.locator('#search-visits').fill('佐藤')

  const titles = await Promise.all(context.pages().map((each) => each.title()))
  expect(titles.join('')).not.toMatch(/佐藤|サトウ/)
  const running = processes()
  expect(running.some((told) => told.includes(profile))).toBe(true)
  expect(running.filter((told) => foundIn(told).length > 0)).toEqual([])
  // The search is not blind.
  expect(foundIn(Buffer.from(await page.content()))).toContain(planted[0])

  await settle(page)
  await page.keyboard.press('F9')
  await expect(page.getByRole('heading', { name: 'サインイン' })).toBeVisible()
  await context.close()
  await clinic.close()
  const left = filesBelow(folder).filter((path) => !path.startsWith(join(dataDir, 'training')))
  expect(left.length).toBeGreaterThan(50)
  const told = left.filter((path) => foundIn(readFileSync(path)).length > 0)
  expect(told.filter((path) => !path.startsWith(join(dataDir, 'import')))).toEqual([])
  expect(left.filter((path) => path.startsWith(dataDir) && foundIn(Buffer.from(path)).length > 0)).toEqual([])
})
