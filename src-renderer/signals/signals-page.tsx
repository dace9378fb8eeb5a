// How the desk makes itself heard: how loud, by which sounds, with words or without. What is chosen counts at once.
import { RadioGroup } from 'react-aria-components'
import { type SignalKind, type Signals, signalKinds, type Volume, volumes } from '../../src-main/contract/signals.ts'
import { signalsScreen as words } from '../../src-main/words/signals.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import { Choice } from '../parts/choice.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import panel from '../parts/panel.module.css'
import { japaneseVoices, say } from '../voice.ts'
import styles from './signals-page.module.css'
import { playSignal } from './tones.ts'

const volumeOf = (value: string): Volume => volumes.find((each) => each === value) ?? 'off'

export function SignalsPage(props: { readonly signals: Signals; readonly act: Act; readonly onBack: () => void }) {
  const { signals, act, onBack } = props
  const { volume, sounds, voice, readsToPatients } = signals
  const set = (changed: Partial<Signals>) => act('setSignals', { signals: { ...signals, ...changed } })
  const hear = (kind: SignalKind) => {
    void playSignal(kind, volume)
    if (voice) say(words.spoken[kind], japaneseVoices)
  }
  return (
    <Page title={words.title} status={words.note} onBack={onBack}>
      <section className={panel.panel} aria-label={words.volume}>
        <RadioGroup
          className={styles.volumes}
          aria-label={words.volume}
          value={volume}
          onChange={(value) => void set({ volume: volumeOf(value) })}
        >
          <span className={styles.label}>{words.volume}</span>
          {volumes.map((each) => (
            <Choice key={each} value={each}>
              {words.volumes[each]}
            </Choice>
          ))}
        </RadioGroup>
      </section>
      <section className={panel.panel} aria-labelledby="sounds">
        <h3 id="sounds" className={panel.title}>
          {words.sounds}
        </h3>
        <ul>
          {signalKinds.map((kind) => (
            <li key={kind} className={styles.sound}>
              <label className={form.check}>
                <input
                  type="checkbox"
                  checked={sounds[kind]}
                  onChange={({ target }) => void set({ sounds: { ...sounds, [kind]: target.checked } })}
                />
                <span>
                  <b>{words.kinds[kind].name}</b>
                  <small className={styles.when}>{words.kinds[kind].when}</small>
                </span>
              </label>
              <Action
                aria-label={`${words.kinds[kind].name} ${words.hear}`}
                isDisabled={volume === 'off'}
                onPress={() => hear(kind)}
              >
                {words.hear}
              </Action>
            </li>
          ))}
        </ul>
      </section>
      <section className={panel.panel} aria-label={words.aloud}>
        <label className={form.check}>
          <input type="checkbox" checked={voice} onChange={({ target }) => void set({ voice: target.checked })} />
          <span>
            <b>{words.voice}</b>
            <small className={styles.when}>{words.voiceNote}</small>
          </span>
        </label>
        <label className={form.check}>
          <input
            type="checkbox"
            checked={readsToPatients}
            onChange={({ target }) => void set({ readsToPatients: target.checked })}
          />
          <span>
            <b>{words.patients}</b>
            <small className={styles.when}>{words.patientsNote}</small>
          </span>
        </label>
      </section>
    </Page>
  )
}
