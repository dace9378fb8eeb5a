import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { schemaErrors } from '../../hub/api-document.ts'
import { type CallOptions, documentedCall } from '../../hub/raw-call.ts'
import { openTrainingHub, type TrainingHub, today } from '../../hub/training-hub.ts'
import { clinicAt, outcomeOf } from './clinic.ts'

let certificates: TrainingHub
let training: TrainingHub
let office: string
let miyakonojo: ReturnType<typeof townHall>
let clinic: ReturnType<typeof clinicAt>

beforeAll(async () => {
  certificates = await openTrainingHub()
})
afterAll(() => certificates.close())
// A hub that remembers nothing for every test, with the certificates made once.
beforeEach(async () => {
  training = await openTrainingHub({ pki: certificates.pki })
  office = await training.hub.openBackOffice()
  miyakonojo = townHall({ url: office, client: await training.pki.issueMunicipality('452025') })
  clinic = clinicAt(training)
  return () => training.close()
})

const personsSchema = z.object({
  persons: z.array(
    z.object({
      linkId: z.string(),
      name: z.string(),
      nameKana: z.string(),
      dateOfBirth: z.string(),
      sex: z.string(),
    }),
  ),
})
const versionsSchema = z.object({ versions: z.array(z.object({ certificate: z.looseObject({}) })) })
const resultsSchema = z.object({
  results: z.array(z.looseObject({ outcome: z.string().optional(), code: z.string().optional() })),
})

/** A municipality's program in a few words. */
function townHall(options: CallOptions) {
  const path = '/municipality/v1/registrations'
  const post = (to: string, body: unknown, headers = {}) =>
    documentedCall(training, 'POST', to, body, { ...options, headers })
  const get = (from: string) => documentedCall(training, 'GET', from, undefined, options)
  return {
    post,
    get,
    async upload(...registrations: readonly unknown[]) {
      const { results } = resultsSchema.parse((await post(path, { registrations })).body)
      const outcomes = results.map(({ outcome, code, field }) => (code === undefined ? outcome : `${code} ${field}`))
      for (const [index, registration] of registrations.entries()) {
        const isInvalid = outcomes[index]?.startsWith('registration_invalid')
        // That a period ends before it begins is said in words only.
        const isBackwards = z.object({ validFrom: z.literal('2027-04-01') }).safeParse(registration).success
        if (!isBackwards) expect(schemaErrors('Registration', registration).length > 0).toBe(isInvalid)
      }
      return outcomes
    },
    csv: (text: string | Uint8Array, charset = 'utf-8') =>
      post(path, text.toString(), { 'content-type': `text/csv; charset=${charset}` }),
    async person(name: string) {
      const { persons } = personsSchema.parse((await get('/municipality/v1/persons')).body)
      const found = persons.find((person) => person.name === name)
      if (!found) throw new Error(`no ${name}`)
      const { linkId, ...info } = found
      return { linkId, basicFiveInfo: { ...info, address: '宮崎県都城市姫城町６街区２１号' } }
    },
    async history(linkId: string) {
      const { versions } = versionsSchema.parse((await get(`${path}?linkId=${linkId}`)).body)
      return versions.map(({ certificate }) => certificate)
    },
  }
}

const certificate = {
  orgSpecificCertificateTypeId: 'KODOMO83',
  certificationName: 'こども医療費受給資格証',
  isNotDisclosed: true,
  medicalSubsidyInsurerNumber: '83452024',
  medicalSubsidyRecipientNumber: '都-0001',
  segment: '未就学児',
  incomeSegment: '区分なし',
  additionalConditions: '01-02;03-01',
  designatedMedicalInstitutions: ['まどぐち内科クリニック'],
  isAlwaysReimbursement: '0',
  maxCopaymentAmount: { monthly: 800 },
  validFrom: '2026-04-01',
  validTo: '2027-03-31',
  historyKey: 'MK-1',
  isDeleted: false,
  certificationDetail: [{ item: '一部負担金', value: '月額800円' }],
}
/** A sample patient without any benefit. */
const nobody = '高橋　健一'
const seen = async (day = today) => (await (await clinic.visit('none')).eligibility(day)).medicalSubsidy

