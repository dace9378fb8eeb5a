// What the clinic has decided once for every patient stands on a page of its own and is taken back: then it is proposed, or
// asked about, as before, over a restart too, and the audit trail tells both.
import { expect, test } from 'vitest'
import type { ClinicRule } from '../../src-main/contract/clinic-rules.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

async function openClinic(dataDir?: string) {
  const folder = dataDir ?? (await dataFolder())
  const desk = await openDesk(folder)
  /** The page as somebody sees it who turns to it. */
  const rules = async () => {
    must(await desk.call('openPage', { page: 'clinicRules' }))
    const { page } = desk.agent.reception()
    if (page.name !== 'clinicRules') throw new Error('it is another page')
    return page
  }
  const takeBack = (rule: ClinicRule) => desk.call('takeRuleBack', { rule })
  return { folder, desk, rules, takeBack }
}

test('a substitute that is not approved any more stands in no file', async () => {
  const { folder, desk, rules, takeBack } = await openClinic()
  await desk.checkIn('gaiji')
  must(await desk.call('approveSubstitute', { character: '𠮷', substitute: '吉' }))
  expect(desk.current()?.assessment?.name.claim.form).toBe('substituted')
  expect((await rules()).substitutes).toEqual([{ character: '𠮷', substitute: '吉' }])
  must(await takeBack({ kind: 'substitute', character: '𠮷' }))
  expect(desk.current()?.assessment?.name.claim.form).toBe('kana')
  expect((await rules()).substitutes).toEqual([])
  await desk.stop()
  const later = await openClinic(folder)
  const visit = await later.desk.checkIn('gaiji')
  expect(visit.deliveries.map(({ state }) => state)).toContain('rejected')
})

test('an order on the claim goes back to the proposal, for the next patient with the same schemes as well', async () => {
  const { folder, desk, rules, takeBack } = await openClinic()
  const visit = await desk.checkIn('kosei-hitorioya')
  must(await desk.call('orderBenefits', { visitId: visit.id, sequence: [1, 0] }))
  const [order] = (await rules()).orders
  expect(order?.map(({ key }) => key)).toEqual(['81136244', '15'])
  expect(order?.every(({ name }) => name !== null)).toBe(true)
  // Whatever order they are named in.
  must(await takeBack({ kind: 'order', schemes: ['15', '81136244'] }))
  must(await takeBack({ kind: 'order', schemes: ['15', '81136244'] }))
  expect(desk.current()?.handed?.next.decidedBy).toBe('proposal')
  expect((await rules()).orders).toEqual([])
  await desk.stop()
  const later = await openClinic(folder)
  expect((await later.desk.checkIn('kosei-hitorioya')).assessment?.order.decidedBy).toBe('proposal')
})

test('which of several helps is used is asked again', async () => {
  const { desk, rules, takeBack } = await openClinic()
  const first = await desk.checkIn('g-local', true)
  const [used = -1] = first.assessment?.order.together?.benefits ?? []
  must(await desk.call('chooseHelps', { visitId: first.id, used: [used] }))
  const [helps] = (await rules()).helps
  expect(helps?.used).toHaveLength(1)
  must(await takeBack({ kind: 'helps', schemes: helps?.of.map(({ key }) => key) ?? [] }))
  expect((await rules()).helps).toEqual([])
  must(await desk.call('closeVisit', { visitId: first.id }))
  expect(await desk.checkIn('g-local', true)).toMatchObject({ state: 'answered' })
  expect(desk.agent.reception().settings.changed.map(({ setting }) => setting)).toContain('chosenHelps')
})
