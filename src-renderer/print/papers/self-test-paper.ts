// The lines of a self-test, for the telephone call with the vendor. Nobody's name is on it.
import type { CheckLine } from '../../../src-main/contract/self-test.ts'
import { paperText } from '../../../src-main/words/papers.ts'
import { checkName, checkStateText, findingText, selfTest as words } from '../../../src-main/words/self-test.ts'
import type { Paper } from '../paper.ts'

/** `at`: when it began; `summary`: what came of it. */
export function selfTestPaper(lines: readonly CheckLine[], at: string, summary: string): Paper {
  return {
    name: 'selfTest',
    title: paperText.selfTest,
    head: at,
    blocks: [
      { kind: 'text', text: summary, look: 'strong' },
      {
        kind: 'table',
        columns: [
          { label: words.column.check, width: 5 },
          { label: words.column.state, width: 2, isShort: true },
          { label: words.column.finding, width: 11 },
        ],
        rows: lines.map((line) => [checkName(line), checkStateText[line.state], toldOf(line)]),
      },
    ],
  }
}

function toldOf({ finding }: CheckLine): string {
  if (!finding) return ''
  const { says, repair } = findingText(finding)
  return repair ? `${says} ${words.repair}${repair}` : says
}
