// 特例 and 経過措置: cohorts who may be given a dose after the period itself is over, and from when until when.
import { dayOfAge } from '../ages.ts'
import type { EarlierDose } from './series.ts'
import type { Extension, Period } from './vaccines.ts'

export const wasBornIn = ({ bornFrom, bornTo }: Extension, birth: string): boolean =>
  bornFrom <= birth && birth <= bornTo

export const extensionEnd = ({ to, toAge }: Extension, birth: string): string | null =>
  to ?? (toAge === undefined ? null : dayOfAge(birth, toAge))

/** The extension that holds on `day` for whoever is past the period itself. */
export function extensionOf(period: Period, birth: string, day: string): Extension | undefined {
  if (day <= dayOfAge(birth, period.to)) return undefined
  return period.extensions.find((extension) => {
    const end = extensionEnd(extension, birth)
    return wasBornIn(extension, birth) && (extension.from ?? day) <= day && (end === null || day <= end)
  })
}

/** The interval that may do by an extension, for whoever had begun by the day that it names. */
export function shortenedBy(extension: Extension | undefined, past: readonly EarlierDose[]): string | undefined {
  const { least } = extension ?? {}
  return least && past.some(({ givenOn }) => givenOn <= least.ifBegunBy) ? least.span : undefined
}
