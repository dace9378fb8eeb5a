// A whole childhood at once: every dose that was ever given, laid against its own rule on its own day, and what comes next.
// The questions it ends with are for a person; what it finds, it names with the rule.
import { dayOfAge, firstDayAfter } from '../ages.ts'
import type { Sex } from '../model.ts'
import { advise, type VoucherAdvice } from '../voucher-advice.ts'
import type { Dose } from '../vouchers.ts'
import { adviseDoubts, countedDoses } from './counted.ts'
import { never, periodEnd } from './extensions.ts'
import type { Childhood } from './found.ts'
import { judgeVaccination } from './judge.ts'
import { differingDoses, dosesOf, earlierDoses, placeIn, scheduleOf } from './series.ts'
import type { Period, Vaccine } from './shape.ts'
import { kindOf, knownCode, liveInterval, nameOf, sourceOf, vaccineOf, vaccineRules } from './vaccines.ts'

type Finding = Childhood['findings'][number]

interface Person {
  readonly birthDate: string
  readonly sex: Sex
  /** The day it is looked at. */
  readonly day: string
  readonly doses: readonly Dose[]
}

export function checkChildhood(person: Person): Childhood {
  const { day } = person
  const doses = person.doses.map((dose) => ({ ...dose, vaccineCode: knownCode(dose.vaccineCode, dose.vaccineName) }))
  const codes = [...new Set(doses.map(({ vaccineCode }) => vaccineCode))]
  const vaccines = codes.flatMap((code) => vaccineOf(code, day) ?? [])
  const findings = [
    ...vaccines.flatMap((vaccine) => findingsOf(vaccine, { ...person, doses })),
    ...liveFindings(doses),
    ...otherFindings(doses, day),
  ]
  return {
    doses: earlierDoses(doses, codes).length,
    findings: findings.sort((a, b) => ((a.givenOn ?? day) < (b.givenOn ?? day) ? -1 : 1)),
    next: nextOf({ ...person, doses }),
  }
}

/** What is to be said about the doses of one vaccine, period by period. */
function findingsOf(vaccine: Vaccine, { birthDate: birth, day, doses }: Person): Finding[] {
  const past = earlierDoses(
    doses.filter(({ givenOn }) => givenOn <= day),
    vaccine.counts,
  )
  const about = (givenOn: string | null) => (line: VoucherAdvice) => ({ vaccine: vaccine.name, givenOn, line })
  const findings = vaccine.periods.flatMap((period) => {
    const given = dosesOf(period, vaccine.periods, past, birth)
    if (given.length === 0 || vaccine.earlierEnds !== undefined) return []
    const counted = countedDoses(given, { periodOn: (on) => periodOn(vaccine, period, on), birth, past })
    const schedule = scheduleOf(period, counted.doses, birth, day)
    const { given: placed, missing } = placeIn(schedule, counted.doses, birth, day)
    const places = new Set([...placed.values()].map(({ givenOn }) => givenOn))
    // One number on two days is a difference of the records, said below.
    const again = counted.doses.filter(
      ({ givenOn, doseNumber }) =>
        !places.has(givenOn) && !isRepeated(vaccine) && (doseNumber === null || !placed.has(doseNumber)),
    )
    return [
      // A record that needs nobody's decision here may still need one at its voucher.
      ...adviseDoubts(counted.doubts, null, null).map((line) => about(line.values.given ?? null)(line)),
      ...again.map(({ givenOn }) =>
        about(givenOn)(
          advise('check', 'RECORD_EXTRA', { given: givenOn, text: vaccine.name }, sourceOf(schedule.source)),
        ),
      ),
      ...missing.map(({ label }) => about(null)(advise('check', 'EARLIER_DOSE_UNKNOWN', { dose: label }))),
    ]
  })
  const ours = doses.filter(({ vaccineCode }) => vaccine.counts.includes(vaccineCode))
  const differing = differingDoses(ours, vaccine.counts)
  if (!differing) return findings
  const [a, b] = differing
  return [...findings, about(b.givenOn)(advise('check', 'RECORDS_DIFFER', { date: a.givenOn, given: b.givenOn }))]
}

