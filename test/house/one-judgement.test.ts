// A certificate is judged in one place with one master, so that card, file, advice and order on the claim can never say
// two things about it. Whoever needs a judgement asks for an assessment.
import { expect, test } from 'vitest'
import { sourcesIn, textOf } from './sources.ts'

const sources = sourcesIn('src-main', 'src-renderer')

/** Files that say a name anywhere but in a comment. */
const saying = (name: string) =>
  sources.filter((file) =>
    textOf(file)
      .split('\n')
      .some((line) => !/^\s*(\/\/|\/?\*)/.test(line) && new RegExp(`\\b${name}\\b`).test(line)),
  )

test('only the assessment judges a certificate', () => {
  expect(saying('judgeBenefit')).toEqual(['src-main/eligibility/assess.ts', 'src-main/eligibility/benefit.ts'])
})

test('the master the program comes with is where the clinic’s book of schemes and the sandbox hub’s begin, and no default', () => {
  const where = saying('shippedMaster').filter((file) => file !== 'src-main/eligibility/schemes.ts')
  expect(where.filter((file) => !file.startsWith('src-main/agent'))).toEqual(['src-main/stand-ins/hub/schemes.ts'])
  expect(where).toHaveLength(2)
})
