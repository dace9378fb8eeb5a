// What was paid so far, what is left, and what both rest on: as long as nobody has looked at the paper it is what this clinic
// knows, and is called so.
import type { CapSheetView } from '../../src-main/contract/cap-sheet.ts'
import { capScreen as words } from '../../src-main/words/cap.ts'
import { Action } from '../parts/action.tsx'
import { Icon } from '../parts/icon.tsx'
import { Tag } from '../parts/tag.tsx'
import styles from './cap-page.module.css'

export function CapTotal(props: { readonly sheet: CapSheetView; readonly onSay: (isSeen: boolean) => void }) {
  const { sheet, onSay } = props
  const { total, capYen, month } = sheet
  const { scope, yen, standing } = total
  const isWhole = scope === 'everywhere'
  return (
    <section className={styles.total} aria-label={words.sumOf(month)}>
      <dl className={styles.figures}>
        <div>
          <dt>{words.sumOf(month)}</dt>
          <dd>
            {scope !== 'unknown' && <b>{words.yen(yen)}</b>}
            <Tag tone={isWhole ? 'good' : 'care'} icon={isWhole ? 'ok' : 'warning'}>
              {tagOf(sheet)}
            </Tag>
          </dd>
        </div>
        <div>
          <dt>{words.cap}</dt>
          <dd>
            <b>{capYen === null ? words.capUnknown : words.yen(capYen)}</b>
          </dd>
        </div>
        {standing.state === 'open' && scope !== 'unknown' && (
          <div>
            <dt>{words.left}</dt>
            <dd>
              <b>{isWhole ? words.yen(standing.leftYen) : words.atMost(standing.leftYen)}</b>
            </dd>
          </div>
        )}
      </dl>
      {standing.state !== 'open' && (
        <p className={standing.state === 'exceeded' ? `${styles.told} ${styles.over}` : styles.told} role="alert">
          <Icon name={standing.state === 'reached' || standing.state === 'free' ? 'ok' : 'warning'} />
          {standing.state === 'exceeded' ? words.standing.exceeded(standing.overYen) : words.standing[standing.state]}
        </p>
      )}
      <div className={styles.scope}>
        <p>{scopeText(sheet)}</p>
        {isWhole ? (
          <Action weight="quiet" onPress={() => onSay(false)}>
            {words.unseen}
          </Action>
        ) : (
          <span className={styles.say}>
            <Action onPress={() => onSay(true)}>{words.seen}</Action>
            <small>{words.seenNote}</small>
          </span>
        )}
      </div>
    </section>
  )
}

const hasPaperLines = ({ lines }: CapSheetView) =>
  lines.some(({ content, isStruck }) => content.institution !== null && !isStruck)

const tagOf = (sheet: CapSheetView): string => {
  const { scope } = sheet.total
  return scope === 'here' && hasPaperLines(sheet) ? words.entered : words.tag[scope]
}

function scopeText(sheet: CapSheetView): string {
  const { paperCompleteOn, total } = sheet
  if (total.scope === 'unknown') return words.scope.unknown
  if (total.scope === 'everywhere') return words.scope.everywhere(paperCompleteOn ?? sheet.today)
  if (paperCompleteOn !== null) return words.scope.stale(paperCompleteOn)
  return hasPaperLines(sheet) ? words.scope.entered : words.scope.here
}
