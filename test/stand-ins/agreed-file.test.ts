// The training files under everything that happens to a fresh folder: many programs at once, a power cut in the middle.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openAgreedFile } from '../../src-main/stand-ins/agreed-file.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { root, temporaryFolder } from '../support.ts'

const now = new Date('2026-11-23T00:00:00Z')

/** Programs that wait for one another, then do the same at once; what each of them printed. */
async function atOnce(count: number, script: string): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  )
  const outputs = children.map(async (child) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    await once(child, 'close')
    return text
  })
  await Promise.all(children.map((child) => once(child.stdout, 'data')))
  for (const child of children) child.stdin.end('go')
  return (await Promise.all(outputs)).map((text) => text.replace('ready', ''))
}
const whenAllAreReady = `
  process.stdout.write('ready')
  await new Promise((resolve) => process.stdin.once('data', resolve))`

test.each([
  ['there is no file', null],
  ['the file is torn', '{"number":'],
  ['the file is out of date', '{"number":-1}'],
])('twenty programs that start at once agree on one content where %s', async (_, before) => {
  const folder = temporaryFolder()
  const file = join(folder, 'made.json')
  if (before !== null) writeFileSync(file, before)
  const printed = await atOnce(
    20,
    `import { z } from 'zod'
     import { openAgreedFile } from './src-main/stand-ins/agreed-file.ts'
     ${whenAllAreReady}
     const { value } = await openAgreedFile({
       file: ${JSON.stringify(file)},
       schema: z.object({ number: z.number() }),
       isUsable: ({ number }) => number > 0,
       make: async () => ({ number: 1 + Math.random() }),
     })
     process.stdout.write(JSON.stringify(value))`,
  )
  expect(new Set(printed)).toEqual(new Set([readFileSync(file, 'utf8')]))
  expect(readdirSync(folder)).toEqual(['made.json'])
})

test('programs on a fresh data folder have the same hub and the same cards', async () => {
  const folder = join(temporaryFolder(), 'training')
  const printed = await atOnce(
    4,
    `import { openTrainingPki } from './src-main/stand-ins/certificates/pki.ts'
     ${whenAllAreReady}
     const pki = await openTrainingPki(${JSON.stringify(folder)}, new Date(${JSON.stringify(now)}))
     const later = await pki.issueCard({ id: 'later', certificate: 'valid' }, new Date(${JSON.stringify(now)}))
     const town = await pki.issueMunicipality('452025')
     process.stdout.write(JSON.stringify([pki.hub, ['nanbyo', 'kodomo', 'grace'].map((id) => pki.cards.get(id).certificate), later.certificate, town]))`,
  )
  expect(new Set(printed).size).toBe(1)
  const again = await openTrainingPki(folder, now)
  expect(again.found).toBe('kept')
  expect(readFileSync(join(folder, 'client.pem'), 'utf8')).toBe(again.hub.clientCertificate)
})

test('a claim that a killed program has left is taken over, and a useless one is not in the way', async () => {
  const file = join(temporaryFolder(), 'made.json')
  const wanted = {
    file,
    schema: z.object({ number: z.number() }),
    isUsable: ({ number }: { number: number }) => number > 0,
    make: async () => ({ number: 1 }),
  }
  // The name is the one of "nothing was there before".
  const claim = `${file}.e3b0c44298fc1c14.next`
  writeFileSync(claim, '{"number":7}')
  expect(await openAgreedFile(wanted)).toEqual({ value: { number: 7 }, found: 'absent' })
  rmSync(file)
  writeFileSync(claim, '{"number":-7}')
  expect(await openAgreedFile(wanted)).toEqual({ value: { number: 1 }, found: 'absent' })
  expect(existsSync(claim)).toBe(false)
})

const cuts = {
  empty: () => '',
  'cut in the middle': (text: string) => text.slice(0, text.length / 2),
  'another kind of JSON': () => '[]',
  'whole JSON with a scrambled certificate': (text: string) => text.replaceAll('MII', 'AAA'),
}
test.each(Object.entries(cuts))('training certificates that are %s are made anew, and it is told', async (_, cut) => {
  const folder = temporaryFolder()
  await openTrainingPki(folder, now)
  const file = join(folder, 'training-pki.json')
  writeFileSync(file, cut(readFileSync(file, 'utf8')))
  const pki = await openTrainingPki(folder, now)
  expect(pki.found).toBe('damaged')
  expect(readFileSync(join(folder, 'hub-ca.pem'), 'utf8')).toBe(pki.hub.ca)
  expect((await openTrainingPki(folder, now)).found).toBe('kept')
})

test('what was issued later and the PEM files are whole again after a power cut', async () => {
  const folder = temporaryFolder()
  const first = await openTrainingPki(folder, now)
  await first.issueCard({ id: 'later', certificate: 'valid' }, now)
  mkdirSync(join(folder, 'issued'), { recursive: true })
  for (const name of readdirSync(join(folder, 'issued'))) writeFileSync(join(folder, 'issued', name), '')
  writeFileSync(join(folder, 'client-key.pem'), '')
  const second = await openTrainingPki(folder, now)
  expect(second.cards.get('later')?.certificate.length).toBeGreaterThan(500)
  expect(readFileSync(join(folder, 'client-key.pem'), 'utf8')).toBe(second.hub.clientKey)
})
