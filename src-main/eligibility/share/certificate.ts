// The rule of one certificate: the law's where it is a national 公費, the master's where it is a local one. Where a local number
// stands for several conditions that say different things, they are choices for a person, and until then there is no rule.
import type { LocalFinding } from '../local/judge.ts'
import type { LocalCondition } from '../local/scheme.ts'
import type { Benefit } from '../model.ts'
import { commonRule, outpatientConditions } from './local.ts'
import { nationalShare, type ShareRule } from './rule.ts'

export interface CertificateShare {
  readonly rule: ShareRule | null
  /** Empty: there is nothing to choose. */
  readonly choices: readonly LocalCondition[]
}

/**
 * `day` of the visit, YYYY-MM-DD; `local`: what the master says of it; `before`: the schemes that stand before it on the
 * claim; `chosen`: the place among the choices that a person named.
 */
export function certificateShare(
  { scheme }: Pick<Benefit, 'scheme'>,
  local: LocalFinding | null,
  day: string,
  before: readonly Benefit['scheme'][] = [],
  chosen: number | null = null,
): CertificateShare {
  if (scheme.kind === 'national') {
    return { rule: scheme.code === null ? null : nationalShare(scheme.code, day), choices: [] }
  }
  const conditions = outpatientConditions(local?.schemes ?? [], day)
  const common = commonRule(conditions, before)
  if (common || conditions.length < 2) return { rule: common, choices: [] }
  const one = chosen === null ? undefined : conditions[chosen]
  return { rule: one ? commonRule([one], before) : null, choices: conditions }
}
