// A card of the voucher gallery at the counter: as good as any other, by PIN and by what is printed on it.
import { expect, test } from 'vitest'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

test('a card of the voucher gallery shows its case', async () => {
  const desk = await openDesk(await dataFolder())
  const visit = await desk.checkIn('voucher-02')
  expect(visit.answers?.vaccination).toMatchObject({ state: 'present', items: [{ vaccineCode: 'measlesRubella' }] })
  expect(visit.assessment?.vouchers).toMatchObject([{ verdict: 'given', advice: [{ code: 'DOSE_GIVEN' }] }])
})

test('what is printed on a card of the voucher gallery opens its face', async () => {
  const desk = await openDesk(await dataFolder())
  must(await desk.lay('voucher-02'))
  const { id: visitId } = await desk.asksForPin()
  const card = desk.agent.reception().training?.voucherGallery.find(({ id }) => id === 'voucher-02')
  if (!card) throw new Error('no such card')
  must(await desk.call('readFace', { visitId, ...card.front, printedYear: 'era', lastTry: false }))
  const { face } = await desk.reaches('the face is read', (visit) => visit?.face != null)
  expect(face).toMatchObject({ name: '練習　さくら', birthDate: card.front.birthDate })
})
