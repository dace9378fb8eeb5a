// The way in and out of training, as a clinic has it: not live yet, live, or live and practising.
import type { Reception } from '../../src-main/contract/reception.ts'
import { pageNames } from '../../src-main/words/pages.ts'
import { practiceWay as words } from '../../src-main/words/training.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import styles from './training.module.css'

export function PracticeWay({ reception, act }: { readonly reception: Reception; readonly act: Act }) {
  const { practice, mayBeginFirstRun } = reception.settings
  return (
    <section className={styles.part} aria-labelledby="practice">
      <h3 id="practice">{words.title}</h3>
      {practice === 'none' && (
        <>
          <p>{mayBeginFirstRun ? words.notLive : words.byAdministrator}</p>
          {mayBeginFirstRun && (
            <div>
              <Action onPress={() => act('openPage', { page: 'firstRun' })}>{pageNames.firstRun}</Action>
            </div>
          )}
        </>
      )}
      {practice === 'now' && <p>{words.now}</p>}
      {practice === 'may' && (
        <>
          <p>{words.live}</p>
          <div>
            <AskingAction
              question={words.question}
              yes={words.yes}
              onYes={() => void act('practiseNext', { isWanted: true })}
            >
              {words.begin}
            </AskingAction>
          </div>
        </>
      )}
      {practice === 'next' && (
        <>
          <p role="status">{words.next}</p>
          <div>
            <Action onPress={() => act('practiseNext', { isWanted: false })}>{words.drop}</Action>
          </div>
        </>
      )}
    </section>
  )
}
