// The receptionist of the simulated Monday at the real screen: what hands do there, one thing at a time, and what is waited for.
import type { BrowserContext } from 'playwright'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { undecided } from '../../src-main/eligibility/difference.ts'
import { isIn, passingVisitStates } from '../../src-main/ground/states.ts'
import { eventually } from '../support.ts'
import type { Clinic } from './clinic.ts'

export type Receptionist = Awaited<ReturnType<typeof openReceptionist>>

export async function openReceptionist(clinic: Clinic, context: BrowserContext, random: () => number) {
  const page = await context.newPage()
  await page.clock.install()
  page.setDefaultTimeout(30_000)
  await page.goto(await clinic.invite())

  /** Time passes for the page and the agent alike. */
  const pass = async (ms: number): Promise<void> => {
    await clinic.pass(ms)
    await page.clock.fastForward(ms)
  }
  /** What stands there has been seen. */
  const settle = () => pass(1_000 + Math.floor(random() * 2_000))
  /** From here on the page's time stands still until `page.clock.resume()`. */
  const freeze = async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000))
  const until = async (what: string, fits: (reception: Reception) => boolean): Promise<Reception> => {
    let reception = await clinic.look()
    await eventually(what, async () => {
      reception = await clinic.look()
      return fits(reception)
    })
    return reception
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  /**
   * By the keyboard, once it has been seen. What changes at that moment makes the key count for nothing: whoever sees that
   * nothing happens presses again.
   */
  const press = async (name: string | RegExp) => {
    const target = button(name).first()
    await eventually(`${name} is pressed`, async () => {
      await target.waitFor()
      await settle()
      const pressed = await target.evaluateHandle((element) => {
        const told = { isPressed: false }
        element.addEventListener('keydown', () => (told.isPressed = true), { once: true })
        return told
      })
      await target.press('Enter')
      return pressed.evaluate(({ isPressed }) => isPressed)
    })
  }
  /** As a person types, in the page's own time. */
  const type = async (text: string) => {
    for (const key of text) {
      await page.keyboard.press(key)
      await pass(120)
    }
  }
  const visitAt = (reception: Reception): VisitView => {
    if (!reception.current) throw new Error('nobody is at the counter')
    return reception.current
  }

  return {
    page,
    pass,
    settle,
    freeze,
    until,
    button,
    press,
    type,
    /** As a scanner does it: all at once. */
    async scan(text: string): Promise<void> {
      await freeze()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
      await page.clock.resume()
    },
    /** For whoever looks at a failure. */
    seenOnScreen: () =>
      page.evaluate(() => {
        const { activeElement: at } = document
        return `${at?.tagName} ${at?.id} ${at?.textContent?.slice(0, 60)}\n${document.querySelector('main')?.textContent}`
      }),
    /** Waits until the counter asks for the PIN, or the card is of no use. */
    async cardIsRead(): Promise<VisitView> {
      const isRead = ({ current }: Reception) =>
        current !== null && (current.pin !== null || !isIn(passingVisitStates, current.state))
      return visitAt(await until('the card is read', isRead))
    },
    /** False: the visit has ended before anybody could type. */
    async typePin(pin: string): Promise<boolean> {
      let hasEnded = false
      await eventually('the PIN has the focus', async () => {
        hasEnded = (await clinic.look()).current?.pin == null
        const isFocused = () =>
          page.evaluate(() => document.activeElement?.id === 'pin' && !document.activeElement.matches(':disabled'))
        return hasEnded || isFocused()
      })
      if (hasEnded) return false
      await settle()
      await type(pin)
      await page.keyboard.press('Enter')
      return true
    },
    /** What has become of it, once the card and the hub have spoken. */
    async answered(): Promise<VisitView> {
      return visitAt(
        await until(
          'the visit has its answer',
          ({ current }) => current !== null && (!isIn(passingVisitStates, current.state) || current.doubt !== null),
        ),
      )
    },
    /** Answers every question on the screen; whether any was about a difference, which can be taken back. */
    async decide(): Promise<boolean> {
      const { current } = await clinic.look()
      const isAboutHelps = current?.assessment?.order.together?.used === null
      if (isAboutHelps) {
        const helps = page
          .getByRole('radiogroup', { name: /市区町村の助成/ })
          .getByRole('radio')
          .first()
        await helps.waitFor()
        await settle()
        await helps.press('Space')
        await press('この内容で進む')
        const after = await until('the helps are said', (reception) => {
          const { order, differences = [] } = reception.current?.assessment ?? {}
          // Where nothing else is asked it is confirmed, once that is saved.
          const isAsked = order?.together?.used !== null && undecided(differences, []).length > 0
          return reception.current?.state !== 'answered' || isAsked
        })
        if (after.current?.state !== 'answered') return false
      }
      const form = page.locator('form').filter({ has: page.getByRole('button', { name: '確定してレセコンに送る' }) })
      await form.waitFor()
      await settle()
      for (const group of await form.getByRole('radiogroup').all()) {
        const radios = group.getByRole('radio')
        const count = await radios.count()
        await radios.nth(Math.floor(random() * count)).press('Space')
      }
      await press('確定してレセコンに送る')
      await until('it is decided', (reception) => reception.current?.state !== 'answered')
      return true
    },
  }
}
