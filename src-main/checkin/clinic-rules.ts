// What the clinic has decided once for every patient, as its page lists it, and the way back to asking or proposing.
import type { ClinicRule, RuleScheme } from '../contract/clinic-rules.ts'
import type { Page } from '../contract/pages.ts'
import type { SchemeMaster } from '../eligibility/schemes.ts'
import type { ChosenHelps } from '../eligibility/together.ts'
import type { Result } from '../ground/result.ts'

/** Errors of every change: SETTINGS_INVALID, STORE_ codes. What is not there is taken back already. */
export interface RuleSettings {
  now(): {
    readonly substitutions: Readonly<Record<string, string>>
    readonly claimOrders: readonly (readonly string[])[]
    readonly chosenHelps: readonly ChosenHelps[]
  }
  revokeSubstitute(character: string): Promise<Result<void>>
  proposeOrder(schemes: readonly string[]): Promise<Result<void>>
  askAboutHelps(schemes: readonly string[]): Promise<Result<void>>
}

export function takeRuleBack(settings: RuleSettings, rule: ClinicRule): Promise<Result<void>> {
  switch (rule.kind) {
    case 'substitute':
      return settings.revokeSubstitute(rule.character)
    case 'order':
      return settings.proposeOrder(rule.schemes)
    case 'helps':
      return settings.askAboutHelps(rule.schemes)
    default:
      return rule satisfies never
  }
}

/** The newest entry of a scheme stands first. */
export const ruleScheme = (master: SchemeMaster, key: string): RuleScheme => ({
  key,
  name:
    master.national.find(({ code, payerNumber }) => code === key && payerNumber === undefined)?.name ??
    master.local.find(({ payerNumber }) => payerNumber === key)?.name ??
    null,
})

export function clinicRulesView(
  settings: Pick<RuleSettings, 'now'>,
  master: SchemeMaster,
): Extract<Page, { name: 'clinicRules' }> {
  const { substitutions, claimOrders, chosenHelps } = settings.now()
  const schemeOf = (key: string) => ruleScheme(master, key)
  return {
    name: 'clinicRules',
    substitutes: Object.entries(substitutions).map(([character, substitute]) => ({ character, substitute })),
    orders: claimOrders.map((order) => order.map(schemeOf)),
    helps: chosenHelps.map(({ of, used }) => ({ of: of.map(schemeOf), used: [...used] })),
  }
}
