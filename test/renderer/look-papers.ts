// Takes a picture of every paper at every size, as it is looked at and as it comes out of a printer, for people to look at:
// `node test/renderer/look-papers.ts <folder> [how the paper's name begins]`.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { paperSizeText, paperText } from '../../src-main/words/papers.ts'
import { launchEngine } from '../browser.ts'
import { scenes } from './scenes.ts'
import { openStage } from './stage.ts'

const [folder = 'papers', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const browser = await launchEngine()
const stage = await openStage(scenes.waiting)
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' })
await page.goto(stage.address)

for (const [paper, scene] of [
  ['receptionSlip', scenes.printCrowded],
  ['certificates', scenes.printCrowded],
  ['doseRecord', scenes.printDoses],
  ['emergencySheet', scenes.printOffline],
  ['capLine', scenes.capReached],
  ['capSheet', scenes.capCorrected],
  ['daySheet', scenes.reportDay],
  ['monthlyReport', scenes.reportMonth],
  ['enrolment', scenes.staffEnrolment],
] as const) {
  if (!paper.startsWith(only)) continue
  stage.show(scenes.waiting)
  await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
  stage.show(scene)
  await page.getByRole('button', { name: '印刷' }).waitFor()
  // What stands there has been seen.
  await page.waitForTimeout(1_100)
  await page.keyboard.press('F8')
  await page.getByRole('radio', { name: paperText[paper], exact: true }).check()
  for (const [size, name] of Object.entries(paperSizeText)) {
    await page.getByLabel(name, { exact: true }).check()
    await page.waitForTimeout(200)
    await page.screenshot({ path: join(folder, `${paper}-${size}-preview.png`) })
    const file = join(folder, `${paper}-${size}`)
    await page.pdf({ path: `${file}.pdf`, preferCSSPageSize: true })
    execFileSync('pdftoppm', ['-r', '80', '-png', `${file}.pdf`, file])
  }
  await page.keyboard.press('Escape')
}
await browser.close()
await stage.close()
