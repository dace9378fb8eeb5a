import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { judgeBenefit } from '../../../src-main/eligibility/benefit.ts'
import { shippedMaster } from '../../../src-main/eligibility/schemes.ts'
import { municipalities, residentsOf } from '../../../src-main/stand-ins/people/residents.ts'
import pilot from '../../../src-main/stand-ins/people/samples/pilot.json' with { type: 'json' }
import { testDay } from '../../clock.ts'
import { registered } from '../../eligibility/samples.ts'
import { eligibilityErrors } from '../../hub/api-document.ts'
import { openTrainingHub, type TrainingHub } from '../../hub/training-hub.ts'
import { clinicAt } from './clinic.ts'

const today = '2026-11-23'
const residents = residentsOf(today)
const of = (municipality: string) => residents.filter(({ municipality: home }) => home?.name.endsWith(municipality))

describe('the 16 municipalities of the pilot', () => {
  test('bear their codes, check digit and all', () => {
    // 全国地方公共団体コード: weights 6 to 2 over the first five digits, modulo 11 (総務省).
    const checkDigit = (code: string) => {
      const sum = [...code.slice(0, 5)].reduce((total, digit, index) => total + Number(digit) * (6 - index), 0)
      return String((11 - (sum % 11)) % 10)
    }
    expect(municipalities).toHaveLength(16)
    expect(new Set(municipalities.map(({ code }) => code)).size).toBe(16)
    for (const { code } of municipalities) expect(code.slice(5)).toBe(checkDigit(code))
  })

  test('are as many in each field as were admitted: 5, 9 and 9', () => {
    const isHealth = (scheme: string) => scheme === 'vaccination' || scheme === 'checkup'
    const counts = municipalities.map(({ entered }) => ({
      medicalSubsidy: Object.keys(entered).some((scheme) => !isHealth(scheme)),
      vaccination: entered.vaccination !== undefined,
      checkup: entered.checkup !== undefined,
    }))
    const count = (field: keyof (typeof counts)[number]) => counts.filter((entry) => entry[field]).length
    expect([count('medicalSubsidy'), count('vaccination'), count('checkup')]).toEqual([5, 9, 9])
  })

  test('entered at least as many columns as their row of the table has circles, and every entry names its ground', () => {
    for (const { marks, entered } of pilot.municipalities) {
      expect(Object.keys(entered).length).toBeGreaterThanOrEqual([...marks].filter((mark) => mark === '〇').length)
      for (const basis of Object.values(entered)) expect(Object.keys(pilot.bases)).toContain(basis)
    }
  })

  // The notes under the table, word for word.
  test.each([
    ['由利本荘市', ['shogai', 'hitorioya']],
    ['一宮市', ['shogai', 'hitorioya', 'koreisha', 'seishin-local']],
    ['熊本市', ['shogai']],
    ['都城市', ['shogai', 'hitorioya', 'kafu']],
  ])('%s entered exactly the other local schemes of its note', (name, schemes) => {
    const others = ['shogai', 'hitorioya', 'koreisha', 'seishin-local', 'kafu']
    const found = municipalities.find((municipality) => municipality.name.endsWith(name))
    expect(others.filter((scheme) => found?.entered[scheme] !== undefined)).toEqual(schemes)
  })
})

