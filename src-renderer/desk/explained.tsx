// A failure in full: what happened and why, in the words that come after the screen's first sight.
import type { Failure } from '../../src-main/ground/result.ts'
import { explained } from '../../src-main/words/setting-faults.ts'

export function Explained({ failure }: { readonly failure: Failure }) {
  const { message, next } = explained(failure)
  return (
    <>
      {message}
      {next}
    </>
  )
}
