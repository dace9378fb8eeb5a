// 予防接種: the rules of every vaccine in the words of the counter.
import type { DoseRule, Extension, Period, Schedule, Vaccine } from '../../src-main/eligibility/vaccination/shape.ts'
import {
  liveInterval,
  nameOf,
  otherVaccines,
  vaccineRules,
  vaccineSources,
} from '../../src-main/eligibility/vaccination/vaccines.ts'
import { ageText, pregnancyText, spanText } from '../../src-main/words/vaccination.ts'
import { datedRules, type Rule, type RuleBook } from './page.ts'

const calledBy = (code: string) => nameOf(code) ?? otherVaccines.find((other) => other.code === code)?.names[0] ?? code

const whyText = { doctor: '医師が必要と認めたとき', thirdDose: '3回目が必要になる' } as const

function intervalText({ interval }: DoseRule): string[] {
  if (!interval) return []
  const { since, least, exception, afterLeftOut, ofAnyProduct, usual, most } = interval
  return [
    `${since === 'first' ? '1回目' : '前回'}から${spanText(least)}以上`,
    ...(exception ? [`${spanText(exception.least)}以上でも可（${whyText[exception.why]}）`] : []),
    ...(afterLeftOut ? [`省いた回があれば${spanText(afterLeftOut.least)}以上`] : []),
    ...(afterLeftOut?.exception
      ? [`${spanText(afterLeftOut.exception.least)}以上でも可（${whyText[afterLeftOut.exception.why]}）`]
      : []),
    ...(ofAnyProduct ? [`記録では${spanText(ofAnyProduct)}以上なら数える（製剤が分からないため）`] : []),
    ...(usual ? [`標準は${spanText(usual)}以上`] : []),
    ...(most ? [`標準は${spanText(most)}まで`] : []),
  ]
}

function doseText(dose: DoseRule): string {
  const { label, from, leftOutAfter, leftOutIfLastAfter, standard } = dose
  const said = [
    ...(from ? [`${ageText(from)}から`] : []),
    ...intervalText(dose),
    ...(leftOutAfter ? [`${ageText(leftOutAfter)}を過ぎたら行わない`] : []),
    ...(leftOutIfLastAfter ? [`前の回が${ageText(leftOutIfLastAfter)}を過ぎていれば行わない`] : []),
    ...(standard?.from ? [`標準は${ageText(standard.from)}から`] : []),
    ...(standard?.to ? [`標準は${ageText(standard.to)}まで${standard.isSafety ? '（過ぎたら医師に確認）' : ''}`] : []),
  ]
  return said.length === 0 ? label : `${label}（${said.join('、')}）`
}

/** `isOther`: the schedules before it are for those who began earlier. */
function scheduleRule(
  about: string,
  { startedBy, firstGap, product, source, doses }: Schedule,
  isOther: boolean,
): Rule {
  const when = [
    ...(startedBy ? [`${ageText(startedBy)}までに始めた`] : isOther ? ['それ以外'] : []),
    ...(firstGap ? [`2回目まで${spanText(firstGap)}以上`] : []),
    ...(product ? [product] : []),
  ]
  return {
    about: `${about} 回数と間隔`,
    says: `${when.length > 0 ? `${when.join('、')}: ` : ''}${doses.map(doseText).join(' → ')}`,
    source,
  }
}

function extensionRule(about: string, extension: Extension): Rule {
  const { bornFrom, bornTo, from, to, fromAge, toAge, least, needsMunicipality, source } = extension
  const said = [
    ...(bornFrom || bornTo ? [`${bornFrom ?? ''}〜${bornTo ?? ''}生まれ`] : []),
    ...(fromAge ? [`${ageText(fromAge)}から`] : []),
    ...(toAge ? [`${ageText(toAge)}まで`] : []),
    ...(least ? [`${least.ifBegunBy}までに始めていれば間隔は${spanText(least.span)}以上`] : []),
    ...(needsMunicipality ? ['市区町村が認めた方'] : []),
  ]
  return { about: `${about} 特例`, says: said.join('、'), source, from: from ?? null, to: to ?? null }
}

