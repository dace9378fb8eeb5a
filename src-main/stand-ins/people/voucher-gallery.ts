// The gallery of 予防接種 and 健診: sample patients whose one voucher shows, one by one, what the judgement can say. From a
// data file; everything in it is counted from the day of the visit, so that nobody outgrows a case, and a case of a rule
// that the law ends leaves with the rule. A patient of another day is another patient.
import { z } from 'zod'
import { verificationNumberB } from '../../card/verification-number.ts'
import { ageSchema, dayOfAge } from '../../eligibility/ages.ts'
import { addDays } from '../../eligibility/calendar.ts'
import type { WireCheckup, WireDose } from '../../hub/pmh/wire.ts'
import { type Holdings, noHoldings } from './holdings.ts'
import type { Persona } from './persona.ts'
import data from './voucher-gallery.json' with { type: 'json' }

const recordSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  dose: z.int().optional(),
  /** Days before the visit, or the day itself where the rule names one. */
  on: z.union([z.int(), z.iso.date()]),
  onPaper: z.boolean().default(false),
})

const dayOfYear = z.string().regex(/^\d{2}-\d{2}$/)

const sampleSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** The last day of the rule that the case is about. */
  until: z.iso.date().optional(),
  /** Only between these days of a year, where a case is one of a season. */
  season: z.strictObject({ from: dayOfYear, to: dayOfYear }).optional(),
  sex: z.enum(['female', 'male', 'unknown']).default('female'),
  age: z.union([
    /** Calendar months and then days before the visit. */
    z.strictObject({ months: z.int(), days: z.int() }),
    /** The eldest who reaches an age so many days after the visit, or on the first day after that on which anybody does. */
    z.strictObject({ reaches: ageSchema, inDays: z.int() }),
    /** The youngest who has reached an age. */
    z.strictObject({ reached: ageSchema }),
    /** Where a rule is for those born in certain years. */
    z.strictObject({ born: z.iso.date() }),
  ]),
  voucher: z.strictObject({
    kind: z.enum(['vaccination', 'checkup']),
    /** As the hub names vaccines and checkups. */
    code: z.string(),
    name: z.string(),
    dose: z.int().optional(),
    municipality: z.string().default('東京都八王子市'),
    /** Its period, in days around the visit. */
    from: z.int().default(-300),
    to: z.int().default(300),
    /** `doctor`: how many answers the doctor must look at; null: not answered on the phone. */
    questionnaire: z
      .strictObject({ daysAgo: z.int().default(0), doctor: z.int().default(0) })
      .nullable()
      .default({ daysAgo: 0, doctor: 0 }),
  }),
  /** Doses or checkups before; null: the hub does not know. */
  records: z.array(recordSchema).nullable().default([]),
})
type Sample = z.infer<typeof sampleSchema>

const { samples } = z.object({ samples: z.array(sampleSchema) }).parse(data)

export interface VoucherPersona extends Persona {
  readonly patient: string
  readonly holdings: Holdings
}

const woman = { name: '練習　花子', nameKana: 'レンシュウ　ハナコ' }
const man = { name: '練習　一郎', nameKana: 'レンシュウ　イチロウ' }
const boy = { name: '練習　太郎', nameKana: 'レンシュウ　タロウ' }
const girl = { name: '練習　さくら', nameKana: 'レンシュウ　サクラ' }
const isAdult = (birthDate: string, day: string) => Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) > 18

const nameOf = (isGrown: boolean, sex: Sample['sex']) => {
  if (isGrown) return sex === 'male' ? man : woman
  return sex === 'male' ? boy : girl
}

function isShown({ until, season }: Sample, day: string): boolean {
  if (until !== undefined && until < day) return false
  if (!season) return true
  const [from, to, today] = [season.from, season.to, day.slice(5)]
  return from <= to ? from <= today && today <= to : from <= today || today <= to
}