describe('a registration', () => {
  test('is what the clinic is told, field by field, but for the person’s data', async () => {
    const person = await miyakonojo.person(nobody)
    expect((await seen()).status).toBe('none')
    expect(await miyakonojo.upload({ ...person, ...certificate })).toEqual(['registered'])
    expect(await seen()).toEqual({ status: 'present', items: [certificate] })
    expect(await miyakonojo.history(person.linkId)).toEqual([certificate])
  })

  test('sent again is unchanged, under a new key it is a change, under the old key with another content it is refused', async () => {
    const person = await miyakonojo.person(nobody)
    const first = { ...person, ...certificate }
    const changed = { ...first, historyKey: 'MK-2', maxCopaymentAmount: { monthly: 500 } }
    expect(await miyakonojo.upload(first, first, changed, { ...first, segment: '小学生' })).toEqual([
      'registered',
      'unchanged',
      'changed',
      'history_key_reused historyKey',
    ])
    expect((await seen()).items).toMatchObject([{ historyKey: 'MK-2', maxCopaymentAmount: { monthly: 500 } }])
    expect((await miyakonojo.history(person.linkId)).map(({ historyKey }) => historyKey)).toEqual(['MK-1', 'MK-2'])
  })

  test('withdrawn is told as withdrawn, so that the clinic can tell it from an empty answer', async () => {
    const person = await miyakonojo.person(nobody)
    const withdrawal = { ...person, ...certificate, historyKey: 'MK-2', isDeleted: true }
    expect(await miyakonojo.upload(withdrawal)).toEqual(['nothing_to_withdraw isDeleted'])
    await miyakonojo.upload({ ...person, ...certificate })
    expect(await miyakonojo.upload(withdrawal)).toEqual(['withdrawn'])
    expect((await seen()).items).toMatchObject([{ historyKey: 'MK-2', isDeleted: true }])
  })

  test('with a sub key stands beside the one without', async () => {
    const person = await miyakonojo.person(nobody)
    const second = { ...certificate, certificationSubKey: '2', historyKey: 'MK-9' }
    await miyakonojo.upload({ ...person, ...certificate }, { ...person, ...second })
    expect((await seen()).items).toEqual([certificate, second])
  })

  test('that is over is told as ended with its last day', async () => {
    const person = await miyakonojo.person(nobody)
    await miyakonojo.upload({ ...person, ...certificate, validTo: '2026-10-31' })
    expect(await seen()).toMatchObject({ status: 'ended', endedOn: '2026-10-31', items: [{ historyKey: 'MK-1' }] })
  })

  test('of a sample takes its place', async () => {
    const resident = await miyakonojo.person('黒木　蓮')
    const answer = async () => (await (await clinic.visit('kodomo-miyakonojo')).eligibility()).medicalSubsidy.items
    expect(await answer()).toMatchObject([{ certificationName: 'こども医療費受給者証' }])
    expect(await miyakonojo.upload({ ...resident, ...certificate })).toEqual(['registered'])
    expect(await answer()).toEqual([certificate])
  })

  test('of another municipality is nobody’s business', async () => {
    const kumamoto = townHall({ url: office, client: await training.pki.issueMunicipality('431001') })
    const person = await miyakonojo.person(nobody)
    await miyakonojo.upload({ ...person, ...certificate })
    expect(await kumamoto.history(person.linkId)).toEqual([])
    await expect(kumamoto.person('黒木　蓮')).rejects.toThrow()
  })
})

