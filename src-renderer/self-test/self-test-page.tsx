// 自己診断 on the screen: begun by a press, told line by line, and printed for the telephone call with the vendor. It holds
// nothing about a patient.
import type { CheckLine, SelfTestView } from '../../src-main/contract/self-test.ts'
import { checkName, selfTest as words } from '../../src-main/words/self-test.ts'
import type { Act } from '../act.ts'
import { clinicMoment } from '../format.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import { selfTestPaper } from '../print/papers/self-test-paper.ts'
import { PrintAction, Printable } from '../print/printable.tsx'
import { CheckList } from './check-list.tsx'
import styles from './self-test-page.module.css'

export function SelfTestPage(props: { readonly view: SelfTestView; readonly act: Act; readonly onBack: () => void }) {
  const { view, act, onBack } = props
  const { isRunning, startedAt, lines } = view
  const papers =
    startedAt === null || isRunning ? [] : [selfTestPaper(lines, words.at(clinicMoment(startedAt)), summaryOf(lines))]
  const begin = (withCard: boolean) => void act('startSelfTest', { withCard })
  return (
    <Printable papers={papers} visitId={null}>
      <Page title={words.title} status={statusOf(view)} onBack={onBack}>
        <p>{words.note}</p>
        <div className={form.ways}>
          <Action weight={startedAt ? 'secondary' : 'primary'} isDisabled={isRunning} onPress={() => begin(false)}>
            {startedAt ? words.again : words.begin}
          </Action>
          <Action isDisabled={isRunning} onPress={() => begin(true)}>
            {words.beginWithCard}
          </Action>
          <PrintAction />
          <Action isDisabled={isRunning} onPress={() => act('openPage', { page: 'supportBundle' })}>
            {words.support}
          </Action>
        </div>
        {startedAt && <p className={styles.at}>{words.at(clinicMoment(startedAt))}</p>}
        {lines.length > 0 && (
          <CheckList lines={isRunning ? lines : worstFirst(lines)} isCardAwaited={view.isCardAwaited} />
        )}
      </Page>
    </Printable>
  )
}

/** What has to be mended stands on top, causes before what they cause, once nothing comes any more. */
const worstFirst = (lines: readonly CheckLine[]): readonly CheckLine[] => {
  const rank = ({ state }: CheckLine) => (state === 'failed' ? 0 : state === 'warning' ? 1 : 2)
  return lines.toSorted((one, other) => rank(one) - rank(other))
}

function statusOf({ isRunning, startedAt, lines, isCardAwaited }: SelfTestView): string {
  if (startedAt === null) return words.none
  if (isRunning) {
    const isCardNext = isCardAwaited && lines.some(({ check, state }) => check === 'card' && state === 'running')
    const done = lines.filter(({ state }) => state !== 'waiting' && state !== 'running').length
    return isCardNext ? words.layCard : words.running(done, lines.length)
  }
  return summaryOf(lines)
}

function summaryOf(lines: readonly CheckLine[]): string {
  const failed = lines.filter(({ state }) => state === 'failed')
  const [first] = failed
  if (first) return words.failed(failed.length, checkName(first))
  const warnings = lines.filter(({ state }) => state === 'warning').length
  return warnings > 0 ? words.withWarnings(warnings) : words.allWell
}
