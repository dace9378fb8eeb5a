// What a file of the terminal says, in our words: read through the mapping, checked by schema, and nothing in it that the
// file did not say. What the mapping does not know is kept and listed.
import { z } from 'zod'
import { qualifications, type TerminalReport } from '../../contract/terminal-report.ts'
import { limitCategorySchema } from '../../eligibility/insurance.ts'
import { dateSchema, type Patient, patientSchema, type RegisteredBenefit } from '../../eligibility/model.ts'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import type { XmlElement } from '../../text/xml-reader.ts'
import { all, dateIn, dateOf, lastDayOf, moment, only, textOf, Unreadable, unreadable } from './elements.ts'
import { insuranceOf, type ResultInsurance } from './insurances.ts'
import type { Mapping } from './mapping.ts'

/** One ResultOfQualificationConfirmation. */
export interface TerminalResult {
  readonly person: Omit<Patient, 'ref'>
  readonly referenceNumber: string | null
  /** What the request had given it to be found again. */
  readonly arbitraryIdentifier: string | null
  /** null: the mapping does not know how the terminal names them, so nothing can be said. */
  readonly benefits: readonly RegisteredBenefit[] | null
  readonly insurance: ResultInsurance
}

export interface TerminalMessage {
  /** RFC 3339 in clinic time. */
  readonly processedAt: string
  /** The day the answer is about, YYYY-MM-DD; null where the header says none. */
  readonly confirmedOn: string | null
  /** Anything but a clear 1 in SegmentOfResult, and in ProcessingResultStatus where there is one, is not done. */
  readonly outcome: 'done' | 'inProgress' | 'abnormal'
  readonly fileIdentifier: string | null
  /** 受付番号 of a bulk request. */
  readonly receptionNumber: string | null
  readonly results: readonly TerminalResult[]
  readonly report: Omit<TerminalReport, 'referenceNumber' | 'isByCard'>
}

export interface ReadingRules {
  readonly mapping: Mapping
  /** Only a training clinic reads the benefits under names that are assumed. */
  readonly training: boolean
}

/** Errors: TERMINAL_FILE_INVALID with the name of the first element that does not fit. */
export function readMessage(root: XmlElement, rules: ReadingRules): Result<TerminalMessage> {
  try {
    return ok(messageOf(root, rules))
  } catch (error) {
    if (error instanceof Unreadable) return fail('TERMINAL_FILE_INVALID', { field: error.element })
    throw error
  }
}

function messageOf(root: XmlElement, rules: ReadingRules): TerminalMessage {
  if (root.name !== 'XmlMsg') throw new Unreadable('XmlMsg')
  const { header: names, body: bodyNames } = rules.mapping
  const header = only(root, names.element) ?? unreadable(names.element)
  const body = only(root, bodyNames.element)
  const inBody = (name: string) => (body ? textOf(body, name) : null)
  const status = inBody(bodyNames.status)
  const segment = textOf(header, names.segment)
  const isDone = segment === '1' && (status === null || status === '1')
  const list = body && only(body, bodyNames.list)
  return {
    processedAt: moment(textOf(header, names.processedAt)) ?? unreadable(names.processedAt),
    confirmedOn: dateIn(header, names.confirmedOn),
    outcome: isDone ? 'done' : segment === '2' ? 'inProgress' : 'abnormal',
    fileIdentifier: textOf(header, names.fileIdentifier),
    receptionNumber: inBody(bodyNames.receptionNumber),
    // What is not done has no answer, whatever else stands in it.
    results: isDone && list ? all(list, bodyNames.item).map((item) => resultOf(item, rules)) : [],
    report: {
      qualification: qualificationOf(inBody(bodyNames.validity)),
      codes: [
        { code: textOf(header, names.code), message: textOf(header, names.message) },
        { code: inBody(bodyNames.code), message: inBody(bodyNames.message) },
      ]
        .filter(({ code, message }) => code !== null || message !== null)
        .map(({ code, message }) => ({ code: (code ?? '').slice(0, 50), message: (message ?? '').slice(0, 1_000) })),
      unknown: unknownIn(root, namesOf(rules)),
    },
  }
}

const personSchema = patientSchema.omit({ ref: true })
const personFields = personSchema.keyof()

function resultOf(item: XmlElement, { mapping, training }: ReadingRules): TerminalResult {
  const { person: names, subsidies } = mapping
  const person = personSchema.safeParse({
    name: textOf(item, names.name),
    nameKana: textOf(item, names.nameKana) ?? '',
    // Refused by name where it is neither a day nor a month without its day.
    birthDate: dateOf(textOf(item, names.birthDate)),
    sex: sexOf(textOf(item, names.sex)),
  })
  if (!person.success) throw new Unreadable(names[personFields.parse(person.error.issues[0]?.path[0])])
  const isNamed = training || subsidies.status === 'confirmed'
  const benefitsOf = (list: XmlElement) =>
    all(list, subsidies.item).map((benefit) => registeredOf(benefit, subsidies.fields))
  return {
    person: person.data,
    referenceNumber: textOf(item, names.referenceNumber)?.slice(0, 50) ?? null,
    arbitraryIdentifier: textOf(item, names.arbitraryIdentifier),
    benefits: isNamed ? all(item, subsidies.list).flatMap(benefitsOf) : null,
    insurance: insuranceOf(item, mapping),
  }
}

