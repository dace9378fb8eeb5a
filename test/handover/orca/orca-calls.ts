// What the stand-in ORCA answers to each call, with the fields of its public interface documents in their order.
import { randomUUID } from 'node:crypto'
import type { HeldBenefit } from '../../../src-main/handover/orca/compare.ts'
import type { Received, SamplePatient, StandInOrca } from './stand-in-orca.ts'
import { type RequestForm, type Row, record, rows } from './typed-xml.ts'

interface Call extends RequestForm {
  answer(request: Row): Row
}

export function callsOf(orca: StandInOrca): Readonly<Record<string, Call>> {
  const { patients, receptions, locks, questions } = orca
  let lastId = 100

  const numbered = (number: string | undefined) => patients.find((patient) => Number(patient.number) === Number(number))

  const calls: Readonly<Record<string, Call>> = {
    '/api01rv2/patientlst2v2?class=01': {
      name: 'patientlst2req',
      fields: ['Patient_ID_Information/Patient_ID'],
      answer(request): Row {
        const number = rows(request, 'Patient_ID_Information')[0]?.Patient_ID
        const patient = numbered(String(number))
        const unknown = { Patient_ID: String(number), WholeName: '患者番号がありません' }
        return {
          Api_Result: '00',
          Target_Patient_Count: '001',
          Patient_Information: [patient ? basics(patient) : unknown],
        }
      },
    },
    '/api01rv2/patientlst3v2?class=01': {
      name: 'patientlst3req',
      fields: ['WholeName', 'Birth_StartDate', 'Birth_EndDate', 'Sex', 'InOut'],
      answer({ WholeName, Birth_StartDate, Birth_EndDate }): Row {
        if (!WholeName) return { Api_Result: '91' }
        const found = patients.filter(
          ({ name, nameKana, birthDate }) =>
            (name.startsWith(String(WholeName)) || (orca.searchesKana && nameKana.startsWith(String(WholeName)))) &&
            birthDate >= String(Birth_StartDate) &&
            birthDate <= String(Birth_EndDate),
        )
        return found.length === 0 ? { Api_Result: '10' } : { Api_Result: '00', Patient_Information: found.map(basics) }
      },
    },
    '/api01rv2/patientlst6v2': {
      name: 'patientlst6req',
      fields: ['Reqest_Number', 'Patient_ID', 'Base_Date', 'Start_Date', 'End_Date'],
      answer({ Patient_ID }): Row {
        const patient = numbered(String(Patient_ID))
        if (!patient) return { Api_Result: '10' }
        if (patient.benefits.length === 0) return { Api_Result: '20' }
        // Each certificate alone, then all of them together, as ORCA makes its combinations.
        const combinations = [...patient.benefits.map((benefit) => [benefit]), patient.benefits]
        return {
          Api_Result: '00',
          HealthInsurance_Information: [
            { Insurance_Combination_Number: '0001', InsuranceProvider_Class: '060' },
            ...combinations.map((benefits) => ({ PublicInsurance_Information: benefits.map(insurance) })),
          ],
        }
      },
    },
    '/orca12/patientmodv2?class=04': {
      name: 'patientmodreq',
      fields: [
        ...['Mod_Key', 'Patient_ID', 'WholeName', 'WholeName_inKana', 'BirthDate', 'Sex'],
        'HealthInsurance_Information/PublicInsurance_Information/PublicInsurer_Number',
        'HealthInsurance_Information/PublicInsurance_Information/PublicInsuredPerson_Number',
        'HealthInsurance_Information/PublicInsurance_Information/Certificate_IssuedDate',
        'HealthInsurance_Information/PublicInsurance_Information/Certificate_ExpiredDate',
      ],
      answer(request): Row {
        const patient = numbered(String(request.Patient_ID))
        if (!patient) return { Api_Result: '10' }
        if (locks.has(patient.number)) return { Api_Result: '90' }
        const { WholeName, BirthDate, Sex } = request
        if (WholeName !== patient.name || BirthDate !== patient.birthDate || Sex !== patient.sex) {
          return { Api_Result: '60' }
        }
        const added = rows(request.HealthInsurance_Information, 'PublicInsurance_Information').map(benefitOf)
        if (added.length === 0) return { Api_Result: '61' }
        if (added.length > 4) return { Api_Result: '97' }
        if (added.some((benefit) => patient.benefits.some((held) => isSame(held, benefit)))) return { Api_Result: '63' }
        if (added.some((benefit) => patient.benefits.some((held) => isOverlap(held, benefit))))
          return { Api_Result: 'P2' }
        patient.benefits.push(...added.map((benefit) => ({ ...benefit, id: String(++lastId) })))
        return { Api_Result: 'K3', Patient_Information: basics(patient) }
      },
    },
    '/orca12/patientmodv32': {
      name: 'patientmodv3req2',
      fields: [
        ...['Request_Number', 'Karte_Uid', 'Orca_Uid', 'Patient_Information/Patient_ID'],
        ...[
          ...['Mode', 'Id', 'Class', 'Name'].map((field) => `PublicInsurance_${field}`),
          ...['PublicInsurer_Number', 'PublicInsuredPerson_Number'],
          ...['IssuedDate', 'ExpiredDate', 'CheckDate'].map((field) => `Certificate_${field}`),
        ].map((field) => `PublicInsurance_Information/PublicInsurance_Info/${field}`),
        'Select_Answer',
      ],
      answer: (request) => update(request),
    },
    '/api21/medicalmodv37': {
      name: 'medicalv3req7',
      fields: [
        ...['Request_Number', 'Karte_Uid', 'Orca_Uid'],
        ...['Delete_Information/Delete_Karte_Uid', 'Delete_Information/Delete_Orca_Uid', 'Select_Answer'],
      ],
      answer({ Request_Number, Delete_Information: chosen, Select_Answer }): Row {
        if (Request_Number === '00') {
          if (locks.size === 0) return { Api_Result: 'E10' }
          const listed = [...locks].map(([number, { karteUid, orcaUid }]) => ({
            Lock_Karte_Uid: karteUid,
            Lock_Orca_Uid: orcaUid,
            Lock_Patient_ID: number,
          }))
          return { Api_Result: '000', Response_Number: '00', Lock_Information: [...listed, {}, {}] }
        }
        const { Delete_Karte_Uid, Delete_Orca_Uid } = record(chosen)
        const found = [...locks].find(
          ([, { karteUid, orcaUid }]) => karteUid === Delete_Karte_Uid && orcaUid === Delete_Orca_Uid,
        )
        if (!found) return { Api_Result: 'E13' }
        if (Select_Answer !== 'Ok') return { Api_Result: 'S40', Response_Number: '01', Orca_Uid: randomUUID() }
        locks.delete(found[0])
        return { Api_Result: '000', Response_Number: '00' }
      },
    },
    '/api01rv2/acceptlstv2?class=03': {
      name: 'acceptlstreq',
      fields: ['Acceptance_Date', 'Department_Code'],
      answer({ Acceptance_Date, Department_Code }): Row {
        if (Department_Code !== '01' && Department_Code !== '02') return { Api_Result: '12' }
        const listed = receptions.filter(
          ({ day, department }) => day === Acceptance_Date && department === Department_Code,
        )
        if (listed.length === 0) return { Api_Result: '21' }
        const row = ({ patient, department }: Received) => ({
          Acceptance_Id: '00001',
          Department_Code: department,
          Patient_Information: { Patient_ID: patient },
        })
        return { Api_Result: '00', Acceptlst_Information: listed.map(row) }
      },
    },
    '/orca11/acceptmodv2': {
      name: 'acceptreq',
      fields: [
        ...['Request_Number', 'Patient_ID', 'Acceptance_Date', 'Acceptance_Time'],
        ...['Department_Code', 'Physician_Code', 'Medical_Information'],
      ],
      answer({ Patient_ID, Acceptance_Date, Acceptance_Time, Department_Code, Physician_Code }): Row {
        const patient = numbered(String(Patient_ID))
        if (!patient) return { Api_Result: '10' }
        if (locks.has(patient.number)) return { Api_Result: '90' }
        if (!/^\d\d:\d\d:\d\d$/.test(String(Acceptance_Time))) return { Api_Result: '12' }
        if (Physician_Code !== '10001') return { Api_Result: '14' }
        const reception = {
          patient: patient.number,
          day: String(Acceptance_Date),
          department: String(Department_Code),
        }
        const isDouble = receptions.some(
          ({ patient: other, day, department }) =>
            other === reception.patient && day === reception.day && department === reception.department,
        )
        if (isDouble) return { Api_Result: '16' }
        receptions.push(reception)
        return { Api_Result: '00', Acceptance_Id: '00001' }
      },
    },
  }

  /** patientmodv32: what is checked but not committed yet, by Orca_Uid. */
  const checked = new Map<string, readonly Row[]>()

  const update = (request: Row): Row => {
    const { Request_Number, Karte_Uid, Orca_Uid, Select_Answer } = request
    const patient = numbered(String(record(request.Patient_Information).Patient_ID))
    if (!patient) return { Api_Result: 'E10' }
    const lock = locks.get(patient.number)
    const said = {
      Request_Number: Request_Number ?? '',
      Karte_Uid: Karte_Uid ?? '',
      Patient_Information: basics(patient),
    }
    const table = (listed: readonly Row[]) => ({
      // The fixed length of ORCA's tables.
      PublicInsurance_Information: { PublicInsurance_Info: [...listed, {}, {}, {}] },
    })
    if (Request_Number === '01') {
      if (lock) return { ...said, Api_Result: lock.karteUid === Karte_Uid ? 'E9999' : 'E90', Response_Number: '01' }
      const orcaUid = randomUUID()
      locks.set(patient.number, { karteUid: String(Karte_Uid), orcaUid })
      const listed = patient.benefits.map((benefit) => ({
        PublicInsurance_Id: benefit.id ?? '',
        ...insurance(benefit),
      }))
      const result = orca.hasRemarks ? 'E50' : '000'
      return { ...said, Api_Result: result, Response_Number: '02', Orca_Uid: orcaUid, ...table(listed) }
    }
    if (!lock || lock.orcaUid !== Orca_Uid) return { ...said, Api_Result: 'E20' }
    if (Request_Number === '99') {
      locks.delete(patient.number)
      return { ...said, Api_Result: '000', Response_Number: '00' }
    }
    if (Request_Number === '02') {
      const listed = rows(request.PublicInsurance_Information, 'PublicInsurance_Info')
      const result = applied(patient.benefits, listed)
      const isBad = result.some((one, at) => result.some((other, place) => place > at && isOverlap(one, other)))
      if (isBad || listed.length === 0) return { ...said, Api_Result: 'E50', Response_Number: '02' }
      const filled = listed.map((row) => ({ ...row, PublicInsurance_Class: '010', PublicInsurance_Name: '公費' }))
      checked.set(String(Orca_Uid), filled)
      return { ...said, Api_Result: '000', Response_Number: '03', Orca_Uid: String(Orca_Uid), ...table(filled) }
    }
    const question = questions[0]
    if (question !== undefined && Select_Answer !== 'Ok') {
      const asks = { Patient_Select: question, Patient_Select_Message: '更新内容を確認して下さい。' }
      return { ...said, Api_Result: 'S20', Response_Number: '03', Patient_Select_Information: asks }
    }
    questions.shift()
    if (questions.length > 0) return update({ ...request, Select_Answer: '' })
    const rowsChecked = checked.get(String(Orca_Uid))
    if (!rowsChecked) return { ...said, Api_Result: 'E21' }
    patient.benefits = applied(patient.benefits, rowsChecked)
    locks.delete(patient.number)
    return { ...said, Api_Result: 'W00', Response_Number: '00' }
  }

  const applied = (held: readonly HeldBenefit[], listed: readonly Row[]): HeldBenefit[] => {
    const changed = new Map(
      listed
        .filter((row) => row.PublicInsurance_Mode === 'Modify')
        .map((row) => [row.PublicInsurance_Id, benefitOf(row)]),
    )
    const kept = held.map((benefit) => ({ ...benefit, ...changed.get(benefit.id ?? ''), id: benefit.id }))
    const added = listed.filter((row) => row.PublicInsurance_Mode === 'New')
    return [...kept, ...added.map((row) => ({ ...benefitOf(row), id: String(++lastId) }))]
  }

  return calls
}

