// ORCA's typed XML: what we write, and what we take for an answer.
import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readXml2, xml2Request } from '../../../src-main/handover/orca/xml2.ts'
import { outside } from '../../outside.ts'

const answer = (inside: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<xmlio2>${inside}</xmlio2>`)

test('records, arrays and strings are written as ORCA names them, and xmllint reads the text as it was', () => {
  const text = `髙﨑 & <花子> ]]> "'`
  const body = xml2Request('patientmodreq', { A: text, B: { C: [{ D: '1' }, { D: '2' }] }, E: '' })
  expect(Buffer.from(body).toString()).toContain(
    '<B type="record"><C type="array"><C_child type="record"><D type="string">1</D></C_child>',
  )
  const read = execFileSync(outside('xmllint'), ['--nonet', '--xpath', 'string(/data/patientmodreq/A)', '-'], {
    input: body,
  })
  expect(read.toString().trimEnd()).toBe(text)
})

test('an answer is read with its tables, padding and empty fields', () => {
  const read = readXml2(
    answer(
      '<res type="record"><A type="string">    0</A><B type="string"/><T type="array"><T_child type="record">' +
        '<C type="string">x</C></T_child></T><U type="array"></U></res>',
    ),
  )
  expect(read).toEqual({ A: '0', B: '', T: [{ C: 'x' }], U: [] })
})

test('whatever comes, it is an answer or none, never a crash', () => {
  const good = answer('<res type="record"><A type="string">00</A><T type="array"><T_child type="record"/></T></res>')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
      const bytes = Buffer.from(good)
      for (const [place, byte] of changes) bytes[place] = byte
      expect(() => readXml2(bytes)).not.toThrow()
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1_000) },
  )
})
