// What has to be done in a checkup, ticked and filled in before it is registered: what is missing makes the subsidy void,
// and some points are a reason to tell the municipality. What the points mean is said; what to do, staff judge.
import {
  asksForJudgement,
  done,
  itemsOf,
  type LookedThrough,
  loss,
  support,
} from '../../src-main/eligibility/checkup/entry.ts'
import { vaccinationScreen as words } from '../../src-main/words/vaccination.ts'
import form from '../parts/form.module.css'
import { Icon } from '../parts/icon.tsx'
import styles from './checkup-items.module.css'

/** By the name of the item, as a measurement says it. */
export type Entered = Readonly<Record<string, string>>

export function CheckupItems(props: {
  readonly checkupCode: string
  readonly doneOn: string
  readonly entered: Entered
  readonly looked: LookedThrough
  readonly isUnpaid: boolean
  readonly onEnter: (item: string, value: string) => void
  readonly onUnpaid: (isUnpaid: boolean) => void
}) {
  const { checkupCode, doneOn, entered, looked, isUnpaid, onEnter, onUnpaid } = props
  const items = itemsOf(checkupCode, doneOn)
  if (items.length === 0) return null
  return (
    <>
      <fieldset className={styles.items}>
        <legend>{words.items}</legend>
        {items.map(({ name, kind, most }) =>
          kind === 'done' ? (
            <Tick
              key={name}
              label={name}
              isOn={entered[name] === done}
              onTick={(on) => onEnter(name, on ? done : '')}
            />
          ) : (
            <label key={name} className={form.labelled}>
              {name}
              <input
                className={form.narrow}
                inputMode="numeric"
                aria-label={name}
                placeholder={most === undefined ? '' : `0–${most}`}
                value={entered[name] ?? ''}
                onChange={(event) => onEnter(name, event.target.value.slice(0, 2))}
              />
            </label>
          ),
        )}
      </fieldset>
      {asksForJudgement(items) && (
        <div className={styles.items}>
          <Tick
            label={words.loss}
            isOn={entered[loss.item] === loss.said}
            onTick={(on) => onEnter(loss.item, on ? loss.said : '')}
          />
          <label className={form.labelled}>
            {words.support}
            <select value={entered[support.item] ?? ''} onChange={(event) => onEnter(support.item, event.target.value)}>
              <option value="">{words.choose}</option>
              <option value={support.needed}>{words.supportNeeded}</option>
              <option value={support.notNeeded}>{words.supportNotNeeded}</option>
            </select>
          </label>
        </div>
      )}
      <TellMunicipality looked={looked} />
      {looked.missing.length > 0 && (
        <div className={styles.missing}>
          <p>{words.missing(looked.missing)}</p>
          <Tick label={words.unpaid} isOn={isUnpaid} onTick={onUnpaid} />
        </div>
      )}
    </>
  )
}

/** Said before it is registered and afterwards. */
export function TellMunicipality({ looked: { tell } }: { readonly looked: LookedThrough }) {
  if (tell.length === 0) return null
  return (
    <p className={styles.tell} role="status">
      <Icon name="warning" />
      <span>
        {words.tellMunicipality}
        {words.tellBecause(tell.map(words.tellWhy))}
      </span>
    </p>
  )
}

function Tick(props: { readonly label: string; readonly isOn: boolean; readonly onTick: (isOn: boolean) => void }) {
  return (
    <label className={form.check}>
      <input type="checkbox" checked={props.isOn} onChange={(event) => props.onTick(event.target.checked)} />
      {props.label}
    </label>
  )
}
