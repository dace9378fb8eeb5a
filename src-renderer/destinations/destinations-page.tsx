// Where the files go: what is set up, and one of them at a time to work on beside what it would write. For clinic IT; the
// counter goes on working.
import { useState } from 'react'
import type { Destination } from '../../src-main/contract/destination.ts'
import type { DestinationSetupView } from '../../src-main/contract/destination-setup.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { formatName, destinationsScreen as words } from '../../src-main/words/destinations.ts'
import { mastersScreen } from '../../src-main/words/masters.ts'
import type { Act } from '../act.ts'
import { eraDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import { AskingAction } from '../parts/asking-action.tsx'
import form from '../parts/form.module.css'
import { Page } from '../parts/page.tsx'
import table from '../parts/table.module.css'
import { Tag } from '../parts/tag.tsx'
import { useReadAgain } from '../read-again.ts'
import { DestinationForm } from './destination-form.tsx'
import styles from './destinations-page.module.css'

export function DestinationsPage(props: {
  readonly view: DestinationSetupView
  /** What runs now, with the files that nobody takes. */
  readonly running: Reception['destinations']
  readonly act: Act
  readonly onBack: () => void
}) {
  const { view, running, act, onBack } = props
  const { destinations, choices, isForNextStart, preview } = view
  useReadAgain('destinations', act)
  const [opened, setOpened] = useState<Destination | 'new' | null>(null)
  const status = isForNextStart ? words.nextStart : destinations.length === 0 ? words.none : words.note
  return (
    <Page title={words.title} status={status} onBack={onBack}>
      <div className={styles.content}>
        {opened ? (
          <DestinationForm
            saved={opened === 'new' ? null : opened}
            others={destinations.filter((each) => each !== opened).map(({ id }) => id)}
            choices={choices}
            preview={preview}
            act={act}
            onDone={() => setOpened(null)}
          />
        ) : (
          <>
            <DestinationTable destinations={destinations} act={act} onOpen={setOpened} />
            <LeftFiles running={running} act={act} />
            <div className={form.ways}>
              <Action weight="primary" onPress={() => setOpened('new')}>
                {words.add}
              </Action>
              <Action onPress={() => act('openPage', { page: 'localMaster' })}>{mastersScreen.title}</Action>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}

function DestinationTable(props: {
  readonly destinations: readonly Destination[]
  readonly act: Act
  readonly onOpen: (destination: Destination) => void
}) {
  const { destinations, act, onOpen } = props
  if (destinations.length === 0) return null
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${styles.table}`}>
        <tbody>
          {destinations.map((destination) => (
            <tr key={destination.id}>
              <th scope="row">{destination.id}</th>
              <td>{formatName[destination.format]}</td>
              <td className={styles.place}>{'folder' in destination ? destination.folder : destination.url}</td>
              <td>
                <Tag tone={destination.isOn ? 'good' : 'plain'} icon={destination.isOn ? 'ok' : 'waiting'}>
                  {words.state[destination.isOn ? 'on' : 'off']}
                </Tag>
              </td>
              <td>
                <Action
                  weight="quiet"
                  aria-label={`${destination.id} ${words.edit}`}
                  onPress={() => onOpen(destination)}
                >
                  {words.edit}
                </Action>
                {!destination.isOn && (
                  <AskingAction
                    label={`${destination.id} ${words.remove}`}
                    question={words.removes(destination.id)}
                    yes={words.remove}
                    onYes={() => act('removeDestination', { destination: destination.id })}
                  >
                    {words.remove}
                  </AskingAction>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Files that nobody takes, by destination, and the way to have them removed. */
function LeftFiles({ running, act }: { readonly running: Reception['destinations']; readonly act: Act }) {
  return running.map(
    ({ id, left }) =>
      left && (
        <section key={id} className={styles.left}>
          <h2>
            {id} {words.left(left.count, eraDate(left.since.slice(0, 10)))}
          </h2>
          <ul>
            {left.names.map((name) => (
              <li key={name} className={styles.place}>
                {name}
              </li>
            ))}
          </ul>
          <AskingAction
            label={`${id} ${words.removeLeft}`}
            question={words.removesLeft(left.count)}
            yes={words.removeLeft}
            onYes={() => act('removeLeftFiles', { destination: id, until: left.until })}
          >
            {words.removeLeft}
          </AskingAction>
        </section>
      ),
  )
}
