// The PIN typed on the patient's own screen, while the desk sees that it is going on and what came of it. The desktop program
// opens a window of its own for it: see test/desktop.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calls } from '../../src-main/contract/calls.ts'
import { test as base, expect } from './desk.ts'

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    const pinEntry = { side: 'patient', shuffledKeys: true }
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ pinEntry }))
    await use(dataDir)
  },
})

const viewKeys = ['isReadAloud', 'isShuffled', 'mode', 'revision', 'step']

test('a whole check-in with the PIN on the patient’s screen, which never learns who it is', async ({ desk }) => {
  const asked: string[] = []
  const heard: string[] = []
  const opening = desk.context().waitForEvent('page')
  await desk.getByRole('button', { name: '患者さんの画面を開く' }).click()
  const patient = await opening
  patient.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await expect(patient.getByRole('heading', { name: '確認が終わりました' })).toBeVisible()
  await patient.exposeFunction('hear', (data: string) => heard.push(data))
  // A second ear at the same door.
  await patient.evaluate(async () => {
    const { key } = JSON.parse(sessionStorage.getItem('madoguchi') ?? '{}')
    const answer = await fetch('/patient/api/events', { headers: { authorization: `Bearer ${key}` } })
    const text = answer.body?.pipeThrough(new TextDecoderStream())
    void (async () => {
      for await (const part of text ?? []) Reflect.get(window, 'hear')(part)
    })()
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
  await expect(desk.getByText('暗証番号が違います。あと2回まで入力できます。')).toBeVisible()
  await type('1234')
  await expect(patient.getByRole('heading', { name: '確認が終わりました' })).toBeVisible()
  await expect(desk.getByRole('heading', { name: '鈴木　恵子' })).toBeVisible()

  expect(await patient.content()).not.toMatch(/鈴木|スズキ/)
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  // Everything its door has sent, with the whole check-in in it.
  await expect.poll(() => heard.join('')).toContain('"done"')
  const lines = heard
    .join('')
    .split('\n')
    .filter((line) => line !== '')
  expect(heard.join('')).toContain('"pin"')
  const [first, ...changes] = lines.map((line) => JSON.parse(line))
  expect(Object.keys(first.whole).sort()).toEqual(viewKeys)
  for (const { parts, lists } of changes) {
    expect([...Object.keys(parts), ...Object.keys(lists)].filter((name) => !viewKeys.includes(name))).toEqual([])
  }
  expect(heard.join('')).not.toMatch(/鈴木|スズキ|Training Reader|csv/)
})

test('whoever has the patient’s page has nothing of the desk’s', async ({ desk }) => {
  const opening = desk.context().waitForEvent('page')
  await desk.getByRole('button', { name: '患者さんの画面を開く' }).click()
  const patient = await opening
  await expect(patient.getByRole('heading', { name: '確認が終わりました' })).toBeVisible()
  expect(new URL(patient.url()).hash).toBe('')
  const ask = (path: string) =>
    patient.evaluate(async (address) => {
      const { key } = JSON.parse(sessionStorage.getItem('madoguchi') ?? '{}')
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
      const answer = await fetch(address, { method: 'POST', headers, body: '{}' })
      return { status: answer.status, text: await answer.text() }
    }, path)
  for (const name of Object.keys(calls)) expect([name, (await ask(`/api/call/${name}`)).status]).toEqual([name, 403])
  const own = ['reception', 'enterPin', 'cancelVisit']
  for (const name of Object.keys(calls)) {
    const { text } = await ask(`/patient/api/call/${name}`)
    // Of its own it hears no more than that they have come, also when they do not fit; of its state, its view.
    if (name === 'reception') expect(Object.keys(JSON.parse(text).value.whole).sort()).toEqual(viewKeys)
    else if (own.includes(name)) expect([name, JSON.parse(text)]).toEqual([name, { ok: true }])
    else expect([name, JSON.parse(text)]).toEqual([name, { ok: false, error: { code: 'REQUEST_INVALID' } }])
  }
  // Nor does another address in the same tab lead to the desk, and going back leads nowhere.
  await patient.goto(new URL('/', desk.url()).href)
  await expect(patient.getByRole('heading', { name: 'この画面では窓口を開けません' })).toBeVisible()
  expect(await patient.content()).not.toContain('佐藤')
})
