// Whether the terminal knows the patient by their 診察券番号 from now on.
import type { TerminalQuestionView } from '../../src-main/contract/terminal-question.ts'
import { sentence } from '../../src-main/words/failures.ts'
import { terminalQuestion as words } from '../../src-main/words/terminal.ts'
import form from '../parts/form.module.css'
import { Reference } from '../parts/reference.tsx'

export function Registration({
  registration: { state, failure },
}: {
  readonly registration: NonNullable<TerminalQuestionView['registration']>
}) {
  if (state !== 'failed') return <p role="status">{words.registration[state]}</p>
  return (
    <p className={form.failure} role="alert">
      {words.registration.failed}
      {failure && sentence(failure).message}
      {words.registration.again} <Reference number={failure?.detail?.reference} />
    </p>
  )
}
