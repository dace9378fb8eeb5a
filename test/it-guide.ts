// The clinic IT's guide as its reader takes it: the blocks to copy, and what is to be put in their place.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './support.ts'

export const itGuide = () => readFileSync(join(root, 'docs/it-guide.md'), 'utf8')

/** From the heading to the next one of its kind. */
export function sectionOf(heading: string): string {
  const [, section] = itGuide().split(`\n## ${heading}\n`)
  if (section === undefined) throw new Error(`the guide has no heading "${heading}"`)
  return section.split('\n## ')[0] ?? ''
}

/** The blocks of a section that are to be copied. */
export const blocksOf = (heading: string, language: string): readonly string[] =>
  [...sectionOf(heading).matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '')
