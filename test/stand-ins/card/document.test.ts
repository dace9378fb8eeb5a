// docs/virtual-card.md is what others test their software by: its tables say what the code does.
import { beforeAll, expect, test } from 'vitest'
import { applicationsOf } from '../../../src-main/stand-ins/card/card-files.ts'
import { noQuirks, quirksSchema } from '../../../src-main/stand-ins/card/quirks.ts'
import { personasOn } from '../../../src-main/stand-ins/people/personas.ts'
import { tableUnder } from '../../markdown.ts'
import { testPki } from '../../support.ts'
import { sampleCard } from '../sample-card.ts'

/** The document names the school year of its child. */
const personas = personasOn('2026-11-23')

const document = 'virtual-card.md'
let applications: ReturnType<typeof applicationsOf>
beforeAll(async () => {
  const { card, persona } = sampleCard(await testPki(), 'nanbyo')
  applications = applicationsOf(card, persona, noQuirks)
})

test('the sample cards are listed with name, PIN and 照合番号B', () => {
  expect(tableUnder(document, '## Sample cards').map(([id, person, , ...codes]) => [id, person, ...codes])).toEqual(
    personas.map(({ id, name, pin, printed: { birth, expiryYear, securityCode } }) => [
      id,
      expect.stringMatching(`^${name}`),
      pin,
      birth + expiryYear + securityCode,
    ]),
  )
})

test('every application is listed with all of its files', () => {
  let aid = ''
  const listed = tableUnder(document, '## Applications and files').map(([, application, file]) => {
    aid = application || aid
    return `${aid} ${file}`
  })
  const present = [...applications].flatMap(([name, files]) =>
    [...files.keys()].map((id) => `${name} ${id.toString(16).padStart(4, '0')}`.toUpperCase()),
  )
  expect(listed).toEqual(present)
})

test('the quirks are all there, with the value they have when nobody says anything', () => {
  const defaults = Object.keys(quirksSchema.shape).map((name) => {
    const value = new Map(Object.entries(noQuirks)).get(name)
    return [name, value === undefined ? 'none' : value === false ? 'off' : String(value)]
  })
  expect(tableUnder(document, '## Quirks').map(([name, values]) => [name, values?.split(' ')[0]])).toEqual(defaults)
})

test('and so are the values that can be chosen', () => {
  for (const [name = '', values = ''] of tableUnder(document, '## Quirks')) {
    if (!values.includes(' ')) continue
    const accepts = (value: string) => quirksSchema.safeParse({ [name]: value }).success
    expect(values.split(' ').filter((value) => !accepts(value))).toEqual([])
  }
})