const isRepeated = ({ season, pregnancy }: Vaccine) => season !== undefined || pregnancy !== undefined

const periodOn = (vaccine: Vaccine, period: Period, on: string): Period =>
  vaccineOf(vaccine.code, on)?.periods.find(({ name }) => name === period.name) ?? period

/** Two 注射生ワクチン with too few days between them: the later one is in doubt. */
function liveFindings(doses: readonly Dose[]): Finding[] {
  const live = earlierDoses(
    doses.filter(({ vaccineCode }) => kindOf(vaccineCode) === 'liveInjected'),
    [...new Set(doses.map(({ vaccineCode }) => vaccineCode))],
  )
  return live.flatMap((dose, index) => {
    const before = live
      .slice(0, index)
      .findLast((one) => one.vaccineCode !== dose.vaccineCode && one.givenOn < dose.givenOn)
    const date = before && firstDayAfter(before.givenOn, liveInterval)
    if (!before || !date || dose.givenOn >= date) return []
    const [name, other] = [dose, before].map((one) => nameOf(one.vaccineCode) ?? one.vaccineName)
    const values = { given: dose.givenOn, date, span: liveInterval, text: other, dose: name }
    const line = advise('check', 'RECORD_AFTER_LIVE', values, sourceOf('interval'))
    return [{ vaccine: name ?? '', givenOn: dose.givenOn, line }]
  })
}

/** Records after the day, and of vaccines that have no rule here. */
function otherFindings(doses: readonly Dose[], day: string): Finding[] {
  return doses.flatMap(({ vaccineCode, vaccineName, givenOn }) => {
    const vaccine = nameOf(vaccineCode) ?? vaccineName
    const values = { given: givenOn, text: vaccine }
    if (givenOn > day) return [{ vaccine, givenOn, line: advise('check', 'RECORD_AFTER_VISIT', values) }]
    return vaccineOf(vaccineCode, day)
      ? []
      : [{ vaccine, givenOn, line: advise('know', 'RECORD_WITHOUT_RULE', values) }]
  })
}

/** For every series that was begun or may be begun now: its next dose, unless it is complete or over. */
function nextOf(person: Person): Childhood['next'] {
  const { birthDate, sex, day, doses } = person
  return vaccineRules.on(day).flatMap((vaccine) => {
    if (!isOffered(vaccine, person)) return []
    const judgement = judgeVaccination(
      {
        ...{ id: vaccine.code, name: vaccine.name, municipality: '', validFrom: '1900-01-01', validTo: never },
        ...{ vaccineCode: vaccine.code, doseNumber: null, questionnaire: null },
      },
      { day, birthDate, sex, doses, municipalities: [] },
    )
    if (judgement.verdict === 'given' || judgement.verdict === 'no') return []
    // There is no voucher whose papers could be looked at; what was found about the records is said already.
    const advice = judgement.advice.filter(({ code }) => !/^QUESTIONNAIRE_|^RECORD|^HISTORY/.test(code))
    const isAsked = advice.some(({ weight }) => weight === 'check' || weight === 'wait')
    const verdict = judgement.verdict === 'check' && !isAsked ? ('today' as const) : judgement.verdict
    const latest = judgement.latest === never ? null : judgement.latest
    return [{ vaccine: vaccine.name, judgement: { ...judgement, verdict, latest, advice } }]
  })
}

/** Of the programmes for everybody of an age: those of today's age. 5種混合 stands for what it holds. */
function isOffered(vaccine: Vaccine, { birthDate, sex, day, doses }: Person): boolean {
  const { category, pregnancy, test, discontinued, periods } = vaccine
  if (category === 'B' || pregnancy || test || discontinued) return false
  if (vaccine.sex && vaccine.sex.only !== sex) return false
  const isOwn = doses.some(({ vaccineCode }) => vaccineCode === vaccine.code)
  const isHeldByAnother = vaccineRules.on(day).some(({ sameAs }) => sameAs?.other === vaccine.code)
  if (isHeldByAnother && !isOwn) return false
  return periods.some((period) => dayOfAge(birthDate, period.from) <= day && day <= periodEnd(period, birthDate))
}
