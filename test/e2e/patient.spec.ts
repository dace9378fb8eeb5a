// The PIN typed on the patient's own screen, while the desk sees that it is going on and what came of it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect } from './desk.ts'

const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    const pinEntry = { side: 'patient', shuffledKeys: true }
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ pinEntry }))
    await use(dataDir)
  },
})

test('a whole check-in with the PIN on the patient’s screen, which never learns who it is', async ({ desk }, info) => {
  test.skip(info.project.name === 'electron', 'the desktop program opens a window of its own for this page')
  const heard: string[] = []
  const patient = await desk.context().newPage()
  patient.on('request', (request) => heard.push(new URL(request.url()).pathname))
  await patient.goto(new URL('/patient', desk.url()).href)
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
  expect(heard.filter((path) => path.startsWith('/api/'))).toEqual([])
})

test('the patient’s door carries the patient’s calls only', async ({ desk }, info) => {
  test.skip(info.project.name === 'electron', 'a door of the headless shell')
  const answers = await desk.evaluate(async () => {
    const ask = async (name: string, request: object) => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) }
      return (await fetch(`/patient/api/call/${name}`, options)).json()
    }
    return [await ask('removeTrainingCard', {}), await ask('reception', {})]
  })
  expect(answers[0]).toEqual({ ok: false, error: { code: 'REQUEST_INVALID' } })
  expect(Object.keys(answers[1].value).sort()).toEqual(['isShuffled', 'mode', 'revision', 'step'])
})
