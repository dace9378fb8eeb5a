// A visit between the desks of a hospital, on the screens of both: only looked at, asked for and withdrawn, taken over after one
// question; said where it is asked for, given or kept by the keyboard alone, and held while something about it is half typed.
import type { Page } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'
import { askingScreen } from '../../src-main/words/asking.ts'
import { screen } from '../../src-main/words/desk.ts'
import { chromiumPath } from '../browser.ts'
import { eventually } from '../support.ts'
import { onDesk } from './desk.ts'
import { scenes } from './scenes.ts'
import type { Stage } from './stage.ts'

describe.skipIf(!chromiumPath)('a visit between two desks', () => {
  const desk = onDesk()
  const { called, settle, show } = desk
  let stage: Stage
  let page: Page
  beforeAll(() => {
    ;({ stage, page } = desk)
  })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const press = async (name: string) => {
    await button(name).focus()
    await settle()
    await page.keyboard.press('Enter')
  }

  test('of another desk is only looked at; that desk is asked for it, and not any more', async () => {
    await show(scenes.elsewhere)
    const { shown } = scenes.elsewhere
    // In the list its desk is said, behind the age of its patient, and that it is open there.
    const row = page.getByRole('listitem').filter({ hasText: 'UKETSUKE-03' })
    expect(await row.textContent()).toMatch(/他窓口.*\d+歳　UKETSUKE-03/)
    expect(await page.getByRole('listitem').filter({ hasText: 'UKETSUKE-07' }).textContent()).toContain('応答なし')
    await page.getByText(askingScreen.there(12, 'UKETSUKE-03')).waitFor()
    for (const name of [screen.takeUp, screen.note.write]) expect(await button(name).count()).toBe(0)
    await press(askingScreen.goOn)
    expect(await called('askForVisit')).toEqual({ visitId: shown.id, isAsked: true })
    stage.calls.length = 0
    await show(scenes.elsewhereAsked)
    await press(askingScreen.withdraw)
    expect(await called('askForVisit')).toEqual({ visitId: shown.id, isAsked: false })
  })

  test('of a desk that is gone is taken over after one question, which Enter alone does not answer', async () => {
    await show(scenes.elsewhereGone)
    await page.getByText(askingScreen.cardAgain).waitFor()
    await press(askingScreen.goOn)
    await page.getByText(askingScreen.takesOver(12, 'UKETSUKE-03')).waitFor()
    await eventually('what changes nothing has the focus', async () => (await desk.focused()) === screen.leave)
    expect(stage.calls).toEqual([])
    await press(askingScreen.takeOver)
    expect(await called('takeOverVisit')).toEqual({ visitId: scenes.elsewhereGone.shown.id })
  })

  test('that is asked for here is given or kept, and nothing of that has the focus by itself', async () => {
    await show(scenes.askedFor)
    await page
      .getByRole('status')
      .filter({ hasText: askingScreen.asked(10, 'UKETSUKE-03') })
      .waitFor()
    expect([askingScreen.give, askingScreen.keep]).not.toContain(await desk.focused())
    const [{ visitId }] = scenes.askedFor.asking.asked
    await press(askingScreen.keep)
    expect(await called('answerAsked')).toEqual({ visitId, isGiven: false })
    stage.calls.length = 0
    await press(askingScreen.give)
    expect(await called('answerAsked')).toEqual({ visitId, isGiven: true })
    await show(scenes.toldBetween)
    stage.calls.length = 0
    await button(askingScreen.seen).first().click()
    expect(await called('dismissTold')).toEqual({ visitId })
  })

  test('about which something is half typed is held', async () => {
    await show(scenes.lookedUp)
    const { id: visitId } = scenes.lookedUp.shown
    await settle()
    await page.keyboard.press('F6')
    await page.getByRole('textbox', { name: screen.note.label }).fill('折り返し')
    const asked = { visitId, number: 1, desk: 'UKETSUKE-03' }
    stage.show({ ...scenes.waiting, asking: { asked: [asked], told: [] } })
    expect(await called('attendVisit')).toEqual({ visitId })
    // Said once.
    await show(scenes.elsewhere)
    expect(stage.calls.filter(({ name }) => name === 'attendVisit')).toHaveLength(1)
  })
})
