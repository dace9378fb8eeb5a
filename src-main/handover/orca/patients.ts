// Whom ORCA knows the visit's patient as. Nobody is ever picked: kana name (as people compare it) and birth date must both be the same, and
// exactly one person must be left; a number that the clinic has linked is held against them too.
import { z } from 'zod'
import { comparableKana } from '../../eligibility/matching.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { OrcaVisit } from '../formats/orca-visit.ts'
import type { OrcaConnection } from './connection.ts'
import { done } from './results.ts'
import { xml2Array, xml2Text } from './xml2.ts'

const patientSchema = z
  .object({
    Patient_ID: xml2Text,
    WholeName: xml2Text,
    WholeName_inKana: xml2Text,
    BirthDate: xml2Text,
    Sex: xml2Text,
  })
  .transform((row) => ({
    number: row.Patient_ID,
    name: row.WholeName,
    nameKana: row.WholeName_inKana,
    birthDate: row.BirthDate,
    sex: row.Sex,
  }))
/** As registered in ORCA, letter by letter: later calls must name the patient just so. */
export type OrcaPatient = z.infer<typeof patientSchema>

const listSchema = z.object({ Patient_Information: xml2Array(patientSchema) })

/** 対象患者なし, in the words of one version or another. */
const nobody = ['10', '11', '13', '14', '20', '21']

/**
 * Errors: ORCA_PATIENT_NOT_FOUND, ORCA_PATIENT_AMBIGUOUS, ORCA_PATIENT_DIFFERS (the number is another person's), and
 * those of the connection.
 */
export async function findPatient(orca: OrcaConnection, visit: OrcaVisit): Promise<Result<OrcaPatient>> {
  const isVisits = ({ nameKana, birthDate }: OrcaPatient) =>
    birthDate === visit.birthDate && comparableKana(nameKana) === comparableKana(visit.nameKana)
  if (visit.patientNumber !== null) {
    const found = await patientNumbered(orca, visit.patientNumber)
    if (!found.ok) return found
    return isVisits(found.value) ? found : fail('ORCA_PATIENT_DIFFERS')
  }
  if (comparableKana(visit.nameKana) === '') return fail('ORCA_PATIENT_NOT_FOUND')
  // By kana first; an ORCA that searches by written names only finds the patient the second time.
  for (const name of [wideName(inKatakana(visit.nameKana)), wideName(visit.name)]) {
    const listed = await patientsCalled(orca, name, visit.birthDate)
    if (!listed.ok) return listed
    const [patient, ...others] = listed.value.filter(isVisits)
    if (patient) return others.length === 0 ? ok(patient) : fail('ORCA_PATIENT_AMBIGUOUS')
  }
  return fail('ORCA_PATIENT_NOT_FOUND')
}

/** 複数の患者情報取得 (patientlst2v2) for one number. */
async function patientNumbered(orca: OrcaConnection, number: string): Promise<Result<OrcaPatient>> {
  const called = await orca.call('/api01rv2/patientlst2v2?class=01', 'patientlst2req', {
    Patient_ID_Information: [{ Patient_ID: number }],
  })
  const answered = called.ok ? done(called.value, 'ORCA_REFUSED') : called
  if (!answered.ok) return answered
  const parsed = listSchema.safeParse(answered.value.record)
  if (!parsed.success) return fail('ORCA_ANSWER_INVALID')
  const [patient] = parsed.data.Patient_Information
  // A number that nobody has comes back with a sentence for a name and without a birth date.
  return patient && patient.birthDate !== '' ? ok(patient) : fail('ORCA_PATIENT_NOT_FOUND')
}

/** ORCA begins to count at 1. */
const nobodysNumber = '0'

/**
 * A question that changes nothing and is about nobody: whether ORCA lets us in and answers the calls of every visit. What it
 * answers is not looked at beyond that. Errors: those of the connection, ORCA_LOGIN_REFUSED, ORCA_REFUSED.
 */
export async function askForNobody(orca: OrcaConnection): Promise<Result<void>> {
  const asked = await patientNumbered(orca, nobodysNumber)
  const isAnswered = asked.ok || asked.error.code === 'ORCA_PATIENT_NOT_FOUND' || asked.error.code === 'ORCA_BUSY'
  return isAnswered ? ok(undefined) : asked
}

/**
 * 患者情報取得（氏名検索）(patientlst3v2): everybody born on the day whose name begins with the family name of `name`. The
 * given name is compared here, because ORCA compares the space before it as well.
 */
async function patientsCalled(
  orca: OrcaConnection,
  name: string,
  birthDate: string,
): Promise<Result<readonly OrcaPatient[]>> {
  const [familyName, ...givenNames] = name.split('　')
  // Without a space nobody knows where the family name ends.
  const beginning = givenNames.length > 0 ? familyName : [...name][0]
  const called = await orca.call('/api01rv2/patientlst3v2?class=01', 'patientlst3req', {
    WholeName: beginning ?? '',
    Birth_StartDate: birthDate,
    Birth_EndDate: birthDate,
    Sex: '',
    InOut: '',
  })
  if (!called.ok) return called
  if (nobody.includes(called.value.apiResult)) return ok([])
  const answered = done(called.value, 'ORCA_REFUSED')
  if (!answered.ok) return answered
  const parsed = listSchema.safeParse(answered.value.record)
  return parsed.success ? ok(parsed.data.Patient_Information) : fail('ORCA_ANSWER_INVALID')
}

/** Full-width with one full-width space, as ORCA keeps names; kana as katakana. */
const wideName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, '　')

const inKatakana = (text: string): string =>
  text.replace(/[ぁ-ゖ]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60))
