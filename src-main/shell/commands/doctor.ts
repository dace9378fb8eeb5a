// `madoguchi doctor`: the self-test without a screen, beside a running agent or where none can start. It tells no patient data
// and changes nothing.

import { runDoctor } from '../../agent/doctor.ts'
import type { CheckLine } from '../../contract/self-test.ts'
import { systemClock } from '../../ground/clock.ts'
import { ok } from '../../ground/result.ts'
import { loadSettings } from '../../settings/settings.ts'
import { checkName, checkStateText, findingText, selfTest as text } from '../../words/self-test.ts'
import type { Said } from '../said.ts'
import { systemProxy } from '../system-proxy.ts'
import { dataCommand } from './command.ts'

export const doctor = dataCommand({
  name: 'doctor',
  about: text.about,
  notes: text.notes,
  operands: {},
  options: {},
  run: async (_given, place, { program, sources }) =>
    ok(
      saidOf(
        await runDoctor({
          ...place,
          ...program,
          settings: await loadSettings(place.dataDir, sources),
          systemProxy: await systemProxy(),
          clock: systemClock,
          // It leaves nothing behind, in no log either.
          log: { write: () => undefined },
        }),
      ),
    ),
})

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
