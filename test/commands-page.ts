// docs/commands.md: every command with its options, out of the tables from which reading and help come as well.
import { optionsOf, usageOf } from '../src-main/shell/commands/command.ts'
import { commands } from '../src-main/shell/commands/commands.ts'
import { linesOf } from '../src-main/shell/options.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const own = (name: string) => `\`${cell(name)}\``

export function commandsPage(): string {
  const rows = commands.map((command) => `| ${own(usageOf(command))} | ${cell(command.about)} |`)
  const sections = commands.flatMap((command) => [
    `## ${command.name}`,
    '',
    command.about,
    '',
    ...linesOf(command.operands, optionsOf(command, { hasOtherFolders: true }))
      .filter(([typed]) => typed !== '--help')
      .map(([typed, about]) => `- ${own(typed)} ${about}`),
    '',
    ...(command.notes?.length ? ['```', ...command.notes, '```', ''] : []),
  ])
  return `${[
    '# Commands',
    '',
    'For clinic IT. Written by `npx vitest run test/house/commands-page.test.ts --update` from the tables in `src-main/shell/commands/`; the sentences are those of `--help`.',
    '',
    '| typed in | as |',
    '|---|---|',
    '| a checkout | `npm run --silent madoguchi -- COMMAND` |',
    '| Linux with the Debian package, in a session with a screen | `madoguchi COMMAND` |',
    '| Windows, installed | `"%ProgramFiles%\\Madoguchi\\bin\\madoguchi" COMMAND`; with that folder on the PATH `madoguchi COMMAND` |',
    '',
    'Exit code 0: done; 2: something that a person can put right, a mistyped command too (`REQUEST_INVALID`, with the nearest one that there is); 1: a bug (`AGENT_FAULT`). With `--json` the last line of stdout is one object in ASCII,',
    '`{"ok":true,…}` or `{"ok":false,"error":{"code":…,"class":…,"message":…,"next":…}}`; everything else goes to stderr. No command tells patient data.',
    'The desktop program has its own data folder and takes no `--data`; `MADOGUCHI_DATA` counts for both. One check-in and the day’s deliveries are options of `npm start`: [README](../README.md).',
    '',
    '| command | |',
    '|---|---|',
    ...rows,
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()}\n`
}
