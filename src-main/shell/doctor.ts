// `madoguchi doctor`: the self-test without a screen, beside a running agent or where none can start. It tells no patient data
// and changes nothing.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type DoctorOptions, runDoctor } from '../agent/doctor.ts'
import type { CheckLine } from '../contract/self-test.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { checkName, checkStateText, findingText, selfTest as text } from '../words/self-test.ts'
import { misread } from './command-line.ts'
import type { Said } from './maintenance.ts'

const lineSchema = z.strictObject({ data: z.string().min(1).optional(), json: z.boolean().default(false) })
export type DoctorLine = z.infer<typeof lineSchema>

/** Whether these words are this command. */
export const isDoctor = (args: readonly string[]): boolean => args[0] === 'doctor'

/** Errors: REQUEST_INVALID with what does not fit. */
export function readDoctorLine(args: readonly string[]): Result<DoctorLine | 'help'> {
  try {
    const { values } = parseArgs({
      args: args.slice(1),
      strict: true,
      allowPositionals: false,
      options: { help: { type: 'boolean', short: 'h' }, data: { type: 'string' }, json: { type: 'boolean' } },
    })
    if (values.help) return ok('help')
    const parsed = lineSchema.safeParse(values)
    return parsed.success ? ok(parsed.data) : fail('REQUEST_INVALID', { field: '--data' })
  } catch (error) {
    return fail('REQUEST_INVALID', { field: misread(error) })
  }
}

export const carryOutDoctor = async (options: DoctorOptions): Promise<Said> => saidOf(await runDoctor(options))

/** `isRefused`: something failed that a person has to mend. */
export function saidOf(lines: readonly CheckLine[]): Said {
  const isRefused = lines.some(({ state }) => state === 'failed')
  return {
    isRefused,
    answer: { ok: !isRefused, checks: lines.map(forScripts) },
    lines: lines.flatMap(forPeople),
  }
}

function forScripts({ check, of, state, finding }: CheckLine): object {
  const known = finding && findingText(finding)
  const code = finding?.code === 'failure' ? finding.failure.code : finding?.code
  return {
    check,
    ...(of !== null && { of }),
    state,
    code: code ?? null,
    ...(finding?.code === 'because' && { because: finding.check }),
    message: known?.says ?? '',
    repair: known?.repair ?? null,
  }
}

function forPeople(line: CheckLine): readonly string[] {
  const known = line.finding && findingText(line.finding)
  if (!known) return []
  const first = `[${checkStateText[line.state]}] ${checkName(line)}：${known.says}`
  return known.repair === null ? [first] : [first, `        ${text.repair}${known.repair}`]
}
