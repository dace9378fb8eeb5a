// How long a dose may be given: the end of a period, and 特例 and 経過措置 for those who are past it.
import { dayOfAge } from '../ages.ts'
import { earliestOf } from '../calendar.ts'
import type { Extension, Period } from './shape.ts'

/** After every day that is written with four digits. */
export const never = '9999-12-31'

export const periodEnd = ({ to }: Period, birth: string): string => (to === null ? never : dayOfAge(birth, to))

export const wasBornIn = ({ bornFrom, bornTo }: Extension, birth: string): boolean =>
  (bornFrom ?? birth) <= birth && birth <= (bornTo ?? birth)

export const extensionEnd = ({ to, toAge }: Extension, birth: string): string =>
  earliestOf(to ?? never, toAge === undefined ? never : dayOfAge(birth, toAge)) ?? never

/** The first day of an extension for somebody; null: it has none. */
export const extensionStart = ({ from, fromAge }: Extension, birth: string): string | null =>
  fromAge === undefined ? (from ?? null) : dayOfAge(birth, fromAge)

/** The extension that holds on `day` for whoever is past the period itself. */
export function extensionOf(period: Period, birth: string, day: string): Extension | undefined {
  if (day <= periodEnd(period, birth)) return undefined
  return period.extensions.find(
    (extension) =>
      wasBornIn(extension, birth) &&
      (extension.from ?? day) <= day &&
      (extensionStart(extension, birth) ?? day) <= day &&
      day <= extensionEnd(extension, birth),
  )
}

/** The interval that may do by an extension, for whoever had begun by the day that it names. */
export function shortenedBy(
  extension: Extension | undefined,
  past: readonly { readonly givenOn: string }[],
): string | undefined {
  const { least } = extension ?? {}
  return least && past.some(({ givenOn }) => givenOn <= least.ifBegunBy) ? least.span : undefined
}
