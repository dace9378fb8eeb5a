// What happens on the simulated Monday: card after card, and everything that comes between. Dice decide what, the log tells it
// in order, and what has to be true in the end is noted as it happens.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import type { Reception, VisitView } from '../../src-main/contract/reception.ts'
import { confirmedStates, isIn } from '../../src-main/ground/states.ts'
import { eventually } from '../support.ts'
import { insured, terminalFile } from '../terminal-file.ts'
import { type Clinic, monday } from './clinic.ts'
import type { Receptionist } from './reception.ts'

/** Cards that identify somebody. Those of the gallery are all of one name and birth date, and of different people. */
const people = ['nanbyo', 'kodomo', 'kosei-hitorioya', 'none', 'withheld', 'gaiji', 'renewal-soon', 'grace']
const namesakes = ['g-changed-before', 'g-changed', 'g-numbers', 'g-order', 'g-local', 'g-absent-before', 'g-absent']
/** Cards that identify nobody. */
const useless = ['expired', 'blocked', 'last-try']

export interface Noted {
  /** Whose card was laid for a visit. */
  readonly personaOf: Map<string, string>
  /** Whom staff said that a result of the terminal is about. */
  readonly chosenRefOf: Map<string, string>
  /** What was written down of a visit, for good. */
  readonly noteOf: Map<string, string>
  /** Visits that the screen has shown as confirmed. */
  readonly confirmed: Set<string>
  /** What happened, in order. */
  readonly log: string[]
}

export interface Morning {
  readonly clinic: Clinic
  readonly hands: Receptionist
  readonly context: BrowserContext
  readonly random: () => number
  readonly noted: Noted
}

/** Nobody has decided it. */
const isOpen = ({ choices, decided }: { readonly choices: readonly string[]; readonly decided: object | null }) =>
  choices.length > 0 && decided === null

const isEnded = ({ current }: Reception) => current === null || ['failed', 'cancelled'].includes(current.state)

