import { describe, expect, test } from 'vitest'
import { schemeOf, shippedMaster } from '../../src-main/eligibility/schemes.ts'

const name = '受給者証'
const day = '2026-06-15'

describe('the scheme behind a payer number', () => {
  test.each([
    ['54136015', '54', '難病法による特定医療'],
    ['52136017', '52', '児童福祉法による小児慢性特定疾病医療支援'],
    ['21136015', '21', '障害者総合支援法による精神通院医療'],
    ['15138019', '15', '障害者総合支援法による更生医療'],
    ['16138018', '16', '障害者総合支援法による育成医療'],
    ['10136018', '10', '感染症法による結核患者の適正医療'],
    ['11136017', '11', '感染症法による結核患者の入院'],
    ['23136013', '23', '母子保健法による養育医療'],
  ])('%s is the national scheme %s', (number, code, scheme) => {
    expect(schemeOf(number, name, day, shippedMaster)).toEqual({ code, name: scheme, kind: 'national' })
  })

  test.each(['41', '80', '81', '88', '89', '99'])('%s is local and named by its certificate', (code) => {
    expect(schemeOf(`${code}138999`, '子ども医療費受給者証', day, shippedMaster)).toEqual({
      code,
      name: '子ども医療費受給者証',
      kind: 'local',
    })
  })

  test.each(['00', '09', '31', '39', '50', '55', '78'])('%s is no scheme we know, and stays usable', (code) => {
    expect(schemeOf(`${code}138243`, name, day, shippedMaster)).toEqual({ code, name, kind: 'unknown' })
  })

  test.each([
    // Names that two public sources give; every other local number is called as its certificate is.
    ['88138243', '乳幼児医療費助成（マル乳）'],
    ['81136244', 'ひとり親家庭等医療費助成（マル親）'],
    ['81137242', 'ひとり親家庭等医療費助成（マル親）'],
    ['88131248', name],
    ['89131247', name],
  ])('%s is the local scheme %s', (number, scheme) => {
    expect(schemeOf(number, name, day, shippedMaster)).toMatchObject({ name: scheme, kind: 'local' })
  })

  test('two programmes under one 法別番号 are told apart by the whole number', () => {
    const nameOf = (number: string) => schemeOf(number, name, day, shippedMaster)
    expect(nameOf('38136016')).toEqual({ code: '38', name: '肝炎治療特別促進事業', kind: 'national' })
    expect(nameOf('38136024')).toEqual({ code: '38', name: '肝がん・重度肝硬変治療研究促進事業', kind: 'national' })
  })

  test.each([null, '', '5413601', '５４１３６０１５', '541360155'])('%j names no scheme', (number) => {
    expect(schemeOf(number, name, day, shippedMaster)).toEqual({ code: null, name, kind: 'unknown' })
  })
})
