// From the terminal's XML names to ours, as data: shipped for what is public, replaceable by the clinic's vendor for what
// is not, and read again while the agent runs. A file that does not fit changes nothing and is told.
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { z } from 'zod'
import { type Failure, fail, ok, type Result } from '../../ground/result.ts'
import { parseTyped, readTyped } from '../../ground/typed-text.ts'
import shipped from './mapping.json' with { type: 'json' }

/** A name as XML allows it, without namespaces. */
const tag = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/)

/** `assumed`: not the real names; only a training clinic uses them. */
const status = z.enum(['assumed', 'confirmed'])

const ticketTags = {
  /** 01 医療券, 02 調剤券 */
  type: tag,
  validFrom: tag,
  validTo: tag,
  issueNumber: tag,
  /** yyyyMM */
  month: tag,
  institutionCode: tag,
  /** 0 the clinic that asks, 1 another one */
  institutionMatch: tag,
  institutionName: tag,
  issuerCode: tag,
  issuerName: tag,
  injury1: tag,
  injury2: tag,
  injury3: tag,
  /** 01 入院, 02 入院外, 03 歯科, 04 調剤, 05 訪問看護 */
  treatment: tag,
  selfPayYen: tag,
  districtContact: tag,
  handlingContact: tag,
  /** 01 単独, 02 併用 */
  use: tag,
  /** 01 あり, 02 なし; so the three at the end */
  socialInsurance: tag,
  /** 1: what it says of 社会保険 does not fit */
  mismatch: tag,
  infection: tag,
  elderlyCare: tag,
  prefecturalExpenses: tag,
  remark1: tag,
  remark2: tag,
  remark3: tag,
}

/** What a vendor's copy of an earlier version does not name stays as it is shipped. */
const mappingSchema = z.strictObject({
  /** Of this file's content, counted up by whoever changes it. */
  version: z.int().min(1),
  /** Where the names come from; for people. */
  note: z.string(),
  /** What the names of the face reader's results begin with. */
  faceFiles: z
    .array(z.string().regex(/^[A-Za-z0-9_]{3,50}$/))
    .min(1)
    .max(10),
  header: z.strictObject({
    element: tag,
    /** yyyyMMddHHmmss */
    processedAt: tag,
    /** yyyyMMdd: the day the answer is about. */
    confirmedOn: tag,
    /** 1: done, 2: not yet; anything else: abnormal. */
    segment: tag,
    code: tag,
    message: tag,
    /** 0: UTF-8, 1: Shift_JIS */
    characterCode: tag,
    fileIdentifier: tag,
    institutionCode: tag,
    /** 1: asked by card, 2: by insurance number. */
    classification: tag,
  }),
  body: z.strictObject({
    element: tag,
    /** 1: done, anything else: error. */
    status: tag,
    code: tag,
    message: tag,
    validity: tag,
    receptionNumber: tag,
    list: tag,
    item: tag,
  }),
  person: z.strictObject({
    name: tag,
    nameKana: tag,
    birthDate: tag,
    /** 1 male, 2 female, 3 not set */
    sex: tag,
    referenceNumber: tag,
    arbitraryIdentifier: tag,
  }),
  /** Inside a person's result: which insurance it is and from when to when the person has it. */
  insurance: z
    .strictObject({
      /** A1: 医療扶助 */
      classification: tag,
      /** Of 医療扶助: 公費負担者番号. */
      insurerNumber: tag,
      /** Of 医療扶助: 受給者番号. */
      number: tag,
      qualifiedOn: tag,
      disqualifiedOn: tag,
      /** 一部負担金割合: 030 is three tenths. */
      share: tag.default(shipped.insurance.share),
    })
    .default(shipped.insurance),
  /** 高齢受給者証: inside a person's result, the element with its own share and period. */
  elderly: z.strictObject({ element: tag, share: tag, validFrom: tag, validTo: tag }).default(shipped.elderly),
  /** 限度額適用認定証: inside a person's result, the element with its 適用区分 and period, and the consent beside it. */
  limit: z.strictObject({
    element: tag,
    flag: tag,
    validFrom: tag.default(shipped.limit.validFrom),
    validTo: tag.default(shipped.limit.validTo),
    consent: tag.default(shipped.limit.consent),
  }),
  /** 医療券・調剤券 of 医療扶助, inside a person's result. */
  ticket: z.strictObject({ list: tag, item: tag, fields: z.strictObject(ticketTags) }).default(shipped.ticket),
  /** Inside a person's result. */
  subsidies: z.strictObject({
    status,
    list: tag,
    item: tag,
    /** What the vendor's document has no name for is left out. */
    fields: z.strictObject({
      certificateTypeId: tag.optional(),
      certificateSubKey: tag.optional(),
      certificateName: tag,
      payerNumber: tag.optional(),
      recipientNumber: tag.optional(),
      validFrom: tag,
      validTo: tag,
      monthlyCapYen: tag.optional(),
      alwaysReimbursed: tag.optional(),
      undisclosed: tag.optional(),
      segment: tag.optional(),
      incomeSegment: tag.optional(),
      additionalConditions: tag.optional(),
      historyKey: tag.optional(),
    }),
  }),
  requests: z.strictObject({
    search: z.strictObject({
      element: tag,
      insurerNumber: tag,
      symbol: tag,
      number: tag,
      branchNumber: tag,
      birthDate: tag,
      limitConsent: tag,
      arbitraryIdentifier: tag,
    }),
    /** `search` several times, then the reception number. */
    bulk: z.strictObject({ status }),
    /** `search` with the patient number, both inside `element`. */
    registration: z.strictObject({ status, element: tag }),
  }),
  /** Elements that are understood and not used, with everything inside them. */
  known: z.array(tag).max(1_000),
})
export type Mapping = z.infer<typeof mappingSchema>

