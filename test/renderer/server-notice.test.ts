// What the desk says of its site's server: that it is silent, that the desk goes on without it, and what came of that.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { siteServerScreen } from '../../src-main/words/site-server.ts'
import { chromiumPath } from '../browser.ts'
import { fault } from '../faults.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'

if (!chromiumPath) console.warn('LEFT OUT: Chromium is not installed, what is said of the server was not looked at')

describe.skipIf(!chromiumPath)('the band about the server', () => {
  const desk = onDesk()
  const { show, called } = desk
  let page: Page
  beforeAll(() => {
    ;({ page } = desk)
  })
  const says = (text: string) => page.getByText(text).waitFor()

  fault('server', 'The server is silent for some seconds', {
    seen: 'words/site-server siteServerScreen.silent',
    values: ['10:41'],
    class: 'transient',
    data: 'Nothing is lost; what could not be saved is not shown as done.',
    recovery: 'The band goes when the server answers; where it does not, the desk goes on alone.',
  })
  test('says since when it is silent, that the desk will go on, and goes with the silence', async () => {
    await show(scenes.serverSilent)
    await says(siteServerScreen.silent('10:41'))
    await says(siteServerScreen.silentGoesOn)
    await show(scenes.waiting)
    expect(await page.getByText('保存サーバー').count()).toBe(0)
  })

  fault('server', 'The server stays away, and the desk has nothing to go on with', {
    seen: 'words/site-server siteServerScreen.silentWaits',
    class: 'transient',
    data: 'Nothing is taken that could not be kept.',
    recovery: 'The desk waits for the server; until then the paper certificate counts.',
  })
  test('says where the desk has to wait, and what to do meanwhile', async () => {
    await show(scenes.serverSilentForLong)
    await says(siteServerScreen.silentWaits)
    expect(await page.getByText(siteServerScreen.silentGoesOn).count()).toBe(0)
  })

  fault('server', 'The desk works without its server', {
    seen: 'words/site-server siteServerScreen.alone',
    values: ['10:41'],
    class: 'transient',
    data: 'Visits have numbers of the desk’s own; those of before are copies, and are not changed.',
    recovery: 'It goes back by itself, and what was written alone goes with it.',
  })
  test('says that the desk works alone, what that means for numbers and lists, and that it ends by itself', async () => {
    await show(scenes.alone)
    await says(siteServerScreen.alone('10:41'))
    await says(siteServerScreen.aloneMeans('10:41'))
  })

  fault('server', 'The server is there again, and does not take what was written alone', {
    seen: 'words/site-server siteServerScreen.mergeFailed',
    values: ['ディスクの空きがなく、記録できません'],
    class: 'transient',
    data: 'It is kept here, and the desk goes on with it.',
    recovery: 'The reason stands in the band; where it stays, clinic IT is called.',
  })
  test('says why what was written alone has not gone to the server', async () => {
    await show(scenes.aloneUnmerged)
    await says(siteServerScreen.mergeFailed('ディスクの空きがなく、記録できません'))
  })

  fault('server', 'A desk works with the others again, and what it wrote alone is still here', {
    seen: 'words/site-server siteServerScreen.unmerged',
    values: ['保存データが壊れています'],
    class: 'transient',
    data: 'It is kept on this computer, and is not in the list.',
    recovery: 'It is tried again by itself, with growing pauses; where it stays, clinic IT is called.',
  })
  test('says that something of then has not come to the server, and how it is tried again', async () => {
    await show(scenes.upUnmerged)
    await says(siteServerScreen.unmerged('保存データが壊れています'))
    await says(siteServerScreen.unmergedMeans)
  })

  fault('agents', 'Two desks have both changed something while the line was cut', {
    seen: 'words/site-server siteServerScreen.conflicts',
    values: [3],
    class: 'ambiguous',
    data: 'The server’s record counts until somebody has looked.',
    recovery: 'A person opens the page, finds out what is right, and puts it away.',
  })
  test('says how much two desks have both changed, and opens the page of it', async () => {
    await show(scenes.conflictsFound)
    await says(siteServerScreen.conflicts(3))
    await page.getByRole('button', { name: '確認する' }).click()
    expect(await called('openPage')).toEqual({ page: 'conflicts' })
  })
})