function periodRules(name: string, period: Period): Rule[] {
  const about = [name, period.name ?? ''].filter((text) => text !== '').join(' ')
  const { from, to, source, born, ifIll, longIllness } = period
  return [
    {
      about: `${about} 対象`,
      says: `${ageText(from)}から${to === null ? '' : `${ageText(to)}まで`}${born ? `、${born.from}〜${born.to}生まれ` : ''}`,
      source,
    },
    ...(ifIll
      ? [{ about: `${about} 対象`, says: `${ageText(ifIll.from)}から: ${ifIll.who}`, source: ifIll.source }]
      : []),
    ...(period.earlyIsVoluntary
      ? [{ about: `${about} 早い接種`, says: '任意接種で、回数に数えない', source: period.earlyIsVoluntary }]
      : []),
    ...(longIllness
      ? [
          {
            about: `${about} 長期療養の特例`,
            says: `治ってから2年以内${longIllness.to === null ? '' : `、${ageText(longIllness.to)}まで`}`,
            source: 'longIllness',
          },
        ]
      : []),
    ...period.extensions.map((extension) => extensionRule(about, extension)),
    ...period.schedules.map((schedule, index) => scheduleRule(about, schedule, index > 0)),
  ]
}

function vaccineRows(vaccine: Vaccine): Rule[] {
  const { name, programme, pregnancy, season, sex, test, uses, goesOnWith, discontinued, products, productSource } =
    vaccine
  const rule = (what: string, says: string, source: string): Rule => ({ about: `${name} ${what}`, says, source })
  return [
    ...(programme
      ? [
          {
            ...rule('定期接種', '行われる期間', programme.source),
            from: programme.from ?? null,
            to: programme.to ?? null,
          },
        ]
      : []),
    ...(sex ? [rule('対象', sex.who, sex.source)] : []),
    ...(pregnancy
      ? [
          rule(
            '対象',
            `${pregnancyText(pregnancy.from)}から${pregnancyText(pregnancy.to)}まで、妊娠ごと`,
            pregnancy.source,
          ),
        ]
      : []),
    ...(season ? [rule('時期', `毎年${season.from}〜${season.to}`, season.source)] : []),
    ...(test ? [rule('対象', `${test.by}までの抗体検査で不十分だった方`, test.source)] : []),
    ...(vaccine.earlierEnds ? [rule('接種歴', '年齢や費用にかかわらず、済ませた方は対象外', vaccine.earlierEnds)] : []),
    ...(uses ? [rule('製剤', uses.text, uses.source)] : []),
    ...(goesOnWith
      ? [rule('製剤', `${goesOnWith.text}（${goesOnWith.ifBegunBefore}より前に始めた方）`, goesOnWith.source)]
      : []),
    ...(discontinued ? [rule('製剤', `在庫だけ。代わりは${discontinued.replacement}`, discontinued.source)] : []),
    ...(productSource
      ? products.map((one) => rule('製剤', `${one.name}: ${one.doses}回、${ageText(one.to)}まで`, productSource))
      : []),
    ...(vaccine.alsoGivenAs
      ? [
          rule(
            '同じ成分',
            `${vaccine.alsoGivenAs.codes.map(calledBy).join('、')}の記録を確かめる`,
            vaccine.alsoGivenAs.source,
          ),
        ]
      : []),
    ...(vaccine.sameAs
      ? [rule('同じ成分', `${calledBy(vaccine.sameAs.other)}と回数をそろえる`, vaccine.sameAs.source)]
      : []),
    ...vaccine.periods.flatMap((period) => periodRules(name, period)),
  ]
}

export const vaccinations: RuleBook = {
  title: '予防接種',
  files: ['src-main/eligibility/vaccination/vaccines.json'],
  rules: [
    ...datedRules(vaccineRules, (vaccines) => vaccines.flatMap(vaccineRows)),
    { about: '注射生ワクチンどうし', says: `${spanText(liveInterval)}以上、同じ日は可`, source: 'interval' },
    { about: '同じ成分の別のワクチン', says: 'その回の間隔をあけるか確かめる', source: 'sameAntigen' },
  ],
  sources: vaccineSources,
}
