// docs/commands.md: every command with its options, out of the tables from which reading and help come as well.
import { startOptions } from '../src-main/shell/command-line.ts'
import { optionsOf, usageOf } from '../src-main/shell/commands/command.ts'
import { commands } from '../src-main/shell/commands/commands.ts'
import { linesOf } from '../src-main/shell/options.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const own = (name: string) => `\`${cell(name)}\``

const listed = (lines: ReturnType<typeof linesOf>) =>
  lines.filter(([typed]) => typed !== '--help').map(([typed, about]) => `- ${own(typed)} ${about}`)

export function commandsPage(): string {
  const rows = commands.map((command) => `| ${own(usageOf(command))} | ${cell(command.about)} |`)
  const sections = commands.flatMap((command) => [
    `## ${command.name}`,
    '',
    command.about,
    '',
    ...listed(linesOf(command.operands, optionsOf(command, { hasOtherFolders: true }))),
    '',
    ...(command.notes?.length ? ['```', ...command.notes, '```', ''] : []),
  ])
  return `${[
    '# Commands',
    '',
    'For clinic IT. Written by `npx vitest run test/house/commands-page.test.ts --update` from the tables in `src-main/shell/commands/` and `src-main/shell/command-line.ts`; the sentences are those of `--help`.',
    '',
    '| typed in | as |',
    '|---|---|',
    '| a checkout | `npm run --silent madoguchi -- COMMAND` |',
    '| Linux with the Debian package, in a session with a screen | `madoguchi COMMAND` |',
    '| Windows, installed | `"%ProgramFiles%\\Madoguchi\\bin\\madoguchi" COMMAND`; with that folder on the PATH `madoguchi COMMAND` |',
    '',
    'Exit code 0: done; 2: something that a person can put right, a mistyped command too (`REQUEST_INVALID`, with the nearest one that there is); 1: a bug (`AGENT_FAULT`). With `--json` the last line of stdout is one object in ASCII,',
    '`{"ok":true,…}` or `{"ok":false,"error":{"code":…,"class":…,"message":…,"next":…}}`; everything else goes to stderr. No command tells patient data.',
    'The desktop program has its own data folder and takes no `--data`; `MADOGUCHI_DATA` counts for both. The desk itself, one check-in without a screen and the day’s deliveries are `npm start`, at the end of this page.',
    '',
    '| command | |',
    '|---|---|',
    ...rows,
    '',
    ...sections,
    '## npm start',
    '',
    'In a checkout: opens the desk, or does without a screen what its options say ([README](../README.md)). Typed as `npm start -- OPTIONS`.',
    '',
    ...listed(linesOf({}, startOptions)),
    '',
  ]
    .join('\n')
    .trimEnd()}\n`
}
