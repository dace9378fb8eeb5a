// The form of one of the staff, new or to be changed. Whether it fits is said by the schema that the agent reads it by.
import { type ReactNode, useId, useState } from 'react'
import { type Role, roles, type StaffEntry, staffCodeSchema, staffEntrySchema } from '../../src-main/contract/staff.ts'
import type { Failure } from '../../src-main/ground/result.ts'
import { roleText } from '../../src-main/words/signed-in.ts'
import { roleNote, staffScreen as words } from '../../src-main/words/staff.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import styles from './staff-page.module.css'

const entrySchema = staffEntrySchema.extend({ code: staffCodeSchema })

export function StaffForm(props: {
  /** Whose session of the computer this is. */
  readonly account: string | null
  readonly before?: StaffEntry & { readonly code: string }
  /** The only role there is to choose. */
  readonly onlyRole?: Role
  readonly submit: string
  readonly onSend: (entry: StaffEntry & { readonly code: string }) => Promise<Failure | null>
  readonly onLeave?: () => void
}) {
  const { account, before, submit, onSend, onLeave } = props
  const [code, setCode] = useState(before?.code ?? '')
  const [name, setName] = useState(before?.name ?? '')
  const [role, setRole] = useState<Role>(before?.role ?? props.onlyRole ?? 'reception')
  const [ofAccount, setOfAccount] = useState(before?.account ?? null)
  const entry = entrySchema.safeParse({ code: code.trim(), name, role, account: ofAccount })
  const noteId = useId()
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (entry.success) void onSend(entry.data)
      }}
    >
      <div className={form.fields}>
        {!before && (
          <Labelled label={words.code}>
            {(id) => (
              <input
                id={id}
                value={code}
                maxLength={12}
                size={8}
                autoComplete="off"
                spellCheck={false}
                onChange={({ target }) => setCode(target.value)}
              />
            )}
          </Labelled>
        )}
        <Labelled label={words.name}>
          {(id) => (
            <input
              id={id}
              value={name}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Labelled>
        {!props.onlyRole && (
          <Labelled label={words.role}>
            {(id) => (
              <select
                id={id}
                value={role}
                aria-describedby={noteId}
                onChange={({ target }) => setRole(roles.find((each) => each === target.value) ?? role)}
              >
                {roles.map((each) => (
                  <option key={each} value={each}>
                    {roleText[each]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        )}
      </div>
      <p id={noteId} className={styles.hint}>
        {roleNote[role]}
      </p>
      {(account !== null || ofAccount !== null) && (
        <label className={form.check}>
          <input
            type="checkbox"
            checked={ofAccount !== null}
            onChange={({ target }) => setOfAccount(target.checked ? (before?.account ?? account) : null)}
          />
          {words.account(before?.account ?? account ?? '')}
        </label>
      )}
      <div className={form.ways}>
        <Action type="submit" isDisabled={!entry.success}>
          {submit}
        </Action>
        {onLeave && (
          <Action weight="quiet" onPress={onLeave}>
            {words.leave}
          </Action>
        )}
      </div>
    </form>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <label className={form.labelled} htmlFor={id}>
      {label}
      {children(id)}
    </label>
  )
}