/** The sample patients of a day (YYYY-MM-DD). */
export const voucherPersonas = (day: string): readonly VoucherPersona[] =>
  samples.flatMap((sample, index) => {
    if (!isShown(sample, day)) return []
    const { id, label, sex, age } = sample
    const birthDate = birthOf(age, day)
    const printed = { expiryYear: String(Number(day.slice(0, 4)) + 4), securityCode: String(5_000 + index) }
    const number = verificationNumberB({ birthDate, printedYear: 'era', ...printed })
    if (!number.ok) throw new Error(`the gallery has no birth date for ${id}`)
    const birth = Buffer.from(number.value).toString('latin1', 0, 6)
    return {
      id,
      patient: `${id} ${day}`,
      label,
      ...nameOf(isAdult(birthDate, day), sex),
      birthDate,
      sex,
      pin: '1234',
      address: '東京都八王子市元本郷町三丁目２４番１号',
      printed: { birth, ...printed },
      triesLeft: 3,
      certificate: 'valid',
      holdings: holdingsOf(sample, day),
    }
  })

function birthOf(age: Sample['age'], day: string): string {
  if ('born' in age) return age.born
  if ('reaches' in age) return eldestReaching(age.reaches, addDays(day, age.inDays), day)
  if ('reached' in age) return addDays(eldestReaching(age.reached, addDays(day, 1), day), -1)
  const { months, days } = age
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const sameDate = new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
  return addDays(sameDate, -days)
}

/** The first birth date from which an age is not reached before `from`. Not every day has somebody: 02-28 of leap years. */
function eldestReaching(age: string, from: string, day: string): string {
  let [eldest, youngest] = [-40_000, 0]
  while (eldest < youngest) {
    const middle = Math.floor((eldest + youngest) / 2)
    if (dayOfAge(addDays(day, middle), age) < from) eldest = middle + 1
    else youngest = middle
  }
  return addDays(day, eldest)
}

function holdingsOf({ id, voucher, records }: Sample, day: string): Holdings {
  const { kind, code, name, dose, municipality: municipalityName, from, to, questionnaire } = voucher
  const common = {
    voucherId: `${id}-${code}`,
    voucherName: name,
    municipalityName,
    validFrom: addDays(day, from),
    validTo: addDays(day, to),
    ...(questionnaire && { questionnaire: answersOf(questionnaire, kind, day) }),
  }
  const before = (records ?? []).map(({ onPaper, ...record }) => ({
    ...record,
    medium: onPaper ? ('paper' as const) : ('digital' as const),
    on: typeof record.on === 'string' ? record.on : addDays(day, -record.on),
  }))
  if (kind === 'checkup') {
    const checkups = before.map(
      (done): WireCheckup => ({
        checkupCode: done.code,
        checkupName: done.name,
        performedOn: done.on,
        medium: done.medium,
      }),
    )
    const checkupVouchers = [{ ...common, checkupCode: code }]
    return { ...noHoldings, checkupVouchers, checkups: records && checkups }
  }
  const doses = before.map(
    (given): WireDose => ({
      vaccineCode: given.code,
      vaccineName: given.name,
      ...(given.dose !== undefined && { doseNumber: given.dose }),
      administeredOn: given.on,
      medium: given.medium,
    }),
  )
  const vaccinationVouchers = [{ ...common, vaccineCode: code, ...(dose !== undefined && { doseNumber: dose }) }]
  return { ...noHoldings, vaccinationVouchers, doses: records && doses }
}

const answersOf = (
  { daysAgo, doctor }: NonNullable<Sample['voucher']['questionnaire']>,
  kind: Sample['voucher']['kind'],
  day: string,
) => ({
  questionnaireName: kind === 'vaccination' ? '予診票' : '問診票',
  answeredAt: `${addDays(day, -daysAgo)}T08:00:00.000+09:00`,
  answers: Array.from({ length: doctor + 1 }, (_, index) => ({
    question: index < doctor ? `体調について気になることはありますか（${index + 1}）` : '説明書を読みましたか',
    answer: 'はい',
    needsDoctor: index < doctor,
  })),
})
