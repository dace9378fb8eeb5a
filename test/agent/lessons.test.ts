// The lessons of a first day: a task is done when it is seen in what the agent tells, and in no other way. Every lesson is
// walked through as whoever learns would do it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Lesson, lessons } from '../../src-main/contract/training.ts'
import { eventually, must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

async function openLesson(lesson: Lesson, dataDir?: string) {
  const folder = dataDir ?? (await dataFolder())
  const desk = await openDesk(folder, { hubPauseMs: { first: 20, longest: 50 } })
  must(await desk.call('startLesson', { lesson }))
  const done = () => desk.agent.reception().training?.lesson?.done.map(Number).join('') ?? null
  const isDone = (tasks: string) => eventually(`tasks ${tasks} of ${lesson}`, () => done() === tasks)
  const listed = () => desk.agent.reception().visits[0]?.id ?? ''
  const next = async () => {
    must(await desk.call('closeVisit', { visitId: desk.current()?.id ?? '' }))
    must(await desk.takeAway())
  }
  const switchTo = async (fault: string, isOn: boolean) => must(await desk.call('switchTrainingFault', { fault, isOn }))
  return { ...desk, folder, done, isDone, listed, next, switchTo }
}

test('the first check-in is done with the card given back', async () => {
  const desk = await openLesson('first')
  expect(desk.done()).toBe('000')
  // Another patient's visit is not what was asked for.
  await desk.checkIn('none')
  await desk.next()
  expect(desk.done()).toBe('000')
  await desk.checkIn('kosei-hitorioya')
  await desk.isDone('100')
  must(await desk.call('closeVisit', { visitId: desk.current()?.id ?? '' }))
  await desk.isDone('110')
  must(await desk.takeAway())
  await desk.isDone('111')
})

test('what was done before a lesson began is not done in it', async () => {
  const desk = await openLesson('first')
  must(await desk.call('leaveLesson', {}))
  await desk.checkIn('kosei-hitorioya')
  must(await desk.call('startLesson', { lesson: 'first' }))
  expect(desk.done()).toBe('000')
})

test('a wrong PIN comes before the right one', async () => {
  const desk = await openLesson('wrongPin')
  must(await desk.lay('kosei-hitorioya'))
  await desk.asksForPin()
  await desk.enterPin('9999')
  await desk.isDone('10')
  await desk.asksForPin()
  must(await desk.enterPin('1234'))
  await desk.isDone('11')
})

test('the sheet of a cap is opened, written on and looked through', async () => {
  const desk = await openLesson('cap')
  const { id: visitId } = await desk.checkIn('nanbyo')
  await desk.isDone('1000')
  const certificate = { payerNumber: '54136015', recipientNumber: '5401609' }
  const sheet = { visitId, certificate, month: desk.agent.reception().today.slice(0, 7) }
  must(await desk.call('openCapSheet', sheet))
  await desk.isDone('1100')
  const content = { day: desk.agent.reception().today, institution: null, totalCostYen: 10_000, paidYen: 2_000 }
  must(await desk.call('enterCapLine', { ...sheet, seen: 0, content }))
  await desk.isDone('1110')
  must(await desk.call('sayCapPaperSeen', { ...sheet, seen: 1, isSeen: true }))
  await desk.isDone('1111')
})

test('a masked name is spelled out with the number', async () => {
  const desk = await openLesson('maskedName')
  const { id: visitId } = await desk.checkIn('g-spelling')
  await desk.isDone('100')
  must(await desk.call('linkPatientNumber', { visitId, patientNumber: '0031', isMoved: false }))
  await desk.isDone('110')
  must(await desk.call('confirmName', { visitId, name: '吉田　花子' }))
  await desk.isDone('111')
})

test('a difference is asked about and decided', async () => {
  const desk = await openLesson('difference')
  await desk.checkIn('g-number-before')
  await desk.isDone('100')
  await desk.next()
  const { id: visitId } = await desk.checkIn('g-number')
  await desk.isDone('110')
  const asked = desk.current()?.assessment?.differences.filter(({ choices }) => choices.length > 0) ?? []
  expect(asked.length).toBeGreaterThan(0)
  const decisions = asked.map(({ key, choices }) => ({ key, choice: choices.find((one) => one !== 'askAgain') }))
  must(await desk.call('decideDifferences', { visitId, decisions }))
  await desk.isDone('111')
})

test('a 公費 that has ended gets a note', async () => {
  const desk = await openLesson('ended')
  const { id: visitId } = await desk.checkIn('ended')
  await desk.isDone('10')
  must(await desk.call('noteVisit', { visitId, note: '紙の受給者証も期限切れ' }))
  await desk.isDone('11')
})

test('a locked PIN leads over the face', async () => {
  const desk = await openLesson('blocked')
  must(await desk.lay('blocked'))
  await desk.asksForPin()
  await desk.isDone('100')
  const { id: visitId } = desk.current() ?? { id: '' }
  const face = { birthDate: '1948-05-05', printedYear: 'era', expiryYear: '2027', securityCode: '9684' }
  must(await desk.call('readFace', { visitId, ...face, lastTry: false }))
  await desk.isDone('110')
  must(await desk.call('confirmFace', { visitId, isSame: true }))
  await desk.isDone('111')
})

test('of two patients of one name it has to be the right one', async () => {
  const desk = await openLesson('sameName')
  for (const persona of ['g-payment', 'g-designation']) {
    await desk.checkIn(persona)
    await desk.next()
  }
  await desk.isDone('1100')
  const arrive = async () => {
    const before = desk.listed()
    must(await desk.call('useFaceReader', { persona: 'g-payment' }))
    await eventually('a result of the face reader', () => desk.listed() !== before)
    return desk.lookUp(desk.listed())
  }
  const choose = async (certificate: string) => {
    const visit = await arrive()
    const candidate = visit.candidates.find(({ certificates }) =>
      certificates.some((name) => name.includes(certificate)),
    )
    must(await desk.call('choosePatient', { visitId: visit.id, patientRef: candidate?.ref ?? '' }))
    await desk.agent.settled()
  }
  await choose('更生')
  expect(desk.done()).toBe('1110')
  await choose('難病')
  await desk.isDone('1111')
})

test('an answer that names somebody else is refused, and the fault mended', async () => {
  const desk = await openLesson('otherPerson')
  await desk.checkIn('nanbyo')
  await desk.isDone('1000')
  await desk.next()
  await desk.switchTo('hubOtherPerson', true)
  must(await desk.lay('nanbyo'))
  await desk.asksForPin()
  void desk.enterPin('1234')
  const { id: visitId } = await desk.reaches('the doubt', (visit) => visit?.doubt != null)
  await desk.isDone('1100')
  expect(await desk.call('confirmPerson', { visitId, isSame: false })).toMatchObject({
    error: { code: 'HUB_PERSON_DIFFERS' },
  })
  await desk.isDone('1110')
  must(await desk.call('endTrainingFaults', {}))
  await desk.isDone('1111')
})

test('while the hub is down the last answer is shown, and the visit is asked about later by itself', async () => {
  const desk = await openLesson('hubDown')
  await desk.checkIn('nanbyo')
  await desk.isDone('1000')
  await desk.next()
  await desk.switchTo('hubDown', true)
  await desk.isDone('1100')
  await desk.checkIn('nanbyo')
  await desk.isDone('1110')
  await desk.switchTo('hubDown', false)
  await desk.isDone('1111')
})

test('a file waits while its folder is away, and is there afterwards', async () => {
  const desk = await openLesson('notDelivered')
  await desk.switchTo('folderAway', true)
  await desk.isDone('100')
  await desk.checkIn('nanbyo')
  await desk.isDone('110')
  await desk.switchTo('folderAway', false)
  await desk.isDone('111')
})

test('a lesson is left and gone on with another day; one that is done begins anew', async () => {
  const first = await openLesson('wrongPin')
  must(await first.lay('kosei-hitorioya'))
  await first.asksForPin()
  await first.enterPin('9999')
  await first.isDone('10')
  await first.stop()

  const desk = await openDesk(first.folder)
  const training = () => desk.agent.reception().training
  expect(training()?.lesson).toEqual({ lesson: 'wrongPin', done: [true, false] })
  must(await desk.call('leaveLesson', {}))
  expect(training()?.lesson).toBeNull()
  must(await desk.call('openPage', { page: 'training' }))
  const { page } = desk.agent.reception()
  const progress = page.name === 'training' ? page.lessons : []
  expect(progress.map(({ lesson }) => lesson)).toEqual(lessons)
  expect(progress.find(({ lesson }) => lesson === 'wrongPin')).toEqual({ lesson: 'wrongPin', done: 1, of: 2 })
  must(await desk.call('startLesson', { lesson: 'wrongPin' }))
  expect(training()?.lesson?.done).toEqual([true, false])
  await desk.checkIn('kosei-hitorioya')
  await eventually('the lesson is done', () => training()?.lesson?.done.every(Boolean) === true)
  must(await desk.call('startLesson', { lesson: 'wrongPin' }))
  expect(training()?.lesson?.done).toEqual([false, false])
})

test('lessons that were damaged begin anew, and know nobody', async () => {
  const first = await openLesson('first')
  await first.checkIn('kosei-hitorioya')
  await first.isDone('100')
  await first.stop()
  const file = join(first.folder, 'training/lessons.json')
  expect(readFileSync(file, 'utf8')).not.toMatch(/鈴木|スズキ/)
  writeFileSync(file, '{"done":')
  const desk = await openDesk(first.folder)
  expect(desk.agent.reception().training?.lesson).toBeNull()
})
