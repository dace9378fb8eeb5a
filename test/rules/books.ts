// The books of docs/rules.md, in the order of the page. Another rule file joins here.
import { adviceKinds, orderBases } from '../../src-main/eligibility/bases.ts'
import type { Basis } from '../../src-main/eligibility/basis.ts'
import { type Checkup, checkupRules, checkupSources } from '../../src-main/eligibility/checkup/checkups.ts'
import { shippedMaster } from '../../src-main/eligibility/schemes.ts'
import { nationalShares } from '../../src-main/eligibility/share/rule.ts'
import { shareRuleText } from '../../src-main/words/share.ts'
import { ageText } from '../../src-main/words/vaccination.ts'
import { datedRules, type Rule, type RuleBook } from './page.ts'
import { vaccinations } from './vaccinations.ts'

function checkupRows({ name, source, from, to, byMunicipality, times, items }: Checkup): Rule[] {
  const age = [...(from ? [`${ageText(from)}から`] : []), ...(to ? [`${ageText(to)}まで`] : [])]
  return [
    ...(age.length > 0 ? [{ about: `${name} 対象`, says: age.join(''), source }] : []),
    ...(byMunicipality ? [{ about: `${name} 対象`, says: '市区町村が決める（受診券に従う）', source }] : []),
    ...(times
      ? [
          {
            about: `${name} 回数`,
            says: `${times.most}回まで${times.beyond === 'check' ? '（超えるときは確かめる）' : ''}`,
            source,
          },
        ]
      : []),
    ...(items
      ? [
          {
            about: `${name} 助成の条件`,
            says: `すべて実施: ${items.list.map((item) => item.name).join('、')}`,
            source: items.source,
          },
        ]
      : []),
    ...(items?.list ?? []).flatMap(({ name: item, tellFrom }) =>
      tellFrom === undefined
        ? []
        : [{ about: `${name} 情報提供`, says: `${item}が${tellFrom}点以上なら市区町村へ速やかに`, source }],
    ),
  ]
}

const checkups: RuleBook = {
  title: '健診',
  files: ['src-main/eligibility/checkup/checkups.json'],
  rules: datedRules(checkupRules, (all) => all.flatMap(checkupRows)),
  sources: checkupSources,
}

const shares: RuleBook = {
  title: '公費の窓口負担（国の制度）',
  files: ['src-main/eligibility/share/national.json'],
  rules: nationalShares.rules.map(({ codes, rule, source, from, to }) => ({
    about: `法別番号 ${codes.join('、')}`,
    says: shareRuleText(rule, {
      monthlyCap: null,
      soFar: { visits: null, days: null, paidToday: null, paidThisMonth: null },
    }),
    source,
    from,
    to,
  })),
  sources: nationalShares.sources,
}

const schemes: RuleBook = {
  title: '公費の制度と優先順位',
  files: ['src-main/eligibility/schemes.json'],
  rules: [
    ...shippedMaster.national.map(({ code, payerNumber, name, source, validFrom, validTo }) => ({
      about: payerNumber ?? `法別番号 ${code}`,
      says: name,
      source,
      from: validFrom,
      to: validTo,
    })),
    { about: '優先順位', says: shippedMaster.precedence.codes.join('、'), source: shippedMaster.precedence.source },
    ...shippedMaster.local.map(({ payerNumber, municipality, name, source, validFrom, validTo }) => ({
      about: payerNumber,
      says: `${municipality} ${name}`,
      source,
      from: validFrom,
      to: validTo,
    })),
  ],
  sources: shippedMaster.sources,
}

/** Advice names its document itself: one row for each code, under the document's own title. */
function adviceBook(): RuleBook {
  const rows: readonly (readonly [string, string, Basis])[] = [
    ...Object.entries(adviceKinds).map(([code, [weight, basis]]) => [code, weight, basis] as const),
    ...Object.entries(orderBases).map(([code, basis]) => [code, 'order on the claim', basis] as const),
  ]
  const bases = [...new Map(rows.map(([, , basis]) => [basis.title, basis])).values()]
  const nameOf = ({ title }: Basis) => `b${bases.findIndex((basis) => basis.title === title) + 1}`
  return {
    title: '受給者証の助言と並び順の根拠',
    files: ['src-main/eligibility/bases.ts'],
    rules: rows.map(([code, weight, basis]) => ({ about: code, says: weight, source: nameOf(basis) })),
    sources: Object.fromEntries(bases.map((basis) => [nameOf(basis), basis])),
  }
}

export const books: readonly RuleBook[] = [vaccinations, checkups, shares, schemes, adviceBook()]
