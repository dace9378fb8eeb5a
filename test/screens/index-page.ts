// The page of docs/screens: every picture under the section of the guide that tells what to do there.
import { type SectionId, sectionIds, sectionOf } from '../../src-main/words/guide/sections.ts'

export interface Taken {
  readonly name: string
  readonly section: SectionId
  /** What it says. */
  readonly says: string
}

const rows = (pictures: readonly Taken[]): string[] => {
  const cells = pictures.map(
    ({ name, says }) => `![${says}](${name}.webp)<br>\`${name}\` ${says.replaceAll('|', '\\|')}`,
  )
  const pairs = cells.flatMap((cell, place) => (place % 2 === 0 ? [[cell, cells[place + 1] ?? '']] : []))
  return ['| | |', '|---|---|', ...pairs.map(([left, right]) => `| ${left} | ${right} |`)]
}

export function indexPage(taken: readonly Taken[]): string {
  const bySection = Map.groupBy(taken, ({ section }) => section)
  return [
    '# Every screen',
    '',
    'Made by `npm run screenshots` from the scenes of the tests (invented people) and, where the name begins with',
    '`product-`, from a check-in with the real product. What to do at each: [the reception guide](../reception-guide.md).',
    '',
    ...sectionIds.flatMap((id) => {
      const pictures = bySection.get(id)
      return pictures ? [`## ${sectionOf(id).title}`, '', ...rows(pictures), ''] : []
    }),
  ].join('\n')
}
