// One destination's settings, checked by the schema that the settings file is checked by, beside what it would write.
import { type FormEvent, useEffect, useState } from 'react'
import { type Destination, destinationSchema } from '../../src-main/contract/destination.ts'
import type { DestinationChoices, DestinationPreview } from '../../src-main/contract/destination-setup.ts'
import { formatName, destinationsScreen as words } from '../../src-main/words/destinations.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './destinations-page.module.css'
import { type Draft, draftOf, newDraft } from './draft.ts'
import { Check, ChoiceField, TextField } from './fields.tsx'
import { FileFields } from './file-fields.tsx'
import { OrcaFields } from './orca-fields.tsx'
import { Preview } from './preview.tsx'

/** Those that can be set up here; where an administrator lists no ORCA, there is none to be called. */
const formats = (['csv', 'json', 'xml', 'fhir', 'receipt', 'orca'] as const).map(
  (format) => [format, formatName[format]] as const,
)
const places = [4, 3, 2, 1].map((count) => [count, String(count)] as const)

export function DestinationForm(props: {
  readonly saved: Destination | null
  /** Names that are taken. */
  readonly others: readonly string[]
  readonly choices: DestinationChoices
  readonly preview: DestinationPreview | null
  readonly act: Act
  readonly onDone: () => void
}) {
  const { saved, others, choices, preview, act, onDone } = props
  const [draft, setDraft] = useState<Draft>(() => (saved ? draftOf(saved) : newDraft('csv')))
  const [sample, setSample] = useState('nanbyo')
  const { data: destination, error } = destinationSchema.safeParse(draft)
  const wrong = new Set(error?.issues.map(({ path }) => path[0]))
  const isTaken = others.includes(String(draft.id))

  useEffect(() => {
    const { data } = destinationSchema.safeParse(draft)
    if (data) void act('previewDestination', { destination: data, sample })
  }, [draft, sample, act])

  const change = (fields: Draft) => setDraft({ ...draft, ...fields })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!destination || isTaken) return
    if (!(await act('saveDestination', { destination, replaces: saved?.id ?? null }))) onDone()
  }
  const field = { draft, wrong, change, saved }
  return (
    <div className={styles.work}>
      <form className={styles.form} onSubmit={save}>
        {saved ? (
          <h3>{formatName[saved.format]}</h3>
        ) : (
          <ChoiceField
            name="format"
            draft={draft}
            choices={formats.filter(([format]) => format !== 'orca' || choices.orcaHosts.length > 0)}
            onChoose={(format) => setDraft(newDraft(format, draft))}
          />
        )}
        <TextField {...field} name="id" problem={isTaken ? words.idTaken : null} />
        {draft.format === 'orca' ? (
          <OrcaFields {...field} choices={choices} />
        ) : (
          <FileFields {...field} folders={choices.folders} />
        )}
        <ChoiceField
          name="subsidyPlaces"
          draft={draft}
          choices={places}
          onChoose={(subsidyPlaces) => change({ subsidyPlaces })}
        />
        <Check label={words.isOn} isOn={draft.isOn === true} onChange={(isOn) => change({ isOn })} />
        <div className={form.ways}>
          <Action type="submit" weight="primary" isDisabled={!destination || isTaken}>
            {words.save}
          </Action>
          <Action onPress={onDone}>{words.discard}</Action>
        </div>
      </form>
      <Preview preview={destination ? preview : null} sample={sample} onSample={setSample} />
    </div>
  )
}
