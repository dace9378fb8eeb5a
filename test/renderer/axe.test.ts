// Both pages in every scene before the rules of axe-core: WCAG 2.0 to 2.2, levels A and AA, and what is good practice beside
// them (landmarks, headings). On a light and on a dark screen, and with twice the text.
import axe from 'axe-core'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { chromiumPath, launchEngine } from '../browser.ts'
import { drawn } from './drawn.ts'
import { inspect } from './inspect.ts'
import { patientScenes } from './patient-scenes.ts'
import { scenes } from './scenes.ts'
import { openStage, type Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nothing was held against the rules of axe')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The rules that look at them. */
const colours = ['color-contrast', 'link-in-text-block']

/** One of so many scenes, always the same ones: what differs between two looks is seldom in one scene alone. */
const every = (count: number, views: Readonly<Record<string, object>>) =>
  Object.entries(views).filter((_view, place) => place % count === 0)

describe.skipIf(!chromiumPath)('the rules of axe', () => {
  let browser: Browser
  let desk: Stage
  let patient: Stage<PatientView>
  beforeAll(async () => {
    browser = await launchEngine()
    desk = await openStage<Reception>(scenes.waiting)
    patient = await openStage<PatientView>(patientScenes.waiting, 'patient.html')
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.close()
    await patient?.close()
  })

  const pages = {
    desk: {
      open: (page: Page) => page.goto(desk.address),
      show: (view: object) => desk.show(view as Reception),
      views: scenes,
    },
    patient: {
      open: (page: Page) => page.goto(patient.address),
      show: (view: object) => patient.show(view as PatientView),
      views: patientScenes,
    },
  }

  /** Shows the scenes one after the other and collects what each is found guilty of. */
  async function walk(
    name: keyof typeof pages,
    look: { readonly dark?: boolean; readonly text?: number; readonly every?: number },
    faultsOf: (page: Page) => Promise<readonly string[]>,
  ): Promise<string[]> {
    const { open, show, views } = pages[name]
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      locale: 'ja-JP',
      colorScheme: look.dark ? 'dark' : 'light',
    })
    const protocol = await page.context().newCDPSession(page)
    await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * (look.text ?? 100)) / 100 } })
    await open(page)
    const found: string[] = []
    for (const [scene, view] of every(look.every ?? 1, views)) {
      await drawn(page, show(view))
      for (const fault of await faultsOf(page)) found.push(`${scene}: ${fault}`)
    }
    await page.close()
    return found
  }

  const byAxe =
    (only: readonly string[] = tags) =>
    async (page: Page): Promise<string[]> => {
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
      return page.evaluate(async (rules) => {
        const run: typeof axe.run = (window as unknown as { axe: typeof axe }).axe.run
        const { violations } = await run(document, { runOnly: [...rules], resultTypes: ['violations'] })
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
      }, only)
    }

  test.each(['desk', 'patient'] as const)('are kept by every scene of the %s', async (name) => {
    expect(await walk(name, {}, byAxe())).toEqual([])
  })

  test.each(['desk', 'patient'] as const)('are kept with twice the text by the %s', async (name) => {
    expect(await walk(name, { text: 200, every: 4 }, byAxe())).toEqual([])
  })

  test.each(['desk', 'patient'] as const)('are kept on a dark screen by the %s', async (name) => {
    // It is the same page in other colours.
    expect(await walk(name, { dark: true, every: 4 }, byAxe(colours))).toEqual([])
  })

  test.each(['desk', 'patient'] as const)('every scene of the %s can be read on a dark screen', async (name) => {
    expect(await walk(name, { dark: true }, (page) => page.evaluate(inspect))).toEqual([])
  })
})