describe('the limits of the official documents', () => {
  const long = (length: number) => 'あ'.repeat(length)
  test.each([
    [{ orgSpecificCertificateTypeId: 'A'.repeat(50) }, { orgSpecificCertificateTypeId: 'A'.repeat(51) }],
    [{ orgSpecificCertificateTypeId: 'a1' }, { orgSpecificCertificateTypeId: 'a-1' }],
    [{ certificationName: long(100) }, { certificationName: long(101) }],
    [{ certificationName: 'x' }, { certificationName: '' }],
    [{ medicalSubsidyInsurerNumber: '00000000' }, { medicalSubsidyInsurerNumber: '8345202' }],
    [{ medicalSubsidyInsurerNumber: undefined }, { medicalSubsidyInsurerNumber: '８３４５２０２４' }],
    [{ medicalSubsidyRecipientNumber: long(30) }, { medicalSubsidyRecipientNumber: long(31) }],
    [{ isAlwaysReimbursement: '1' }, { isAlwaysReimbursement: 1 }],
    [{ additionalConditions: '01-02' }, { additionalConditions: '01-02;' }],
    [{ isNotDisclosed: false }, { isNotDisclosed: 'false' }],
    [{ certificationDetail: [] }, { certificationDetail: undefined }],
    [{ validFrom: '2027-03-31' }, { validFrom: '2027-04-01' }],
    [{ validTo: '2028-02-29' }, { validTo: '2027-02-29' }],
  ])('%j is taken, %j is not', async (good, bad) => {
    const person = await miyakonojo.person(nobody)
    const [taken, refused] = await miyakonojo.upload(
      { ...person, ...certificate, ...good },
      { ...person, ...certificate, historyKey: 'MK-2', ...bad },
    )
    expect(taken).toBe('registered')
    expect(refused).toMatch(/^registration_invalid /)
  })

  test('one registration that does not fit keeps no other from being taken, and its field is named', async () => {
    const person = await miyakonojo.person(nobody)
    expect(
      await miyakonojo.upload(
        { ...person, ...certificate, validTo: 'soon' },
        7,
        { ...person, ...certificate, note: 'x' },
        {
          ...person,
          ...certificate,
        },
      ),
    ).toEqual(['registration_invalid validTo', 'registration_invalid ', 'registration_invalid note', 'registered'])
  })
})

describe('the 12-digit number', () => {
  // The number of the model cards in official leaflets.
  const number = '123456789018'
  test.each([
    { myNumber: number },
    { note: number },
    { certificationDetail: [{ item: '番号', value: '１２３４ ５６７８ ９０１８' }] },
    { medicalSubsidyRecipientNumber: number },
    { other: { deep: [Number(number)] } },
  ])('is refused wherever it stands, with everything that came with it (%j)', async (extra) => {
    const person = await miyakonojo.person(nobody)
    const registrations = [
      { ...person, ...certificate },
      { ...person, ...certificate, historyKey: 'MK-2', ...extra },
    ]
    expect(outcomeOf(await miyakonojo.post('/municipality/v1/registrations', { registrations }))).toBe(
      'personal_number_refused',
    )
    expect(await miyakonojo.history(person.linkId)).toEqual([])
  })

  test('has no field: under its name nothing else is taken either', async () => {
    const person = await miyakonojo.person(nobody)
    expect(await miyakonojo.upload({ ...person, ...certificate, myNumber: 'x' })).toEqual([
      'registration_invalid myNumber',
    ])
  })

  test('is told from another number of 12 digits by its check digit', async () => {
    const person = await miyakonojo.person(nobody)
    const other = { ...certificate, medicalSubsidyRecipientNumber: '123456789010' }
    expect(await miyakonojo.upload({ ...person, ...other })).toEqual(['registered'])
  })
})

describe('the link between person and certificate', () => {
  test.each([
    [{ dateOfBirth: '1965-07-31' }, 'basicFiveInfo.dateOfBirth'],
    [{ sex: 'female' }, 'basicFiveInfo.sex'],
    [{ nameKana: 'タカハシ　ケンジ' }, 'basicFiveInfo.nameKana'],
  ])('to the wrong person is refused (%j), in a check and in an upload', async (difference, field) => {
    const person = await miyakonojo.person(nobody)
    const wrong = { ...person, basicFiveInfo: { ...person.basicFiveInfo, ...difference } }
    const check = await miyakonojo.post('/municipality/v1/link-checks', { persons: [person, wrong] })
    expect(check.body).toEqual({ results: [{ code: 'link_ok' }, { code: 'link_mismatch', field }] })
    expect(await miyakonojo.upload({ ...wrong, ...certificate })).toEqual([`link_mismatch ${field}`])
    expect((await seen()).status).toBe('none')
  })

  test('bears half-width kana, other spaces and other kanji', async () => {
    const person = await miyakonojo.person(nobody)
    const basicFiveInfo = { ...person.basicFiveInfo, name: '髙橋 健一', nameKana: 'ﾀｶﾊｼ ｹﾝｲﾁ' }
    expect(await miyakonojo.upload({ ...person, basicFiveInfo, ...certificate })).toEqual(['registered'])
  })

  test('to nobody is refused', async () => {
    const person = { ...(await miyakonojo.person(nobody)), linkId: 'A'.repeat(43) }
    expect(await miyakonojo.upload({ ...person, ...certificate })).toEqual(['link_unknown linkId'])
    const check = await miyakonojo.post('/municipality/v1/link-checks', { persons: [person] })
    expect(check.body).toEqual({ results: [{ code: 'link_unknown', field: 'linkId' }] })
    expect(outcomeOf(await miyakonojo.get(`/municipality/v1/registrations?linkId=${person.linkId}`))).toBe(
      'link_unknown',
    )
  })
})

