// The lines of a self-test, each with its state in a word, its sentence, and below it the step that repairs it.
import type { CheckLine } from '../../src-main/contract/self-test.ts'
import { checkName, checkStateText, findingText, selfTest as words } from '../../src-main/words/self-test.ts'
import type { IconName } from '../parts/icon.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import styles from './check-list.module.css'

const looks: Record<CheckLine['state'], { readonly tone: Tone; readonly icon: IconName }> = {
  waiting: { tone: 'plain', icon: 'waiting' },
  running: { tone: 'plain', icon: 'next' },
  ok: { tone: 'good', icon: 'ok' },
  warning: { tone: 'care', icon: 'warning' },
  failed: { tone: 'bad', icon: 'error' },
  unknown: { tone: 'plain', icon: 'unknown' },
  unused: { tone: 'plain', icon: 'unknown' },
}

export function CheckList(props: { readonly lines: readonly CheckLine[]; readonly isCardAwaited: boolean }) {
  return (
    <ul className={styles.list}>
      {props.lines.map((line) => (
        <li key={`${line.check} ${line.of ?? ''}`} className={`${styles.line} ${styles[line.state] ?? ''}`}>
          <span className={styles.name}>{checkName(line)}</span>
          <span>
            <Tag {...looks[line.state]}>{checkStateText[line.state]}</Tag>
          </span>
          <Says line={line} isCardAwaited={props.isCardAwaited} />
        </li>
      ))}
    </ul>
  )
}

function Says({ line, isCardAwaited }: { readonly line: CheckLine; readonly isCardAwaited: boolean }) {
  if (line.state === 'running' && line.check === 'card' && isCardAwaited) return <p>{words.layCard}</p>
  const said = line.finding && findingText(line.finding)
  if (!said) return null
  return (
    <div className={styles.says}>
      <p>{said.says}</p>
      {said.repair && (
        <p>
          <strong>{words.repair}</strong>
          {said.repair}
        </p>
      )}
    </div>
  )
}
