// What can be typed behind `npm run bench --`.
import { parseArgs } from 'node:util'
import { parts } from './parts.ts'

export interface Options {
  readonly json: boolean
  /** Names of parts, in the order in which they are measured. */
  readonly only: readonly string[]
}

const help = `npm run bench [-- --json] [-- --only PART,PART]

Every figure as a median of many runs, each against a floor or a peer measured in the same run where there is one.

  --json         the figures as one object on stdout, with the range of each in "ranges"
  --only PART    one part, or several with commas between them; all of them otherwise
  --help         this

Parts:
${Object.entries(parts)
  .map(([name, { says }]) => `  ${name.padEnd(12)} ${says}`)
  .join('\n')}
`

/** Or the text to print instead, and the exit code to end with. */
export function optionsOf(words: readonly string[]): Options | { readonly text: string; readonly exitCode: 0 | 2 } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        json: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { text: help, exitCode: 0 }
    const wanted = values.only?.flatMap((word) => word.split(',')) ?? Object.keys(parts)
    const unknown = wanted.filter((name) => !Object.hasOwn(parts, name))
    if (unknown.length > 0) return { text: `no part is named ${unknown.join(', ')}\n\n${help}`, exitCode: 2 }
    return { json: values.json, only: Object.keys(parts).filter((name) => wanted.includes(name)) }
  } catch (error) {
    return { text: `${error instanceof Error ? error.message : error}\n\n${help}`, exitCode: 2 }
  }
}
