// What comes out of a printer, read back by programs that are not ours: every paper at every size, with the names, numbers and
// characters that are hard to print.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PaperName, PaperSize } from '../../src-main/contract/papers.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { paperSizeText, paperText, sheetWords } from '../../src-main/words/papers.ts'
import { chromiumPath } from '../browser.ts'
import { outside } from '../outside.ts'
import { temporaryFolder } from '../support.ts'
import { onDesk } from './desk.ts'
import { drawn } from './drawn.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, no paper was looked at')

/** Points: 1/72 inch. `null`: as long as its content. */
const points: Record<PaperSize, readonly [width: number, height: number | null]> = {
  a4: [595.28, 841.89],
  a5: [419.53, 595.28],
  a6: [297.64, 419.53],
  roll80: [226.77, null],
}

const papers: readonly (readonly [PaperName, Reception, readonly string[]])[] = [
  ['receptionSlip', scenes.printCrowded, ['128番', '𠮷髙　●子', '0012345', '自己負担上限額管理票']],
  [
    'certificates',
    scenes.printCrowded,
    [
      '受付 128番',
      '𠮷髙　●子',
      'ヨシタカ　マルコ',
      '第1公費',
      '自立支援医療受給者証（精神通院）',
      '特定医療費（指定難病）受給者証',
      '54 13 601 5',
      '540 160 2',
      '令和8年1月1日から令和8年12月31日まで',
      '10,000円',
      '子ども医療費受給者証',
      '88 13 824 3',
      'ひとり親家庭等医療費受給者証',
      '期限の定めなし',
      '重度心身障害者等医療費助成受給者証（本人・扶養義務者の所得による区分あり）',
      'ABC-0000000000000000000012345',
      '不開示の対象です',
      'レセコンのファイルに入っていない公費',
      '小児慢性特定疾病医療受給者証',
      '取り込み先「csv」には入りません',
    ],
  ],
  ['doseRecord', scenes.printDoses, ['田中　陽翔', '日本脳炎 第1期初回', '2回目', 'Y8891', '令和9年5月23日から']],
  ['emergencySheet', scenes.printOffline, ['佐藤　美咲', '電話番号', '公費負担者番号', '接続が回復したら']],
  ['capLine', scenes.capReached, ['2026/11/23', '12,000円', '2,400円', '10,000円', '上限額に達しました']],
  [
    'daySheet',
    scenes.reportDay,
    [
      '受付の結果',
      '57件',
      '54 難病の患者に対する医療等に関する法律による特定医療',
      '12分34秒',
      '患者さんの氏名は含みません。',
    ],
  ],
  [
    'monthlyReport',
    scenes.reportMonth,
    [
      'マイナ保険証の利用率（目安）',
      '令和8年10月（2026年）',
      '33.3%',
      '令和8年11月（2026年）の見込み',
      '237人',
      '704件',
    ],
  ],
  ['capSheet', scenes.capCorrected, ['令和8年11月分', '2026/11/12', '1,960円', '5,200円', 'この医院で記入した分だけ']],
  [
    'selfTest',
    { ...scenes.selfTestBroken, mode: 'training' },
    ['異常が3件あります', 'カードリーダー', 'Sony RC-S380/P', '直し方：'],
  ],
  [
    'enrolment',
    { ...scenes.staffEnrolment, mode: 'training' },
    ['鈴木　一郎', '22', 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', '細断して捨ててください'],
  ],
]

/** Of papers that are about nobody. */
const heads: Partial<Record<PaperName, string>> = {
  daySheet: '令和8年11月20日（2026年、金曜日）',
  monthlyReport: '令和8年11月（2026年）',
  selfTest: '自己診断の結果',
  enrolment: '鈴木　一郎 様',
}

describe.skipIf(!chromiumPath)('a paper', () => {
  const desk = onDesk()
  const { settle } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })

  async function preview(scene: Reception, paper: PaperName, size: PaperSize) {
    await drawn(page, stage.show(scene))
    await page.getByRole('button', { name: /印刷/ }).first().waitFor()
    await settle()
    await page.keyboard.press('F8')
    await page.getByRole('radio', { name: paperText[paper], exact: true }).check()
    await page.getByLabel(paperSizeText[size], { exact: true }).check()
    await page.evaluate(() => document.fonts.ready)
  }

  async function printed(scene: Reception, paper: PaperName, size: PaperSize) {
    const tools = [outside('pdfinfo'), outside('pdftotext')] as const
    await preview(scene, paper, size)
    const file = join(temporaryFolder(), 'paper.pdf')
    await page.pdf({ path: file, preferCSSPageSize: true })
    const info = execFileSync(tools[0], [file], { encoding: 'utf8' })
    const [, pages] = /Pages:\s+(\d+)/.exec(info) ?? []
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info) ?? []
    const text = execFileSync(tools[1], ['-raw', file, '-'], { encoding: 'utf8' })
    return {
      file,
      pages: Number(pages),
      width: Number(width),
      height: Number(height),
      sheets: text.split('\f').slice(0, -1),
      shown: await page.getByRole('region', { name: '印刷の見本' }).locator('[data-sheet]').count(),
    }
  }
  /** As it is read: where a line ends says nothing. */
  const read = (text: string) => text.normalize('NFKC').replace(/\s/g, '')

  test.each(
    papers.flatMap(([paper, scene, texts]) => {
      return (['a4', 'a5', 'a6', 'roll80'] as const).map((size) => [paper, size, scene, texts] as const)
    }),
  )('%s on %s is of that size, says everything, and is marked on every sheet', async (paper, size, scene, texts) => {
    const { pages, width, height, sheets, shown } = await printed(scene, paper, size)
    const [wide, high] = points[size]
    // Chromium's pages are whole pixels.
    expect(Math.abs(width - wide)).toBeLessThan(1)
    if (high !== null) expect(Math.abs(height - high)).toBeLessThan(1)
    else expect(pages).toBe(1)
    expect(pages).toBe(shown)
    const said = read(sheets.join(''))
    expect(texts.filter((text) => !said.includes(read(text)))).toEqual([])
    for (const sheet of sheets) {
      expect(sheet).toContain(sheetWords.training)
      expect(read(sheet)).toContain(read(sheetWords.trainingNote))
      // Also of a sheet that was taken apart it is known whose it is, or of when.
      const whose = heads[paper] ?? scene.current?.patient?.name ?? '佐藤　美咲'
      expect(read(sheet)).toContain(read(whose))
    }
  })

  test('a clinic at work has no training on its paper', async () => {
    const live: Reception = { ...scenes.printCrowded, mode: 'live', training: null }
    const { sheets } = await printed(live, 'certificates', 'a4')
    expect(read(sheets.join(''))).not.toContain(read(sheetWords.trainingNote))
  })

  test('a roll is as long as what stands on it', async () => {
    const short = await printed(scenes.printOffline, 'emergencySheet', 'roll80')
    await page.keyboard.press('Escape')
    const long = await printed(scenes.printCrowded, 'certificates', 'roll80')
    expect(long.height).toBeGreaterThan(2 * short.height)
  })

  test.each(['a6', 'roll80'] as const)(
    'a very long name is whole on %s, and nothing runs over the edge',
    async (size) => {
      const { sheets } = await printed(scenes.printLongName, 'receptionSlip', size)
      const name = scenes.printLongName.current?.patient?.name ?? ''
      expect(read(sheets.join(''))).toContain(read(name))
      const over = await page.locator('[aria-label="印刷の見本"] [data-sheet]').evaluateAll((all) => {
        return all.filter((sheet) => sheet.scrollWidth > sheet.clientWidth || sheet.scrollHeight > sheet.clientHeight)
          .length
      })
      expect(over).toBe(0)
    },
  )

  test('the kanji of a name come with the paper, from the product’s own fonts', async () => {
    const tool = outside('pdffonts')
    const { file, sheets } = await printed(scenes.printCrowded, 'receptionSlip', 'a6')
    expect(sheets.join('')).toContain('𠮷')
    const [, , ...fonts] = execFileSync(tool, [file], { encoding: 'utf8' }).trim().split('\n')
    for (const font of fonts) {
      // Chromium draws the bold that it makes itself without a name.
      expect(font).toMatch(/BIZUDPGothic|NotoSansJP|^\[none\] +Type 3/)
      // Embedded, with what its signs mean.
      expect(font).toMatch(/ yes (yes|no) +yes /)
    }
  })

  test.each(['a4', 'a5', 'a6', 'roll80'] as const)(
    'on %s nothing is smaller than 9 points, and nothing is said by a colour',
    async (size) => {
      for (const [paper, scene] of papers) {
        await preview(scene, paper, size)
        const found = await page.locator('[aria-label="印刷の見本"] [data-sheet] *').evaluateAll((all) =>
          all.flatMap((element) => {
            if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
              return []
            const { fontSize, color, backgroundColor } = getComputedStyle(element)
            return [[Math.round(Number.parseFloat(fontSize) * 100) / 100, color, backgroundColor] as const]
          }),
        )
        expect(found.length).toBeGreaterThan(5)
        for (const [fontSize, color, ground] of found) {
          expect(fontSize).toBeGreaterThanOrEqual(12)
          expect([color, ground]).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'])
        }
        await page.keyboard.press('Escape')
        await drawn(page, stage.show(scenes.waiting))
        await page.getByRole('heading', { name: 'カードをリーダーに置いてください' }).waitFor()
      }
    },
  )
})
