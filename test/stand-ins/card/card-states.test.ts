import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCardStates } from '../../../src-main/stand-ins/card/card-states.ts'
import { personaById } from '../../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../../clock.ts'
import { temporaryFolder } from '../../support.ts'

const persona = (id: string) => {
  const found = personaById(id, testDay)
  if (!found) throw new Error(`no sample card ${id}`)
  return found
}

test('the tries left outlive the program, card by card, and new cards start as their persona says', () => {
  const folder = temporaryFolder()
  openCardStates(folder).tries(persona('nanbyo')).set('authenticationPin', 2)
  const later = openCardStates(folder)
  expect(later.tries(persona('nanbyo')).get('authenticationPin')).toBe(2)
  expect(later.tries(persona('kodomo')).get('authenticationPin')).toBe(3)
  expect(later.tries(persona('last-try')).get('authenticationPin')).toBe(1)
  expect(later.tries(persona('blocked')).get('authenticationPin')).toBe(0)
})

test('the file knows ids and counts, no name and no PIN', () => {
  const folder = temporaryFolder()
  openCardStates(folder).tries(persona('last-try')).set('authenticationPin', 3)
  expect(readFileSync(join(folder, 'card-states.json'), 'utf8')).toBe('{"last-try":{"authenticationPin":3}}')
})

test.each(['', '{', '{"nanbyo":2}', '{"nanbyo":{"authenticationPin":99}}', '[]'])(
  'a damaged file counts as none: %s',
  (text) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'card-states.json'), text)
    const tries = openCardStates(folder).tries(persona('nanbyo'))
    expect(tries.get('authenticationPin')).toBe(3)
    tries.set('authenticationPin', 1)
    expect(tries.get('authenticationPin')).toBe(1)
  },
)