describe('as CSV', () => {
  const columns = async () => {
    const { linkId, basicFiveInfo } = await miyakonojo.person(nobody)
    return {
      linkId,
      'basicFiveInfo.name': basicFiveInfo.name,
      'basicFiveInfo.nameKana': basicFiveInfo.nameKana,
      'basicFiveInfo.address': '宮崎県都城市, "姫城町"',
      'basicFiveInfo.dateOfBirth': basicFiveInfo.dateOfBirth,
      'basicFiveInfo.sex': basicFiveInfo.sex,
      orgSpecificCertificateTypeId: 'KODOMO83',
      certificationName: 'こども医療費受給資格証',
      certificationSubKey: '',
      isNotDisclosed: 'true',
      medicalSubsidyInsurerNumber: '83452024',
      medicalSubsidyRecipientNumber: '都-0001',
      segment: '未就学児',
      incomeSegment: '区分なし',
      additionalConditions: '01-02;03-01',
      designatedMedicalInstitutions: 'まどぐち内科クリニック',
      isAlwaysReimbursement: '0',
      'maxCopaymentAmount.monthly': '800',
      validFrom: '2026-04-01',
      validTo: '2027-03-31',
      historyKey: 'MK-1',
      isDeleted: 'false',
      'certificationDetail.一部負担金': '月額800円',
    }
  }
  const written = (...rows: readonly Readonly<Record<string, string>>[]) => {
    const line = (fields: readonly string[]) => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')
    return [line(Object.keys(rows[0] ?? {})), ...rows.map((row) => line(Object.values(row)))].join('\r\n')
  }
  const outcomes = async (answer: Promise<{ body: unknown }>) =>
    resultsSchema.parse((await answer).body).results.map(({ outcome, field }) => field ?? outcome)

  test('a registration is the same as in JSON', async () => {
    const row = await columns()
    expect(await outcomes(miyakonojo.csv(`\ufeff${written(row)}\r\n`))).toEqual(['registered'])
    expect((await seen()).items).toEqual([certificate])
    expect(await miyakonojo.upload({ ...(await miyakonojo.person(nobody)), ...certificate })).toEqual(['unchanged'])
  })

  test('a value of the wrong type is refused by its field', async () => {
    const row = await columns()
    const rows = written({ ...row, isDeleted: 'no' }, { ...row, 'maxCopaymentAmount.monthly': '800円' }, row)
    expect(await outcomes(miyakonojo.csv(rows))).toEqual(['isDeleted', 'maxCopaymentAmount.monthly', 'registered'])
    expect(await outcomes(miyakonojo.csv(written({ ...row, note: 'x' })))).toEqual(['note'])
  })

  test.each([
    ['no CSV', 'a,"b'],
    ['a row with another number of fields', 'a,b\r\n1'],
    ['a column twice', 'a,a\r\n1,2'],
    ['no rows', ''],
    ['an encoding nobody knows', 'a\r\n1', 'x-none'],
  ])('%s is refused whole', async (_name, text, charset = 'utf-8') => {
    expect(outcomeOf(await miyakonojo.csv(text, charset))).toBe('request_invalid')
  })
})

describe('the door', () => {
  test('lets no clinic in, and the clinics’ door no municipality', async () => {
    const asClinic = townHall({ url: office })
    expect(outcomeOf(await asClinic.get('/municipality/v1/persons'))).toBe('client_not_allowed')
    const client = await training.pki.issueMunicipality('452025')
    expect(outcomeOf(await clinicAt(training, { client }).get('/v1/health'))).toBe('client_not_allowed')
  })

  test('takes 10,000 registrations at once', async () => {
    const person = await miyakonojo.person(nobody)
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...person,
      ...certificate,
      certificationSubKey: `${index % 100}`,
      historyKey: `MK-${index}`,
    }))
    const body = { registrations: many }
    const { results } = resultsSchema.parse((await miyakonojo.post('/municipality/v1/registrations', body)).body)
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['registered', 'changed']))
  })
})
