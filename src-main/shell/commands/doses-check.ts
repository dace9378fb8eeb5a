// What clinic IT, or a program beside the clinic's, asks about a whole childhood: a file with the doses of one person, and
// every finding with the rule behind it. Nothing is stored, and no name is asked for.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { dateSchema } from '../../eligibility/model.ts'
import { checkChildhood } from '../../eligibility/vaccination/childhood.ts'
import type { Childhood } from '../../eligibility/vaccination/found.ts'
import { knownCode } from '../../eligibility/vaccination/vaccines.ts'
import type { VoucherAdvice } from '../../eligibility/voucher-advice.ts'
import { clinicDay, systemClock } from '../../ground/clock.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import { asTyped } from '../../settings/data-dir.ts'
import { doses as text } from '../../words/doses.ts'
import { doseVerdictText, voucherAdviceText } from '../../words/vaccination.ts'
import { done } from '../said.ts'
import { command } from './command.ts'

/** One person's doses. No name and no number of the person: they are not needed. */
const fileSchema = z.strictObject({
  birthDate: dateSchema,
  sex: z.enum(['female', 'male', 'unknown']).default('unknown'),
  /** The day it is looked at; left out: the command's, else today. */
  day: dateSchema.optional(),
  doses: z
    .array(
      z.strictObject({
        /** A code of docs/hub-api.yaml, or the name. */
        vaccine: z.string().min(1).max(100),
        on: dateSchema,
        dose: z.int().min(1).max(20).optional(),
      }),
    )
    .max(300),
})
type DosesFile = z.infer<typeof fileSchema>

/** A childhood is a few kilobytes. */
const mostBytes = 1024 * 1024

export const dosesCheck = command({
  name: 'doses check',
  about: text.about,
  notes: text.notes,
  operands: { file: { value: 'FILE', about: text.file, schema: z.string().min(1) } },
  options: { date: { value: 'YYYY-MM-DD', about: text.date, schema: dateSchema.optional() } },
  async run({ file, date }) {
    const read = await readDoses(asTyped(file))
    if (!read.ok) return read
    const day = read.value.day ?? date ?? clinicDay(systemClock.now())
    const childhood = checkChildhood({ ...personOf(read.value), day })
    return ok(done(answerOf(day, childhood), linesOf(day, childhood)))
  },
})

/** Errors: DOSES_UNREADABLE with where the file does not fit. */
async function readDoses(path: string): Promise<Result<DosesFile>> {
  let told: unknown
  try {
    const bytes = await readFile(path)
    if (bytes.length > mostBytes) return fail('DOSES_UNREADABLE')
    told = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    return fail('DOSES_UNREADABLE')
  }
  const parsed = fileSchema.safeParse(told)
  // Where, and never what: the file is about a person.
  return parsed.success ? ok(parsed.data) : fail('DOSES_UNREADABLE', { field: parsed.error.issues[0]?.path.join('.') })
}

const personOf = ({ birthDate, sex, doses }: DosesFile) => ({
  birthDate,
  sex,
  doses: doses.map(({ vaccine, on, dose = null }) => ({
    ...{ handle: null, clinic: null, municipality: null, lotNumber: null, site: null, medium: 'paper' as const },
    ...{ vaccineCode: knownCode(vaccine, vaccine), vaccineName: vaccine, doseNumber: dose, givenOn: on },
  })),
})

const lineOf = (line: VoucherAdvice) => ({
  code: line.code,
  weight: line.weight,
  text: voucherAdviceText(line),
  rule: line.basis,
})

function answerOf(day: string, { doses, findings, next }: Childhood): object {
  return {
    ...{ day, doses },
    findings: findings.map(({ vaccine, givenOn, line }) => ({ vaccine, givenOn, ...lineOf(line) })),
    next: next.map(({ vaccine, judgement }) => ({
      ...{ vaccine, dose: judgement.dose?.label ?? null, verdict: judgement.verdict },
      ...{ text: doseVerdictText(judgement), earliest: judgement.earliest },
      latest: judgement.latest,
      findings: judgement.advice.map(lineOf),
    })),
  }
}

function linesOf(day: string, { doses, findings, next }: Childhood): readonly string[] {
  const rule = ({ basis }: VoucherAdvice) => (basis ? text.rule(basis) : [])
  return [
    text.looked(day, doses),
    ...(findings.length === 0 ? [text.nothingFound] : []),
    ...findings.flatMap(({ vaccine, line }) => [text.finding(vaccine, voucherAdviceText(line)), ...rule(line)]),
    ...next.flatMap(({ vaccine, judgement }) => [
      text.next(vaccine, judgement.dose?.label ?? '', doseVerdictText(judgement)),
      ...judgement.advice.map((line) => text.because(voucherAdviceText(line))),
    ]),
  ]
}
