// The PIN typed on the patient's own screen, while the desk sees that it is going on and what came of it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calls } from '../../src-main/contract/reception.ts'
import { test as base, expect } from './desk.ts'

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    const pinEntry = { side: 'patient', shuffledKeys: true }
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ pinEntry }))
    await use(dataDir)
  },
})

const viewKeys = ['isShuffled', 'mode', 'revision', 'step']

test('a whole check-in with the PIN on the patient’s screen, which never learns who it is', async ({ desk }, info) => {
  test.skip(info.project.name === 'electron', 'the desktop program opens a window of its own for this page')
  const asked: string[] = []
  const patient = await desk.context().newPage()
  patient.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await patient.goto(new URL('/patient', desk.url()).href)
  const heard: string[] = []
  await patient.exposeFunction('hear', (data: string) => heard.push(data))
  await patient.evaluate(() => {
    const events = new EventSource('/patient/api/events')
    events.addEventListener('reception', ({ data }) => Reflect.get(window, 'hear')(data))
  })
  await desk.getByRole('button', { name: '次の患者へ' }).click()
  await expect(patient.getByRole('heading', { name: 'マイナンバーカードを置いてください' })).toBeVisible()

  await desk.getByRole('button', { name: '更生医療とひとり親の併用' }).click()
  await expect(desk.getByText('患者さんの画面で、暗証番号の入力をお待ちしています').last()).toBeVisible()
  await expect(desk.getByLabel('暗証番号（4桁）')).toHaveCount(0)
  const type = async (pin: string) => {
    await expect(patient.getByLabel('暗証番号（4桁）')).toBeFocused()
    for (const digit of pin) await patient.getByRole('button', { name: digit, exact: true }).click()
    await patient.getByRole('button', { name: '確認する' }).click()
  }
  await type('0000')
  await expect(patient.getByRole('alert')).toContainText('あと2回')
  await expect(desk.getByText('暗証番号が違います。あと2回入力できます。')).toBeVisible()
  await type('1234')
  await expect(patient.getByRole('heading', { name: '確認が終わりました' })).toBeVisible()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()

  expect(await patient.content()).not.toMatch(/鈴木|スズキ/)
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  // Everything its door has sent, with the whole check-in in it.
  await expect.poll(() => heard.at(-1)).toContain('"done"')
  expect(heard.join()).toContain('"pin"')
  for (const data of heard) expect(Object.keys(JSON.parse(data)).sort()).toEqual(viewKeys)
  expect(heard.join()).not.toMatch(/鈴木|スズキ|Training Reader|csv/)
})

test('the patient’s door refuses every call that is not the patient’s', async ({ desk }, info) => {
  test.skip(info.project.name === 'electron', 'a door of the headless shell')
  const ask = (name: string) =>
    desk.evaluate(async (path) => {
      const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      return answer.json()
    }, `/patient/api/call/${name}`)
  const own = ['reception', 'enterPin', 'cancelVisit']
  for (const name of Object.keys(calls).filter((name) => !own.includes(name))) {
    expect([name, await ask(name)]).toEqual([name, { ok: false, error: { code: 'REQUEST_INVALID' } }])
  }
  // Its own are answered with its view, also when they do not fit.
  for (const name of own) expect([name, Object.keys((await ask(name)).value).sort()]).toEqual([name, viewKeys])
})
