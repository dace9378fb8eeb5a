// A name that will be trouble later: which characters, what could stand for them, and what to use on the claim. A substitute
// counts only once somebody here has approved it.

import type { VisitView } from '../../src-main/contract/reception.ts'
import type { Assessment } from '../../src-main/eligibility/assessment.ts'
import { screen } from '../../src-main/words/desk.ts'
import { claimNameText, nameFaultText, eligibilityScreen as words } from '../../src-main/words/eligibility.ts'
import type { Act } from '../act.ts'
import { AskingAction } from '../parts/asking-action.tsx'
import { Tag } from '../parts/tag.tsx'
import { ConfirmedName } from './confirmed-name.tsx'
import styles from './name-panel.module.css'

const rules = screen.clinicRules

export function NamePanel(props: { readonly visit: VisitView; readonly name: Assessment['name']; readonly act: Act }) {
  const { visit, name, act } = props
  return (
    <section className={styles.panel} aria-labelledby="name-panel">
      <h3 id="name-panel" className={styles.title}>
        {words.name}
      </h3>
      <p className={styles.claim}>{claimNameText(name.claim)}</p>
      <ul className={styles.faults}>
        {name.faults.map(({ character, codePoint, fault, isUnwritable, substitute, isApproved }) => (
          <li key={character} className={styles.fault}>
            <span className={styles.character}>{character}</span>
            <span>
              <span className={styles.code}>{codePoint}</span>
              {nameFaultText[fault]}
              {isUnwritable && words.unwritable}
            </span>
            {substitute === null ? (
              <span className={styles.none}>{words.noSubstitute}</span>
            ) : isApproved ? (
              <span>
                {words.substitute(character, substitute)}{' '}
                <Tag tone="good" icon="ok">
                  {words.approved}
                </Tag>{' '}
                <AskingAction
                  label={`${words.substitute(character, substitute)} ${rules.revoke}`}
                  question={rules.revokes(character)}
                  yes={rules.revoke}
                  onYes={() => act('takeRuleBack', { rule: { kind: 'substitute', character } })}
                >
                  {rules.revoke}
                </AskingAction>
              </span>
            ) : (
              <span>
                {words.substitute(character, substitute)}{' '}
                <AskingAction
                  label={`${words.substitute(character, substitute)} ${words.approve(substitute)}`}
                  question={words.approves}
                  yes={words.approve(substitute)}
                  onYes={() => act('approveSubstitute', { character, substitute })}
                >
                  {words.approve(substitute)}
                </AskingAction>
              </span>
            )}
          </li>
        ))}
      </ul>
      <ConfirmedName key={visit.id} visit={visit} act={act} />
    </section>
  )
}
