// What the counter shows to somebody whose role looks at no patient: that it is so, and the way around it for an emergency
// (非常時の操作), which asks for a reason and is written down.
import { useId, useState } from 'react'
import { glassReasonSchema } from '../../src-main/contract/staff.ts'
import { glassScreen as words } from '../../src-main/words/staff.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import form from '../parts/form.module.css'
import { Stage } from '../parts/stage.tsx'
import styles from './sign-in-page.module.css'

export function NoPatients({ act }: { readonly act: Act }) {
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const isEnough = glassReasonSchema.safeParse(reason).success
  return (
    <Stage icon="waiting" title={words.title} note={words.note} isNoteTold>
      {isAsking ? (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (isEnough) void act('breakGlass', { reason })
          }}
        >
          <div className={styles.reason}>
            <label htmlFor={id}>{words.reason}</label>
            <input
              id={id}
              className={form.control}
              value={reason}
              maxLength={200}
              autoComplete="off"
              aria-describedby={`${id}note`}
              onChange={({ target }) => setReason(target.value)}
            />
            <p id={`${id}note`} className={styles.small}>
              {words.written}
            </p>
          </div>
          <Action type="submit" isDisabled={!isEnough}>
            {words.now}
          </Action>
          <Action weight="quiet" onPress={() => setAsking(false)}>
            {words.leave}
          </Action>
        </form>
      ) : (
        <Action onPress={() => setAsking(true)}>{words.open}</Action>
      )}
    </Stage>
  )
}
