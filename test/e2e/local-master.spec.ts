// Clinic IT brings the publisher's file to the whole product, by the screen: it goes in pieces, tells what it changes, and
// counts for the next patient.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampleMaster } from '../../src-main/stand-ins/masters/sample-master.ts'
import { expect, test } from './desk.ts'

test('a master of local schemes is imported on the screen, and one that is none says where', async ({
  desk,
  dataDir,
}) => {
  await desk.getByRole('button', { name: '設定', exact: true }).click()
  await desk.getByRole('button', { name: '取り込み先' }).click()
  await desk.getByRole('button', { name: '地単公費マスター' }).click()
  await expect(desk.getByText('まだ取り込まれていません。')).toBeVisible()
  const choose = async (name: string, text: string) => {
    const file = join(dataDir, name)
    writeFileSync(file, text)
    const choosing = desk.waitForEvent('filechooser')
    await desk.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    await (await choosing).setFiles(file)
  }
  const text = [...sampleMaster(6_000)].join('')
  const last = text.lastIndexOf('99991231')
  const line = text.slice(0, last).split('\n').length
  const broken = `${text.slice(0, last)}20269999${text.slice(last + 8)}`
  await choose('m_regional_publicly_funded_all_20260803.csv', broken)
  await expect(desk.getByText(`「有効終了年月日」が正しくありません（${line}行目）。`)).toBeVisible()

  await choose('m_regional_publicly_funded_all_20260803.csv', text)
  await expect(desk.getByText('2026/08/03時点の一覧（6,000行）を読み取りました。')).toBeVisible()
  await desk.getByRole('button', { name: '取り込む', exact: true }).click()
  await expect(desk.getByText('2026/08/03時点の一覧（6,000行）を使っています。')).toBeVisible()
})