/** The limits of §3 of the municipality-side documents; the numbers stay as they were typed. */
const registeredSchema = z.object({
  certificateName: z.string().min(1).max(100),
  certificateTypeId: z.string().min(1).max(50),
  certificateSubKey: z.string().max(50).nullable(),
  payerNumber: z.string().max(20).nullable(),
  recipientNumber: z.string().max(30).nullable(),
  validFrom: dateSchema,
  validTo: dateSchema,
  monthlyCapYen: z.int().min(0).max(10_000_000).nullable(),
  alwaysReimbursed: z.boolean(),
  undisclosed: z.boolean(),
  segment: z.string().max(100).nullable(),
  incomeSegment: z.string().max(100).nullable(),
  additionalConditions: z.string().max(1_000).nullable(),
  historyKey: z.string().max(64),
})

function registeredOf(item: XmlElement, fields: Mapping['subsidies']['fields']): RegisteredBenefit {
  const text = (field: keyof typeof fields) => {
    const name = fields[field]
    return name === undefined ? null : textOf(item, name)
  }
  const flag = (field: keyof typeof fields) => {
    const value = text(field)
    // A flag that protects somebody is not guessed.
    return value === '1' || (value === null || value === '0' ? false : unreadable(fields[field] ?? field))
  }
  const cap = text('monthlyCapYen')
  const certificateName = text('certificateName')
  const parsed = registeredSchema.safeParse({
    certificateName,
    // Without one of its own a certificate is told apart by its name.
    certificateTypeId: text('certificateTypeId') ?? certificateName?.slice(0, 50),
    certificateSubKey: text('certificateSubKey'),
    payerNumber: text('payerNumber'),
    recipientNumber: text('recipientNumber'),
    validFrom: dateOf(text('validFrom')),
    validTo: lastDayOf(text('validTo')),
    monthlyCapYen: cap === null ? null : /^[0-9]{1,8}$/.test(cap) ? Number(cap) : cap,
    alwaysReimbursed: flag('alwaysReimbursed'),
    undisclosed: flag('undisclosed'),
    segment: text('segment'),
    incomeSegment: text('incomeSegment'),
    additionalConditions: text('additionalConditions'),
    historyKey: text('historyKey') ?? '',
  })
  if (parsed.success) return { ...parsed.data, designatedInstitutions: [], details: [] }
  const field = parsed.error.issues[0]?.path[0]
  throw new Unreadable(fields[fieldNames.parse(field)] ?? '')
}
const fieldNames = registeredSchema.keyof()

const sexOf = (code: string | null) => (code === '1' ? 'male' : code === '2' ? 'female' : 'unknown')

/** 1 有効, 2 無効, 3 無効・新資格あり, 4 該当なし, 5 複数該当, 6 有効・未登録 */
const qualificationOf = (code: string | null) =>
  (code !== null && /^[1-6]$/.test(code) && qualifications[Number(code) - 1]) || null

interface Names {
  /** Elements whose content is looked into. */
  readonly opened: ReadonlySet<string>
  /** Elements that are understood with everything inside them. */
  readonly known: ReadonlySet<string>
  /** The element of the 適用区分: one that nobody knows must not pass for none. */
  readonly limitFlag: string
}

function namesOf({ mapping, training }: ReadingRules): Names {
  const { header, body, person, insurance, limit, elderly, ticket, subsidies, known } = mapping
  const isUsed = training || subsidies.status === 'confirmed'
  const opened = ['XmlMsg', header.element, body.element, body.list, body.item]
  opened.push(limit.element, elderly.element, ticket.list, ticket.item)
  const leaves = [header, body, person, insurance, limit, elderly, ticket.fields].flatMap(Object.values<string>)
  if (isUsed) {
    opened.push(subsidies.list, subsidies.item)
    leaves.push(...Object.values(subsidies.fields))
  }
  return { opened: new Set(opened), known: new Set([...leaves, ...known]), limitFlag: limit.flag }
}

/** Empty is none. */
const isLimitCategory = (text: string) => text.trim() === '' || limitCategorySchema.safeParse(text.trim()).success

/** Every leaf that the mapping does not know, and every attribute: nothing the terminal says has one. */
function unknownIn(root: XmlElement, { opened, known, limitFlag }: Names): TerminalReport['unknown'] {
  const found: TerminalReport['unknown'] = []
  const note = (path: string, text: string) => {
    if (found.length < 200) found.push({ path: path.slice(0, 500), text: text.trim().slice(0, 500) })
  }
  const look = (element: XmlElement, path: string, isKnown: boolean) => {
    for (const [name, value] of element.attributes) note(`${path}/@${name}`, value)
    const isOpened = isKnown && opened.has(element.name)
    const isUnknownLimit = element.name === limitFlag && !isLimitCategory(element.text)
    if (isKnown && !isOpened && known.has(element.name) && !isUnknownLimit) return
    // Text beside elements, or a leaf nobody knows.
    if (element.text.trim() !== '' || (!isOpened && element.children.length === 0)) note(path, element.text)
    for (const child of element.children) look(child, `${path}/${child.name}`, isOpened)
  }
  look(root, root.name, true)
  return found
}

/** A message that is not `done` as a failure, with the terminal's own code where it looks like one. */
export function abnormalFailure({ report }: TerminalMessage): Failure {
  const code = report.codes.find((one) => /^[A-Za-z0-9-]{1,20}$/.test(one.code))?.code
  return { code: 'TERMINAL_RESULT_ABNORMAL', ...(code !== undefined && { detail: { sourceCode: code } }) }
}