export function createMorning({ clinic, hands, context, random, noted }: Morning) {
  const { page, pass, settle, until, press, button } = hands
  const chance = (share: number) => random() < share
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const tell = (what: string) => noted.log.push(`${Math.round(clinic.passedMs() / 1_000)} s: ${what}`)
  let files = 0
  let isHubDown = false
  /** Time on the telephone: nobody works through cards meanwhile. */
  let onTelephoneMs = 0
  let nextCallMs = 60_000
  /** A note that somebody was writing when something came between. */
  let halfTyped: { readonly visitId: string; readonly text: string } | null = null

  const free = async (): Promise<void> => {
    const { current, shown } = await clinic.look()
    if (shown) await clinic.call('showVisit', { visitId: null })
    if (current && isEnded(await clinic.look())) {
      await press('閉じる')
      await until('the counter is free', (reception) => reception.current?.id !== current.id)
    }
  }

  /** Nothing that these do may change what a visit becomes. */
  const betweens: readonly (readonly [string, () => Promise<void>])[] = [
    ['a stray Enter', () => page.keyboard.press('Enter')],
    ['a scan', () => hands.scan('0099887')],
    ['a reload', async () => void (await reload())],
    ['a second page', () => secondPage(false)],
    ['a result of the face reader', async () => void (await clinic.call('useFaceReader', { persona: oneOf(people) }))],
    ['a result about somebody of that name', async () => namesake()],
    [
      'the screen is hidden and shown',
      async () => {
        await page.keyboard.press('F9')
        await press('表示する')
      },
    ],
    ['a telephone call', () => longCall()],
  ]
  /** Four minutes, once in ten. */
  const longCall = async (): Promise<void> => {
    if (clinic.passedMs() < nextCallMs) return
    await pass(240_000)
    onTelephoneMs += 240_000
    nextCallMs = clinic.passedMs() + 360_000
  }
  const between = async (share: number): Promise<void> => {
    if (!chance(share)) return
    const [what, happens] = oneOf(betweens)
    tell(what)
    await happens()
  }

  const reload = async (): Promise<void> => {
    // What is half typed goes with the page; whoever reloads it knows.
    halfTyped = null
    await page.reload()
    await page.getByRole('banner').waitFor()
  }

  const opened = async (other: Page): Promise<void> => {
    await other
      .getByRole('banner')
      .waitFor()
      .catch(async (error: unknown) => {
        throw new Error(`${await other.locator('body').textContent()} ${String(error)}`)
      })
  }

  const secondPage = async (closesVisit: boolean): Promise<void> => {
    const other: Page = await context.newPage()
    await other.goto(await clinic.invite())
    await opened(other)
    const { current } = await clinic.look()
    if (closesVisit && current && isIn(confirmedStates, current.state)) {
      const next = other.getByRole('button', { name: /次の患者へ/ })
      await next.waitFor()
      await eventually('the other page closes it', async () => {
        await next.press('Enter').catch(() => undefined)
        return (await clinic.look()).current?.id !== current.id
      })
    }
    await other.close()
  }

  /** A result of the face reader that could be about everybody of that name. */
  const namesake = async (): Promise<void> => {
    files++
    const at = `${monday.replaceAll('-', '')}09${String(10 + (files % 50)).padStart(2, '0')}00`
    const content = terminalFile({ at }, [
      { ...insured, Name: '練習　花子', NameKana: 'ﾚﾝｼﾕｳ ﾊﾅｺ', Sex1: '2', Birthdate: '19900515' },
    ])
    writeFileSync(join(clinic.dataDir, 'training/terminal/face', `OQSsiquc01res_face_9${files}_${at}.xml`), content)
  }

  const seen = (visit: VisitView): void => {
    if (isIn(confirmedStates, visit.state)) noted.confirmed.add(visit.id)
  }

  const decide = async (visitId: string): Promise<void> => {
    const mayTakeBack = await hands.decide()
    tell('decided')
    if (!mayTakeBack || !chance(0.4)) return
    await button('元に戻す').click()
    const after = await until('the decision is taken back or has gone out', ({ current, visits }) => {
      const state = current?.id === visitId ? current.state : visits.find(({ id }) => id === visitId)?.state
      return state === 'answered' || state === 'handedOver' || state === 'acknowledged'
    })
    tell(`taken back: ${after.current?.state}`)
    if (after.current?.id === visitId && after.current.state === 'answered') await hands.decide()
  }

  const write = async (visitId: string): Promise<void> => {
    const text = `メモ${Math.floor(random() * 10_000)}`
    const field = page.getByLabel('メモ', { exact: true })
    // What has just changed makes a key wait for another second.
    await eventually('the note is open', async () => {
      await settle()
      await page.keyboard.press('F6')
      return field.isVisible()
    })
    await field.fill(text)
    if (chance(0.5)) {
      tell(`a note, half typed: ${text}`)
      halfTyped = { visitId, text }
      return
    }
    await settle()
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    noted.noteOf.set(visitId, text)
    tell(`a note: ${text}`)
  }

  /** Back to what was half typed: every letter is there. */
  const goOn = async (): Promise<void> => {
    if (!halfTyped) return
    const { visitId, text } = halfTyped
    halfTyped = null
    const { visits } = await clinic.look()
    const number = visits.find(({ id }) => id === visitId)?.number
    await press(`受付 ${number}番に戻る`)
    const field = page.getByLabel('メモ', { exact: true })
    await field.waitFor()
    const kept = await field.inputValue()
    if (kept !== text) throw new Error(`half typed was ${text}, kept is ${kept}`)
    await field.focus()
    await settle()
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    noted.noteOf.set(visitId, text)
    tell(`the note was finished: ${text}`)
    await clinic.call('showVisit', { visitId: null })
  }

  const close = async (visit: VisitView): Promise<void> => {
    if (chance(0.1)) {
      tell('closed on a second page')
      return secondPage(true)
    }
    await press(/次の患者へ|^閉じる/)
    await until('the counter is free', ({ current }) => current?.id !== visit.id)
    if (!chance(0.15)) return
    await button('元に戻す').click()
    const back = await until('it is back', () => true)
    if (back.current?.id === visit.id) {
      tell('closed too early')
      await press(/次の患者へ|^閉じる/)
      await until('the counter is free', ({ current }) => current?.id !== visit.id)
    }
  }

  const checkIn = async (persona: string): Promise<void> => {
    await free()
    tell(`card ${persona}`)
    await clinic.lay(persona)
    const laid = await hands.cardIsRead()
    noted.personaOf.set(laid.id, persona)
    if (laid.pin === null || laid.pin.triesLeft < 2) return void (await giveUp())
    if (chance(0.1)) return pulled()
    await between(0.35)
    if (chance(0.08)) {
      if (!(await hands.typePin('9999'))) return
      const wrong = await until(
        'the PIN was wrong',
        ({ current }) => current?.pin?.wrong === true || current?.state === 'failed',
      )
      if (wrong.current?.state === 'failed') return
      // The entry is a new one once the screen says it, too.
      await page.getByText('暗証番号が違います').filter({ visible: true }).first().waitFor()
      tell('a wrong PIN')
      await between(0.2)
    }
    if (!(await hands.typePin('1234'))) return
    if (chance(0.2)) {
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
    }
    let visit = await hands.answered()
    if (visit.state === 'failed') return
    if (visit.state === 'answered') {
      await between(0.3)
      await decide(visit.id)
      const { current } = await clinic.look()
      if (current) visit = current
    }
    seen(visit)
    await between(0.3)
    if (chance(0.25)) await write(visit.id)
    if (chance(0.7)) await clinic.takeAway()
    await close(visit)
    await clinic.takeAway()
    await goOn()
  }

  const giveUp = async (): Promise<void> => {
    const { current } = await clinic.look()
    if (current?.pin) {
      await settle()
      await page.keyboard.press('Escape')
      await until('it is cancelled', ({ current: now }) => now?.state === 'cancelled')
    }
    await clinic.takeAway()
    await free()
  }

  const pulled = async (): Promise<void> => {
    tell('the card is pulled')
    await clinic.takeAway()
    await until('the visit has ended', isEnded)
    await free()
  }

  /** Somebody says whom a result of the terminal is about. */
  const choose = async (): Promise<void> => {
    await free()
    const { visits, current } = await clinic.look()
    const waiting = visits.find(({ state }) => state === 'choosing')
    if (!waiting || current) return
    await clinic.call('showVisit', { visitId: waiting.id })
    const shown = await until('it is shown', (reception) => reception.shown?.id === waiting.id)
    const candidates = shown.shown?.candidates ?? []
    const say = async (): Promise<string | null> => {
      if (candidates.length === 0) {
        await press('初めての方として受け付ける')
        return null
      }
      const place = Math.floor(random() * candidates.length)
      await page.getByRole('radiogroup').getByRole('radio').first().waitFor()
      await settle()
      await page.getByRole('radiogroup').getByRole('radio').nth(place).press('Space')
      await press('この方で受け付ける')
      return candidates[place]?.ref ?? null
    }
    const isStill = ({ visits: now }: Reception) => now.find(({ id }) => id === waiting.id)?.state === 'choosing'
    let ref = await say()
    await until('it is said', (reception) => !isStill(reception))
    tell(`one of ${candidates.length} chosen`)
    if (chance(0.4)) {
      await button('元に戻す').click()
      await settle()
      if (isStill(await clinic.look())) {
        tell('chosen anew')
        ref = await say()
        await until('it is said', (reception) => !isStill(reception))
      }
    }
    if (ref !== null) noted.chosenRefOf.set(waiting.id, ref)
    await clinic.call('showVisit', { visitId: null })
  }

  /** What waits for a decision is taken up. */
  const takeUp = async (): Promise<void> => {
    await free()
    const { visits, current } = await clinic.look()
    const waiting = visits.find(({ state }) => state === 'answered')
    if (!waiting || current) return
    await clinic.call('showVisit', { visitId: waiting.id })
    await press('確認に進む')
    const reception = await until('it is at the counter', ({ current: now }) => now?.id === waiting.id)
    tell('taken up')
    // What was decided about the patient meanwhile may have answered it.
    const { current: taken } = await until(
      'it is through, or asks',
      ({ current: now }) =>
        now?.assessment == null ||
        now.state !== 'answered' ||
        now.assessment.order.together?.used === null ||
        now.assessment.differences.some(isOpen),
    )
    if (taken?.state === 'answered') await decide(waiting.id)
    const visit = (await clinic.look()).current ?? reception.current
    if (visit) await close(visit)
  }

  const telephone = async (): Promise<void> => {
    await free()
    const { visits } = await clinic.look()
    if (visits.length === 0) return
    tell('a telephone call')
    await settle()
    await page.keyboard.press('F2')
    await page.keyboard.type('れんしゅう', { delay: 30 })
    await settle()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    if (chance(0.3)) {
      await pass(330_000)
      onTelephoneMs += 330_000
    }
    const hidden = button('表示する')
    if (await hidden.isVisible()) await press('表示する')
    await clinic.call('showVisit', { visitId: null })
  }

  const outage = async (): Promise<void> => {
    isHubDown = !isHubDown
    tell(isHubDown ? 'the hub is down' : 'the hub is back')
    await clinic.hubIs(isHubDown ? { kind: 'down' } : null)
  }

  const kill = async (): Promise<void> => {
    tell('the agent is killed')
    // However long a start takes here: the page's patience is its own test.
    await hands.freeze()
    await clinic.killAndStart()
    await page.clock.resume()
    isHubDown = false
    // By itself: the same port, and the key of the page is kept.
    await eventually('the page is back', async () => {
      await page.clock.runFor(500)
      return page.getByRole('banner').isVisible()
    })
  }

  return {
    /** One thing after the other until so much time has passed. */
    async run(minutes: number): Promise<void> {
      const workedMs = () => clinic.passedMs() - onTelephoneMs
      const end = workedMs() + minutes * 60_000
      // Who everybody of that name is has to be known first.
      for (const persona of namesakes.filter((name) => name.endsWith('before'))) await checkIn(persona)
      while (workedMs() < end) {
        const dice = random()
        if (dice < 0.62) await checkIn(oneOf(chance(0.5) ? people : namesakes))
        else if (dice < 0.7) await checkIn(oneOf(useless))
        else if (dice < 0.78) await choose()
        else if (dice < 0.86) await takeUp()
        else if (dice < 0.91) await telephone()
        else if (dice < 0.96) await outage()
        else await kill()
      }
      if (isHubDown) await outage()
    },
    free,
  }
}
