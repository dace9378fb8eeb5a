// Twice the text, twice the zoom, a narrow window: whatever the reason that there is little room, both pages put their parts
// below one another, and nobody has to scroll sideways (WCAG 2.2, 1.4.4 and 1.4.10). A table of many columns scrolls by itself.
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

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, nobody looked at pages with little room')

/** `text`: the size that the browser is set to, in percent of the usual one. */
const rooms = [
  { name: 'twice the text at 1280 × 800', width: 1280, height: 800, text: 200 },
  { name: 'twice the zoom at 1280 × 800', width: 640, height: 400, text: 100 },
  { name: '320 px wide', width: 320, height: 800, text: 100 },
  { name: '1024 × 768', width: 1024, height: 768, text: 100 },
]

describe.skipIf(!chromiumPath)('with little room', () => {
  let browser: Browser
  const stages: {
    name: string
    stage: Stage
    open: (page: Page) => Promise<unknown>
    views: Record<string, object>
  }[] = []

  beforeAll(async () => {
    browser = await launchEngine()
    const desk = await openStage<Reception>(scenes.waiting)
    const patient = await openStage<PatientView>(patientScenes.waiting, 'patient.html')
    stages.push(
      { name: 'desk', stage: desk as Stage, open: (page) => page.goto(desk.address), views: scenes },
      {
        name: 'patient',
        stage: patient as unknown as Stage,
        open: (page) => page.goto(patient.address),
        views: patientScenes,
      },
    )
  })
  afterAll(async () => {
    await browser?.close()
    for (const { stage } of stages) await stage.close()
  })

  test.each(rooms)('$name: nothing is cut off, and nobody scrolls sideways', async ({ width, height, text }) => {
    const found: string[] = []
    for (const { name, stage, open, views } of stages) {
      const page = await browser.newPage({ viewport: { width, height }, locale: 'ja-JP' })
      const protocol = await page.context().newCDPSession(page)
      await protocol.send('Page.setFontSizes', { fontSizes: { standard: (16 * text) / 100 } })
      await open(page)
      for (const [scene, view] of Object.entries(views)) {
        await drawn(page, (stage as { show(view: object): number }).show(view))
        for (const fault of await page.evaluate(inspect)) found.push(`${name} ${scene}: ${fault}`)
      }
      await page.close()
    }
    expect(found).toEqual([])
  })
})
