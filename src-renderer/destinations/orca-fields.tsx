// What a destination that is called instead of written to says about its line: host and password are chosen among what an
// administrator allows. Everything else of it is in the settings file.
import { secretReferenceSchema } from '../../src-main/contract/destination.ts'
import type { DestinationChoices } from '../../src-main/contract/destination-setup.ts'
import { destinationsScreen as words } from '../../src-main/words/destinations.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './destinations-page.module.css'
import type { Draft, FieldProps } from './draft.ts'
import { DecidedField, ListedField, TextField } from './fields.tsx'

export function OrcaFields(
  props: Omit<FieldProps, 'name'> & { readonly saved: Draft | null; readonly choices: DestinationChoices },
) {
  const { draft, choices } = props
  const variable = secretReferenceSchema.safeParse(draft.password).data?.env
  const isPlain = typeof draft.url === 'string' && draft.url.startsWith('http:')
  return (
    <>
      <ListedField {...props} name="url" listed={choices.orcaHosts} note={words.allowed} />
      {isPlain && (
        <p className={styles.held}>
          <Icon name="warning" />
          {words.plainLine}
        </p>
      )}
      <TextField {...props} name="user" />
      {variable ? (
        <DecidedField name="password" value={words.variable(variable)} note={words.variableNote} />
      ) : (
        <ListedField {...props} name="passwordFile" listed={choices.secrets} note={words.secrets} />
      )}
      <p>{words.orca}</p>
    </>
  )
}