const basics = ({ number, name, nameKana, birthDate, sex }: SamplePatient): Row => ({
  Patient_ID: number,
  WholeName: name,
  WholeName_inKana: nameKana,
  BirthDate: birthDate,
  Sex: sex,
})

const insurance = (benefit: HeldBenefit): Row => ({
  PublicInsurance_Class: benefit.payerNumber.slice(0, 2).padStart(3, '0'),
  PublicInsurance_Name: '公費',
  PublicInsurer_Number: benefit.payerNumber,
  PublicInsuredPerson_Number: benefit.recipientNumber,
  Rate_Outpatient: '0.20',
  Money_Outpatient: '     0',
  Certificate_IssuedDate: benefit.validFrom,
  Certificate_ExpiredDate: benefit.validTo,
})

const benefitOf = (row: Row): Omit<HeldBenefit, 'id'> => ({
  payerNumber: String(row.PublicInsurer_Number),
  recipientNumber: String(row.PublicInsuredPerson_Number),
  validFrom: String(row.Certificate_IssuedDate),
  validTo: String(row.Certificate_ExpiredDate),
})

type Certificate = Omit<HeldBenefit, 'id'>
const isOverlap = (a: Certificate, b: Certificate) =>
  a.payerNumber === b.payerNumber && a.validFrom <= b.validTo && b.validFrom <= a.validTo
const isSame = (a: Certificate, b: Certificate) =>
  isOverlap(a, b) && a.recipientNumber === b.recipientNumber && a.validFrom === b.validFrom && a.validTo === b.validTo
