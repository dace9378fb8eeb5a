// What this clinic has decided once for every patient, in one list, each with its way back. Where it was decided it can be
// taken back as well; nobody has to find a patient of that kind first.
import type { ReactNode } from 'react'
import type { ClinicRule, RuleScheme } from '../../src-main/contract/clinic-rules.ts'
import type { Page as PageView } from '../../src-main/contract/pages.ts'
import { screen } from '../../src-main/words/desk.ts'
import { eligibilityScreen } from '../../src-main/words/eligibility.ts'
import type { Act } from '../act.ts'
import { AskingAction } from '../parts/asking-action.tsx'
import { Page } from '../parts/page.tsx'
import panel from '../parts/panel.module.css'
import styles from './clinic-rules-page.module.css'

type View = Extract<PageView, { name: 'clinicRules' }>
const words = screen.clinicRules

export function ClinicRulesPage(props: { readonly view: View; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { substitutes, orders, helps } = view
  const isEmpty = substitutes.length + orders.length + helps.length === 0
  const takeBack = (rule: ClinicRule) => () => void act('takeRuleBack', { rule })
  return (
    <Page title={words.title} status={isEmpty ? words.none : words.note} onBack={onBack}>
      <Rules title={words.substitutes}>
        {substitutes.map(({ character, substitute }) => {
          const text = eligibilityScreen.substitute(character, substitute)
          return (
            <Rule
              key={character}
              text={text}
              way={words.revoke}
              question={words.revokes(character)}
              onYes={takeBack({ kind: 'substitute', character })}
            />
          )
        })}
      </Rules>
      <Rules title={words.orders}>
        {orders.map((order) => (
          <Rule
            key={keyOf(order)}
            text={order.map((scheme, at) => `${eligibilityScreen.place(at + 1)} ${nameOf(scheme)}`).join('、')}
            way={words.propose}
            question={words.proposes}
            onYes={takeBack({ kind: 'order', schemes: order.map(({ key }) => key) })}
          />
        ))}
      </Rules>
      <Rules title={words.helps}>
        {helps.map(({ of, used }) => (
          <Rule
            key={keyOf(of)}
            text={words.helpsUsed(of.map(nameOf), of.filter(({ key }) => used.includes(key)).map(nameOf))}
            way={words.ask}
            question={words.asks}
            onYes={takeBack({ kind: 'helps', schemes: of.map(({ key }) => key) })}
          />
        ))}
      </Rules>
    </Page>
  )
}

const keyOf = (schemes: readonly RuleScheme[]) => schemes.map(({ key }) => key).join(' ')

const nameOf = ({ key, name }: RuleScheme) => (name === null ? words.scheme(key) : `${name}（${key}）`)

function Rules({ title, children }: { readonly title: string; readonly children: readonly ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={panel.panel} aria-label={title}>
      <h3 className={panel.title}>{title}</h3>
      <ul className={styles.rules}>{children}</ul>
    </section>
  )
}

function Rule(props: {
  readonly text: string
  readonly way: string
  readonly question: string
  readonly onYes: () => void
}) {
  const { text, way, question, onYes } = props
  return (
    <li className={styles.rule}>
      <span>{text}</span>
      <AskingAction label={`${text} ${way}`} question={question} yes={way} onYes={onYes}>
        {way}
      </AskingAction>
    </li>
  )
}
