// Which law or local scheme stands behind a 公費負担者番号. The national list is the 法別番号 table of the claim rules; two
// digits of a local scheme mean something else in every prefecture, so those are named by their certificate alone.
import type { Benefit } from './model.ts'
import { isPayerNumber } from './numbers.ts'

const nationalSchemes: Readonly<Record<string, string>> = {
  '10': '感染症法による結核患者の適正医療',
  '11': '感染症法による結核患者の入院',
  '12': '生活保護法による医療扶助',
  '13': '戦傷病者特別援護法による療養の給付',
  '14': '戦傷病者特別援護法による更生医療',
  '15': '障害者総合支援法による更生医療',
  '16': '障害者総合支援法による育成医療',
  '17': '児童福祉法による療育の給付',
  '18': '原子爆弾被爆者援護法による認定疾病医療',
  '19': '原子爆弾被爆者援護法による一般疾病医療',
  '20': '精神保健福祉法による措置入院',
  '21': '障害者総合支援法による精神通院医療',
  '22': '麻薬及び向精神薬取締法による入院措置',
  '23': '母子保健法による養育医療',
  '24': '障害者総合支援法による療養介護医療',
  '25': '中国残留邦人等支援法による医療支援給付',
  '28': '感染症法による一類・二類感染症の入院',
  '29': '感染症法による新感染症の入院',
  '30': '心神喪失者等医療観察法による医療の実施',
  '38': '肝炎治療特別促進事業',
  '51': '特定疾患治療費・先天性血液凝固因子障害等治療費',
  '52': '児童福祉法による小児慢性特定疾病医療支援',
  '53': '児童福祉法による措置等に係る医療の給付',
  '54': '難病法による特定医療',
  '62': '特定B型肝炎ウイルス感染者給付金等',
  '66': '石綿健康被害救済法による医療費の支給',
  '79': '児童福祉法による障害児施設医療',
}

/** `payerNumber` as typed by the municipality; the scheme is `unknown` when it does not name one. */
export function schemeOf(payerNumber: string | null, certificateName: string): Benefit['scheme'] {
  if (payerNumber === null || !isPayerNumber(payerNumber)) return { code: null, name: certificateName, kind: 'unknown' }
  const code = payerNumber.slice(0, 2)
  const national = nationalSchemes[code]
  if (national !== undefined) return { code, name: national, kind: 'national' }
  // Local schemes lie in the 40s and from 80 on.
  const isLocal = /^(4|8|9)/.test(code)
  return { code, name: certificateName, kind: isLocal ? 'local' : 'unknown' }
}
