// The sample residents of the 16 municipalities of the 2023 pilot: in each municipality one person for every scheme it
// entered, and a family for its vaccinations and checkups. Who they are and what is registered for them comes from the data
// files in samples/, where every entry names its source. Loaded only when somebody asks for a resident.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { checkDigit } from '../../eligibility/numbers.ts'
import type { WireCertificate, WireDose } from '../../hub/pmh/wire.ts'
import { type Holdings, noHoldings } from './holdings.ts'
import type { Person } from './person.ts'
import pilotData from './samples/pilot.json' with { type: 'json' }
import residentData from './samples/residents.json' with { type: 'json' }

const pilotSchema = z.object({
  municipalities: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      surname: z.string(),
      surnameKana: z.string(),
      entered: z.record(z.string(), z.string()),
    }),
  ),
})
export type Municipality = z.infer<typeof pilotSchema>['municipalities'][number]

const holderSchema = z.object({
  given: z.string(),
  givenKana: z.string(),
  sex: z.enum(['male', 'female']),
})
const schemeSchema = z.object({
  typeId: z.string(),
  certificationName: z.string(),
  /** 法別番号 */
  law: z.string(),
  /** MM-DD on which all certificates of the scheme end. */
  ends: z.string(),
  cap: z.int().optional(),
  incomeSegment: z.string().optional(),
  always: z.literal('1').optional(),
  details: z.array(z.tuple([z.string(), z.string()])),
})
const months = { fromMonths: z.int(), toMonths: z.int() }
const answersSchema = z.object({ name: z.string(), answers: z.array(z.tuple([z.string(), z.string(), z.boolean()])) })
const residentSchema = z.object({
  schemes: z.record(z.string(), schemeSchema),
  holders: z.record(z.string(), holderSchema.extend({ years: z.int() })),
  families: z.record(
    z.string(),
    holderSchema.extend({
      label: z.string(),
      months: z.int(),
      days: z.int(),
      vouchers: z.array(z.tuple([z.string(), z.int()])),
      doses: z.array(
        z.object({ vaccine: z.string(), dose: z.int(), months: z.int(), medium: z.enum(['digital', 'paper']) }),
      ),
      checkups: z.array(z.string()),
      checked: z.array(z.tuple([z.string(), z.int()])),
    }),
  ),
  vaccines: z.record(
    z.string(),
    z.object({ name: z.string(), site: z.enum(['oral', 'leftUpperArm', 'rightUpperArm']), ...months }),
  ),
  checkups: z.record(z.string(), z.object({ name: z.string(), setting: z.enum(['group', 'individual']), ...months })),
  questionnaires: z.object({ vaccination: answersSchema, checkup: answersSchema }),
})
type Data = z.infer<typeof residentSchema>

export interface Resident extends Person {
  readonly municipality: Municipality
}

export const municipalities: readonly Municipality[] = pilotSchema.parse(pilotData).municipalities
const data: Data = residentSchema.parse(residentData)

const namesOf = (table: Readonly<Record<string, { readonly name: string }>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).map(([code, { name }]) => [code, name]))
/** By vaccine code and by checkup code. */
export const vaccineNames = namesOf(data.vaccines)
export const checkupNames = namesOf(data.checkups)

/** The local schemes that a municipality entered. */
export const localSchemesOf = (municipality: Municipality) =>
  Object.entries(data.schemes)
    .filter(([id, { law }]) => municipality.entered[id] !== undefined && Number(law) >= 80)
    .map(([, { law, certificationName }]) => ({ law, name: certificationName.replace('受給者証', '') }))

/** All residents, with the ages of the data on `today` (YYYY-MM-DD). */
export function residentsOf(today: string): readonly Resident[] {
  return municipalities.flatMap((municipality) => [...holdersIn(municipality, today), ...familyIn(municipality, today)])
}

function holdersIn(municipality: Municipality, today: string): Resident[] {
  return Object.entries(data.schemes)
    .filter(([scheme]) => municipality.entered[scheme] !== undefined)
    .map(([id, scheme]) => {
      const holder = entry(data.holders, id)
      const birthDate = monthsLater(today, -12 * holder.years, -100)
      const who = resident(municipality, id, `${scheme.certificationName}（${municipality.name}）`, holder, birthDate)
      return {
        ...who,
        holdings: (day) => ({ ...noHoldings, certificates: [certificateOf(scheme, who.id, municipality, day)] }),
      }
    })
}

/** The payer number has the right form and check digit, and is invented like the scheme digits of local schemes. */
export const payerNumberOf = (law: string, municipality: Municipality): string => {
  const body = `${law}${municipality.code.slice(0, 5)}`
  return `${body}${checkDigit(body)}`
}

function certificateOf(scheme: Data['schemes'][string], id: string, municipality: Municipality, day: string) {
  const year = Number(day.slice(0, 4)) + (day.slice(5) <= scheme.ends ? 0 : 1)
  const body = String(Number.parseInt(digest(id).slice(0, 8), 16) % 1_000_000).padStart(6, '0')
  const certificate: WireCertificate = {
    orgSpecificCertificateTypeId: scheme.typeId,
    certificationName: scheme.certificationName,
    isNotDisclosed: false,
    medicalSubsidyInsurerNumber: payerNumberOf(scheme.law, municipality),
    medicalSubsidyRecipientNumber: `${body}${checkDigit(body)}`,
    ...(scheme.incomeSegment && { incomeSegment: scheme.incomeSegment }),
    isAlwaysReimbursement: scheme.always ?? '0',
    ...(scheme.cap !== undefined && { maxCopaymentAmount: { monthly: scheme.cap } }),
    validFrom: monthsLater(`${year - 1}-${scheme.ends}`, 0, 1),
    validTo: `${year}-${scheme.ends}`,
    historyKey: `${municipality.code}-${digest(id).slice(0, 12)}-1`,
    isDeleted: false,
    certificationDetail: [
      { item: '実施機関', value: municipality.name },
      ...scheme.details.map(([item, value]) => ({ item, value })),
    ],
  }
  return certificate
}

