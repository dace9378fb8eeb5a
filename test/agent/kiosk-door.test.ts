// Whatever happens at the kiosk and at the desk beside it, the kiosk's door lets out no word about anybody: everything that it
// has told and answered is searched for what the desk knows of the patients.
import { expect, test } from 'vitest'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { kioskDoor } from '../../src-main/shell/doors.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

/** Whatever of a visit tells who somebody is. */
function personal({ patient, holder, answers, assessment }: VisitView): string[] {
  const found = new Set<string>()
  JSON.stringify({ patient, holder, answers, assessment }, (key, value) => {
    const isTelling = /name|kana|birth|ref|number|payer|recipient|address/i.test(key)
    if (isTelling && typeof value === 'string' && value.length > 2) found.add(value)
    return value
  })
  return [...found]
}

test('no name, kana, birth date or number of a certificate leaves by the kiosk’s door', async () => {
  const desk = await openDesk(await dataFolder({ kiosk: { reader: '再来受付機のリーダー' } }))
  const { agent, call, lookUp } = desk
  const told: string[] = []
  const tell = () => void told.push(JSON.stringify(kioskDoor.view(agent.reception())))
  agent.onReception(tell)
  const ask = async (name: string, request: object) => {
    told.push(JSON.stringify(await kioskDoor.call(agent, name, request)))
  }
  const step = () => agent.reception().kiosk?.step
  const check = async (persona: string) => {
    must(await call('insertTrainingCard', { persona, at: 'kiosk' }))
    await eventually('the PIN is asked for', () => step()?.kind === 'pin')
    const { id = '' } = agent.reception().kiosk?.visit ?? {}
    await ask('enterPin', { visitId: id, pin: '1234', lastTry: false })
    await eventually('it is over', () => step()?.kind === 'slip' || step()?.kind === 'called')
    return id
  }
  const atDesk = await desk.checkIn('kodomo')
  const visits = [await check('nanbyo'), await check('gaiji')]
  await agent.settled()
  for (const name of ['reception', 'showVisit', 'openPage', 'enterPin', 'cancelVisit', 'closeVisit', 'toString']) {
    await ask(name, { visitId: atDesk.id, page: 'counter', pin: '1234', lastTry: true })
  }

  const everything = told.join('\n')
  expect(everything).toContain('"slip"')
  for (const visit of [atDesk, ...(await Promise.all(visits.map(lookUp)))]) {
    const secrets = personal(visit)
    expect(secrets).toContain(visit.patient?.name)
    expect(secrets).toContain(visit.patient?.birthDate)
    expect(secrets.length).toBeGreaterThan(5)
    expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
  }
})

test('the answers of the kiosk’s door say no more than that they have come', async () => {
  const { agent } = await openDesk(await dataFolder({ kiosk: { reader: '再来受付機のリーダー' } }))
  const request = { visitId: '7c9e6679-7425-40de-944b-e07fc1f90ae7', pin: '1234', lastTry: false }
  expect(await kioskDoor.call(agent, 'enterPin', request)).toEqual({ ok: true })
  expect(await kioskDoor.call(agent, 'closeVisit', request)).toEqual({ ok: false, error: { code: 'REQUEST_INVALID' } })
})
