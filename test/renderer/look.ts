// Takes a picture of every scene, at the usual text size and at 125 %, for people to look at:
// `node test/renderer/look.ts <folder> [how the scene's name begins] [percent …]`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { launchEngine } from '../browser.ts'
import { drawn } from './drawn.ts'
import { kioskScenes } from './kiosk-scenes.ts'
import { patientScenes } from './patient-scenes.ts'
import { scenes } from './scenes.ts'
import { openStage } from './stage.ts'
import { allVoices, giveVoices } from './voices.ts'

const [folder = 'screens', only = '', ...percents] = process.argv.slice(2)
const sizes = percents.length > 0 ? percents.map(Number) : [100, 125]
mkdirSync(folder, { recursive: true })
const browser = await launchEngine()

/** `spoken`: the languages of a patient's page, each its own picture. */
async function takePictures<V extends object>(
  pictures: Readonly<Record<string, V>>,
  first: V,
  file: string,
  spoken: readonly Language[] = [],
) {
  const stage = await openStage<V>(first, file)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
  if (spoken.length > 0) await giveVoices(page, allVoices)
  await page.goto(stage.address)
  for (const size of sizes) {
    await page.evaluate((percent) => {
      document.documentElement.style.fontSize = `${percent}%`
    }, size)
    for (const [name, scene] of Object.entries(pictures)) {
      if (!name.startsWith(only)) continue
      await drawn(page, stage.show(scene))
      await page.screenshot({ path: join(folder, `${name}-${size}.png`) })
      for (const language of spoken) {
        await page.getByRole('button', { name: languages[language].name, exact: true }).click()
        await page.waitForTimeout(50)
        await page.screenshot({ path: join(folder, `${name}-${language}-${size}.png`) })
      }
      if (spoken.length > 0) await page.getByRole('button', { name: languages.japanese.name, exact: true }).click()
    }
  }
  await page.close()
  await stage.close()
}

await takePictures<Reception>(scenes, scenes.waiting, 'index.html')
const ofPatient = Object.entries(patientScenes).map(([name, scene]) => [`patient-${name}`, scene] as const)
await takePictures<PatientView>(Object.fromEntries(ofPatient), patientScenes.waiting, 'patient.html', [
  'english',
  'vietnamese',
])
const ofKiosk = Object.entries(kioskScenes).map(([name, scene]) => [`machine-${name}`, scene] as const)
await takePictures<KioskView>(Object.fromEntries(ofKiosk), kioskScenes.waiting, 'kiosk.html', ['english', 'vietnamese'])
await browser.close()
