// What a destination says about its files. Which fields there are is the format's to say: those its settings hold. Where the
// files go is chosen among what an administrator allows and where they go already.
import { extensions } from '../../src-main/contract/destination.ts'
import { encodings } from '../../src-main/ground/encodings.ts'
import { destinationsScreen as words } from '../../src-main/words/destinations.ts'
import { ColumnOrder } from './column-order.tsx'
import type { Draft, FieldProps } from './draft.ts'
import { Check, ChoiceField, ListedField, TextField } from './fields.tsx'

const encodingChoices = encodings.map((encoding) => [encoding, words.encodings[encoding]] as const)
const unwritable = (['hold', 'kana'] as const).map((way) => [way, words.unwritable[way]] as const)
const formulas = (['hold', 'quote', 'keep'] as const).map((way) => [way, words.formulas[way]] as const)

export function FileFields(
  props: Omit<FieldProps, 'name'> & {
    /** The saved one that is changed here; null: a new one. */
    readonly saved: Draft | null
    readonly folders: readonly string[]
  },
) {
  const { draft, change, folders } = props
  const has = (name: string) => name in draft
  return (
    <>
      <ListedField {...props} name="folder" listed={folders} note={words.allowed} />
      {has('fileName') && <TextField {...props} name="fileName" />}
      {has('extension') && <ListedField {...props} name="extension" listed={extensions} />}
      {has('institutionCode') && <TextField {...props} name="institutionCode" />}
      {has('encoding') && (
        <ChoiceField
          {...props}
          name="encoding"
          choices={encodingChoices}
          onChoose={(encoding) => change({ encoding })}
        />
      )}
      {has('unwritable') && (
        <ChoiceField
          {...props}
          name="unwritable"
          choices={unwritable}
          onChoose={(way) => change({ unwritable: way })}
        />
      )}
      {has('formulas') && (
        <ChoiceField {...props} name="formulas" choices={formulas} onChoose={(way) => change({ formulas: way })} />
      )}
      <TextField {...props} name="takenWithinMin" isNumber note={words.takenNever} />
      {has('endMarker') && (
        <Check
          label={words.endMarker}
          isOn={draft.endMarker === true}
          onChange={(endMarker) => change({ endMarker })}
        />
      )}
      {has('header') && (
        <Check label={words.header} isOn={draft.header === true} onChange={(header) => change({ header })} />
      )}
      {draft.format === 'csv' && <ColumnOrder columns={draft.columns} onChange={(columns) => change({ columns })} />}
    </>
  )
}
