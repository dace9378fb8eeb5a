// The lines of a self-test for the printer alone, so that nothing else of the screen goes to it: no list, no name.
import { createPortal } from 'react-dom'
import type { SelfTestView } from '../../src-main/contract/self-test.ts'
import { checkName, checkStateText, findingText, selfTest as words } from '../../src-main/words/self-test.ts'
import { Action } from '../parts/action.tsx'
import styles from './printed-checks.module.css'

export function PrintedChecks(props: {
  readonly lines: SelfTestView['lines']
  readonly at: string
  readonly summary: string
  /** 「トレーニング」 where it is one. */
  readonly mark: string | null
}) {
  const { lines, at, summary, mark } = props
  return (
    <>
      <Action onPress={() => window.print()}>{words.print}</Action>
      {createPortal(
        <section className={styles.sheet} aria-hidden="true" data-papers>
          <h2>
            {words.title}
            {mark && <span className={styles.mark}>{mark}</span>}
          </h2>
          <p>
            {at}　{summary}
          </p>
          <table>
            <tbody>
              {lines.map((line) => {
                const said = line.finding && findingText(line.finding)
                return (
                  <tr key={`${line.check} ${line.of ?? ''}`}>
                    <th scope="row">{checkName(line)}</th>
                    <td className={styles.state}>{checkStateText[line.state]}</td>
                    <td>
                      {said?.says}
                      {said?.repair && (
                        <>
                          <br />
                          {words.repair}
                          {said.repair}
                        </>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>,
        document.body,
      )}
    </>
  )
}