function familyIn(municipality: Municipality, today: string): Resident[] {
  const has = (field: 'vaccination' | 'checkup') => municipality.entered[field] !== undefined
  return Object.entries(data.families)
    .filter(([, { vouchers, checkups }]) => {
      return (has('vaccination') && vouchers.length > 0) || (has('checkup') && checkups.length > 0)
    })
    .map(([id, member]) => {
      const birthDate = monthsLater(today, -member.months, -member.days)
      const who = resident(municipality, id, `${member.label}（${municipality.name}）`, member, birthDate)
      const answeredAt = `${today}T20:30:00.000+09:00`
      const holdings: Holdings = {
        ...noHoldings,
        ...(has('vaccination') && vaccinationsOf(member, who, municipality, answeredAt)),
        ...(has('checkup') && checkupsOf(member, who, municipality, answeredAt)),
      }
      return { ...who, holdings: () => holdings }
    })
}

type Member = Data['families'][string]
type Who = Omit<Resident, 'holdings'>

function vaccinationsOf(member: Member, who: Who, municipality: Municipality, answeredAt: string) {
  const doses = member.doses.map(({ vaccine, dose, months: age, medium }): WireDose => {
    const { name, site } = entry(data.vaccines, vaccine)
    return {
      vaccineCode: vaccine,
      vaccineName: name,
      doseNumber: dose,
      administeredOn: monthsLater(who.birthDate, age, 7),
      // On paper the lot is often not copied.
      ...(medium === 'digital' && { lotNumber: `${digest(`${who.id}${vaccine}${dose}`).slice(0, 5).toUpperCase()}` }),
      injectionSite: site,
      medicalInstitutionName: 'みどり小児科',
      municipalityName: municipality.name,
      medium,
    }
  })
  const vaccinationVouchers = member.vouchers.map(([vaccine, dose], index) => ({
    ...voucher(
      'V',
      `${vaccine}-${dose}`,
      `${entry(data.vaccines, vaccine).name} ${dose}回目`,
      who,
      municipality,
      entry(data.vaccines, vaccine),
    ),
    vaccineCode: vaccine,
    doseNumber: dose,
    // The family answered for the first one and has not got round to the others.
    ...(index === 0 && { questionnaire: questionnaire(data.questionnaires.vaccination, answeredAt) }),
  }))
  return { doses, vaccinationVouchers }
}

function checkupsOf(member: Member, who: Who, municipality: Municipality, answeredAt: string) {
  const checkups = member.checked.map(([checkup, age]) => ({
    checkupCode: checkup,
    checkupName: entry(data.checkups, checkup).name,
    performedOn: monthsLater(who.birthDate, age, 9),
    result: 'noFindings' as const,
    medicalInstitutionName: 'みどり小児科',
    municipalityName: municipality.name,
    medium: 'digital' as const,
  }))
  const checkupVouchers = member.checkups.map((checkup) => ({
    ...voucher('C', checkup, entry(data.checkups, checkup).name, who, municipality, entry(data.checkups, checkup)),
    checkupCode: checkup,
    setting: entry(data.checkups, checkup).setting,
    questionnaire: questionnaire(data.questionnaires.checkup, answeredAt),
  }))
  return { checkups, checkupVouchers }
}

const voucher = (
  kind: 'V' | 'C',
  code: string,
  voucherName: string,
  who: Who,
  municipality: Municipality,
  period: { readonly fromMonths: number; readonly toMonths: number },
) => ({
  voucherId: `${kind}-${digest(`${who.id}${code}`).slice(0, 16)}`,
  voucherName,
  municipalityName: municipality.name,
  validFrom: monthsLater(who.birthDate, period.fromMonths, 0),
  validTo: monthsLater(who.birthDate, period.toMonths, -1),
})

const questionnaire = ({ name, answers }: z.infer<typeof answersSchema>, answeredAt: string) => ({
  questionnaireName: name,
  answeredAt,
  answers: answers.map(([question, answer, needsDoctor]) => ({ question, answer, needsDoctor })),
})

function resident(
  municipality: Municipality,
  kind: string,
  label: string,
  holder: z.infer<typeof holderSchema>,
  birthDate: string,
): Who {
  return {
    id: `${kind}-${municipality.id}`,
    label,
    name: `${municipality.surname}　${holder.given}`,
    nameKana: `${municipality.surnameKana}　${holder.givenKana}`,
    birthDate,
    sex: holder.sex,
    certificate: 'valid',
    withheld: [],
    municipality,
  }
}

const digest = (text: string) => createHash('sha256').update(`sample ${text}`).digest('hex')

const isoDay = (moment: Date) => moment.toISOString().slice(0, 10)

/** Calendar months and then days later; a day that the month does not have becomes its last one. */
function monthsLater(day: string, count: number, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return isoDay(new Date(Date.UTC(year, month - 1 + count, Math.min(date, last) + days)))
}

function entry<T>(table: Readonly<Record<string, T>>, key: string): T {
  const found = table[key]
  if (found === undefined) throw new Error(`the sample data have no ${key}`)
  return found
}