describe('their residents', () => {
  test('hold exactly what their municipality entered', () => {
    for (const municipality of municipalities) {
      const held = new Set(
        residents
          .filter(({ municipality: home }) => home?.code === municipality.code)
          .flatMap(({ id, holdings }) => {
            const { certificates, vaccinationVouchers, checkupVouchers } = holdings(today)
            return [
              ...certificates.map(() => id.slice(0, id.lastIndexOf('-'))),
              ...vaccinationVouchers.map(() => 'vaccination'),
              ...checkupVouchers.map(() => 'checkup'),
            ]
          }),
      )
      expect([...held].sort()).toEqual(Object.keys(municipality.entered).sort())
    }
  })

  test('of a municipality with vaccinations have a voucher for every vaccine of the briefing, and for 5種混合', () => {
    const codes = new Set(
      of('小千谷市').flatMap(({ holdings }) =>
        holdings(today).vaccinationVouchers.map(({ vaccineCode }) => vaccineCode),
      ),
    )
    expect([...codes].sort()).toEqual(
      [
        'rotavirus',
        'hepatitisB',
        'hib',
        'pneumococcal',
        'bcg',
        'measlesRubella',
        'varicella',
        'japaneseEncephalitis',
        'hpv',
        'dptIpv',
        'dptIpvHib',
        'dt',
      ].sort(),
    )
  })

  test('of a municipality with checkups have one for every checkup of the briefing, groups and single ones', () => {
    const vouchers = of('町田市').flatMap(({ holdings }) => holdings(today).checkupVouchers)
    expect(new Set(vouchers.map(({ checkupCode }) => checkupCode))).toEqual(
      new Set(['maternity', 'infant3to4Months', 'toddler18Months', 'child3Years', 'other']),
    )
    expect(new Set(vouchers.map(({ setting }) => setting))).toEqual(new Set(['group', 'individual']))
  })

  test('have vouchers that count on the day the samples are made, and doses that lie between birth and that day', () => {
    for (const { birthDate, holdings } of residents) {
      const { vaccinationVouchers, checkupVouchers, ...records } = holdings(today)
      const { doses, checkups } = { doses: records.doses ?? [], checkups: records.checkups ?? [] }
      for (const { validFrom, validTo } of [...vaccinationVouchers, ...checkupVouchers]) {
        expect(validFrom <= today && today <= validTo).toBe(true)
      }
      for (const { administeredOn } of doses) expect(birthDate <= administeredOn && administeredOn <= today).toBe(true)
      for (const { performedOn } of checkups) expect(birthDate <= performedOn && performedOn <= today).toBe(true)
      const given = doses.map(({ vaccineCode, doseNumber }) => `${vaccineCode} ${doseNumber}`)
      expect(new Set(given).size).toBe(given.length)
      for (const { vaccineCode, doseNumber } of vaccinationVouchers) {
        expect(given).not.toContain(`${vaccineCode} ${doseNumber}`)
      }
    }
  })

  test('carry numbers that follow the rules and belong to one person each', () => {
    const certificates = residents.flatMap(({ holdings }) => holdings(today).certificates)
    const numbers = certificates.map(
      ({ medicalSubsidyInsurerNumber, medicalSubsidyRecipientNumber }) =>
        `${medicalSubsidyInsurerNumber} ${medicalSubsidyRecipientNumber}`,
    )
    expect(new Set(numbers).size).toBe(certificates.length)
    for (const certificate of certificates) {
      const { warnings, validity } = judgeBenefit(
        registered({
          certificateTypeId: certificate.orgSpecificCertificateTypeId,
          certificateName: certificate.certificationName,
          payerNumber: certificate.medicalSubsidyInsurerNumber ?? null,
          recipientNumber: certificate.medicalSubsidyRecipientNumber ?? null,
          validFrom: certificate.validFrom,
          validTo: certificate.validTo,
          historyKey: certificate.historyKey,
        }),
        today,
        shippedMaster,
      )
      expect(validity).toBe('valid')
      expect(warnings.filter((warning) => /NUMBER|UNKNOWN/.test(warning))).toEqual([])
    }
  })
})

describe('at the counter', () => {
  let training: TrainingHub
  beforeAll(async () => {
    training = await openTrainingHub()
  })
  afterAll(() => training.close())

  test.each(['shoman-ichinomiya', 'infant-miyakonojo', 'mother-hasami', 'schoolgirl-ojiya'])(
    'the card of %s brings what is registered',
    async (resident) => {
      const clinic = clinicAt(training)
      const { eligibility } = await clinic.visit(resident)
      const answer = await eligibility(testDay)
      expect(Object.values(answer).some(({ status }) => status === 'present')).toBe(true)
    },
  )

  test('the scheme master has every national scheme of PMH and every local scheme of the pilot, and is told once', async () => {
    const clinic = clinicAt(training)
    const first = await clinic.get('/v1/masters/schemes')
    const { schemes } = z
      .object({ schemes: z.array(z.object({ schemeCode: z.string(), municipalityName: z.string().optional() })) })
      .parse(first.body)
    const codes = schemes.map(({ schemeCode }) => schemeCode)
    expect(codes).toEqual(expect.arrayContaining(['54', '52', '21', '15', '16', '10', '11', '23']))
    const local = municipalities.flatMap(({ entered }) =>
      Object.keys(entered).filter((scheme) =>
        ['kodomo', 'shogai', 'hitorioya', 'koreisha', 'seishin-local', 'kafu'].includes(scheme),
      ),
    )
    expect(schemes.filter(({ municipalityName }) => municipalityName)).toHaveLength(local.length)
    const etag = String(first.headers.etag)
    for (const held of [etag, `W/${etag}`, `"old", ${etag}`, '*']) {
      const again = await clinic.get('/v1/masters/schemes', { 'if-none-match': held })
      expect([again.status, again.body, again.headers.etag]).toEqual([304, undefined, etag])
    }
    expect((await clinic.get('/v1/masters/schemes', { 'if-none-match': '"old"' })).status).toBe(200)
  })
})

test('every answer about a resident fits the document, whatever the day', () => {
  for (const day of ['2026-11-23', '2027-02-28', '2028-02-29', '2031-12-31']) {
    for (const { holdings, id } of residents) {
      const { doses, checkups } = holdings(day)
      const answer = {
        patientReference: id,
        asOf: day,
        medicalSubsidy: { status: 'none' },
        vaccination: { status: 'none', records: doses ?? [] },
        checkup: { status: 'none', records: checkups ?? [] },
      }
      expect(eligibilityErrors(answer)).toEqual([])
    }
  }
})
