// A patient who cannot use the PIN: staff open the face in the chip with what is printed on the card, compare, and go on.
import { describe, expect, test } from 'vitest'
import { fault } from '../faults.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const printed = { birthDate: '1979-04-12', printedYear: 'era', expiryYear: '2031', securityCode: '4821' } as const

async function atTheCounter(persona = 'nanbyo') {
  const desk = await openDesk(await dataFolder())
  must(await desk.lay(persona))
  const { id: visitId } = await desk.asksForPin()
  return {
    desk,
    visitId,
    readFace: (changes: object = {}) => desk.call('readFace', { visitId, ...printed, lastTry: false, ...changes }),
    confirm: (isSame: boolean) => desk.call('confirmFace', { visitId, isSame }),
    tries: () => desk.current()?.pin?.triesLeft,
  }
}

describe('identification by the face', () => {
  test('shows what the chip holds, and goes on to the answer once staff have compared', async () => {
    const { desk, readFace, confirm } = await atTheCounter()
    must(await readFace())
    const face = desk.current()?.face
    expect(face).toMatchObject({ name: '佐藤　美咲', birthDate: '1979-04-12', sex: 'female', validTo: '2031-04-12' })
    for (const image of [face?.photo, face?.nameImage, face?.addressImage]) {
      expect(
        Buffer.from(image ?? '', 'base64')
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG')
    }
    must(await confirm(true))
    const visit = await desk.ends()
    expect(visit).toMatchObject({ patient: { name: '佐藤　美咲' }, answers: { medicalSubsidy: { state: 'present' } } })
    await desk.agent.settled()
    expect(desk.current()?.state).toBe('handedOver')
    expect(desk.current()?.face).toBe(null)
  })

  fault('patient', 'The photo of the card shows somebody else', {
    seen: 'FACE_NOT_CONFIRMED',
    data: 'Nobody is asked about the patient, and the photo is gone from the screen.',
    recovery: 'Staff find out whose card it is.',
  })
  test('ends the visit when it is another person', async () => {
    const { desk, readFace, confirm } = await atTheCounter()
    must(await readFace())
    await confirm(false)
    expect(desk.current()).toMatchObject({ state: 'failed', failure: { code: 'FACE_NOT_CONFIRMED' }, face: null })
  })

  test('needs the face before it can be confirmed', async () => {
    const { desk, confirm } = await atTheCounter()
    expect(await confirm(true)).toMatchObject({ ok: false, error: { code: 'VISIT_NOT_CURRENT' } })
    expect(desk.current()?.state).toBe('identifying')
  })

  test('with a wrong code costs one try of its own, and the PIN is still there', async () => {
    const { desk, readFace, tries } = await atTheCounter()
    expect(await readFace({ securityCode: '0000' })).toMatchObject({
      ok: false,
      error: { code: 'FACE_CODE_WRONG', detail: { triesLeft: 9 } },
    })
    expect(tries()).toBe(3)
    must(await desk.enterPin('1234'))
    expect((await desk.ends()).patient?.name).toBe('佐藤　美咲')
  })

  test('with a day that is none sends nothing to the card', async () => {
    const { desk, readFace } = await atTheCounter()
    const apdus = desk.agent.timings()?.apdus
    expect(await readFace({ birthDate: '1979-02-30' })).toMatchObject({ ok: false, error: { code: 'REQUEST_INVALID' } })
    expect(desk.agent.timings()?.apdus).toBe(apdus)
  })

  test('is the way that is left for a card whose PIN is locked', async () => {
    const desk = await openDesk(await dataFolder())
    must(await desk.lay('blocked'))
    const { id: visitId } = await desk.reaches('the locked PIN', (now) => now?.pin?.triesLeft === 0)
    const front = { birthDate: '1948-05-05', printedYear: 'era', expiryYear: '2027', securityCode: '9684' } as const
    must(await desk.call('readFace', { visitId, ...front, lastTry: false }))
    must(await desk.call('confirmFace', { visitId, isSame: true }))
    expect((await desk.ends()).patient?.name).toBe('中村　文子')
  })

  fault('hub', 'The hub takes no identification by the photo', {
    seen: 'HUB_IDENTIFICATION_REFUSED',
    data: 'Nothing is handed over.',
    recovery: 'The PIN identifies, or the paper certificate is used.',
  })
  test('that the hub does not take ends with what to do instead', async () => {
    const { desk, readFace, confirm } = await atTheCounter()
    desk.agent.training?.sandbox.refuseVisual(true)
    must(await readFace())
    await confirm(true)
    expect(desk.current()).toMatchObject({ state: 'failed', failure: { code: 'HUB_IDENTIFICATION_REFUSED' } })
  })

  fault('card', 'The card is taken away while its photo is compared', {
    seen: 'CARD_REMOVED',
    data: 'The photo is gone from the screen.',
    recovery: 'The card is laid again.',
  })
  test('on a card that is taken away ends the visit', async () => {
    const { desk, readFace } = await atTheCounter()
    must(await readFace())
    await desk.takeAway()
    expect((await desk.ends()).failure).toEqual({ code: 'CARD_REMOVED' })
    expect(desk.current()?.face).toBe(null)
  })
})

test('the certificate of a card that ends soon, or has ended a short while ago, is told with its last day', async () => {
  const desk = await openDesk(await dataFolder())
  for (const [persona, status] of [
    ['nanbyo', 'valid'],
    ['renewal-soon', 'endsSoon'],
    ['grace', 'grace'],
  ] as const) {
    const visit = await desk.checkIn(persona)
    expect(visit).toMatchObject({ failure: null, certificate: { status } })
    const { validTo = '', countsTo = '' } = visit.certificate ?? {}
    expect(validTo).toMatch(/^20[0-9]{2}-/)
    // To the last day of the third month after that of the end.
    const [year, month] = validTo.split('-').map(Number)
    expect(countsTo).toBe(new Date(Date.UTC(year ?? 0, (month ?? 0) + 3, 0)).toISOString().slice(0, 10))
    must(await desk.call('closeVisit', { visitId: visit.id }))
  }
})

test('a telephone has no grace: it is told that it has ended, and what to do', async () => {
  const desk = await openDesk(await dataFolder())
  desk.agent.training?.reader.setQuirks({ token: 'iphone' })
  must(await desk.lay('grace'))
  expect(await desk.ends()).toMatchObject({
    state: 'failed',
    failure: { code: 'CARD_CERTIFICATE_EXPIRED', detail: { field: 'phone' } },
  })
})