export const shippedMapping: Mapping = mappingSchema.parse(shipped)

/** Errors: TERMINAL_MAPPING_INVALID with the path of the first wrong field, or the line where it is no JSON. */
export function readMapping(text: string): Result<Mapping> {
  const typed = parseTyped(text)
  return 'line' in typed ? unreadable(typed.line) : checkMapping(typed.content)
}

const unreadable = (line: number) => fail('TERMINAL_MAPPING_INVALID', { line })

function checkMapping(content: unknown): Result<Mapping> {
  const parsed = mappingSchema.safeParse(content)
  if (parsed.success) return ok(parsed.data)
  return fail('TERMINAL_MAPPING_INVALID', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
}

export interface MappingFile {
  /** The newest that fitted; the shipped one before that. */
  mapping(): Mapping
  /** Why the file is not in use as it is now. */
  failure(): Failure | null
  close(): void
}

/** `file`: absolute path, or null for the shipped mapping. Looked at again every `everyMs`. */
export function openMappingFile(
  file: string | null,
  options: { readonly onChange: () => void; readonly everyMs?: number },
): MappingFile {
  let mapping = shippedMapping
  let failure: Failure | null = null
  const read = () => {
    const result = readOrFail(file)
    failure = result.ok ? null : result.error
    if (result.ok) mapping = result.value
  }
  const again = () => {
    read()
    options.onChange()
  }
  read()
  if (file !== null) watchFile(file, { interval: options.everyMs ?? 2_000, persistent: false }, again)
  return {
    mapping: () => mapping,
    failure: () => failure,
    close() {
      if (file !== null) unwatchFile(file, again)
    },
  }
}

function readOrFail(file: string | null): Result<Mapping> {
  if (file === null) return ok(shippedMapping)
  try {
    const text = readTyped(readFileSync(file))
    return 'line' in text ? unreadable(text.line) : readMapping(text.content)
  } catch {
    return fail('TERMINAL_MAPPING_INVALID', { field: 'file' })
  }
}
