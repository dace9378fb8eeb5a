// 設定: what is set, from where, and who changes it. What may be changed here asks first, and can be taken back here.
import type { Reception } from '../../src-main/contract/reception.ts'
import type { SettingField, SettingsPageView } from '../../src-main/contract/settings-page.ts'
import { settingsScreen as words } from '../../src-main/words/settings.ts'
import type { Act } from '../act.ts'
import { Page } from '../parts/page.tsx'
import { PracticeWay } from '../training/practice-way.tsx'
import { SettingRow } from './setting-row.tsx'
import styles from './settings-page.module.css'

export function SettingsPage(props: {
  readonly view: SettingsPageView
  readonly reception: Reception
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, reception, act, onBack } = props
  const { fields, file } = view
  const waiting = fields.filter(({ isForNextStart }) => isForNextStart).length
  return (
    <Page title={words.title} status={words.status(waiting)} onBack={onBack}>
      <p>{words.note}</p>
      <PracticeWay reception={reception} act={act} />
      {groupsOf(fields).map(([group, of]) => (
        <section key={group} className={styles.group} aria-label={group}>
          <h3>{group}</h3>
          <ul className={styles.rows}>
            {of.map((field) => (
              <SettingRow key={field.path} field={field} act={act} />
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.file}>{words.file(file)}</p>
    </Page>
  )
}

/** In the order of the settings; what stands by itself comes last. */
function groupsOf(fields: readonly SettingField[]): readonly (readonly [string, readonly SettingField[]])[] {
  const groups = Map.groupBy(fields, ({ group }) => group ?? words.others)
  return [...groups].toSorted(([one], [other]) => Number(one === words.others) - Number(other === words.others))
}
