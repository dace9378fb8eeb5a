// What can be typed behind `npm run bench --`.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Kept, readKept } from './kept.ts'
import { parts } from './parts.ts'

export interface Options {
  readonly json: boolean
  /** Names of parts, in the order in which they are measured. */
  readonly only: readonly string[]
  /** The earlier run to compare with. */
  readonly before: Kept | null
  /** The document is written: of what is measured now, or of an earlier run. */
  readonly report: 'measured' | Kept | null
}

const help = `npm run bench [-- OPTIONS]

Every figure as a median of many runs, each against a floor or a peer measured in the same run where there is one.
All parts together take about twenty minutes; nothing else should run meanwhile.

  --json           the figures as one object on stdout, with the range of each in "ranges"
  --only PART      one part, or several with commas between them; all of them otherwise
  --compare FILE   each figure beside that of an earlier run, which --json has printed to FILE
  --report         writes docs/benchmarks.md with its pictures and docs/benchmarks/figures.json; with --only the
                   figures of the other parts stay as they are in that file
  --report FILE    the same from an earlier run, without measuring
  --help           this

Parts:
${Object.entries(parts)
  .map(([name, { says }]) => `  ${name.padEnd(12)} ${says}`)
  .join('\n')}
`

type Answer = { readonly text: string; readonly exitCode: 0 | 2 }

/** Where it was typed: the door runs it in the repository. */
const fromHere = (file: string) => resolve(process.env.MADOGUCHI_FROM ?? '', file)

function keptIn(file: string): Kept {
  try {
    return readKept(readFileSync(fromHere(file), 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

function namesOf(only: readonly string[] | undefined): readonly string[] {
  const wanted = only?.flatMap((word) => word.split(',')) ?? Object.keys(parts)
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0) throw new Error(`no part is named ${unknown.join(', ')}`)
  return Object.keys(parts).filter((name) => wanted.includes(name))
}

/** Or the text to print instead, and the exit code to end with. */
export function optionsOf(words: readonly string[]): Options | Answer {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        compare: { type: 'string' },
        report: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { text: help, exitCode: 0 }
    const [file, ...others] = positionals
    if (others.length > 0 || (file !== undefined && !values.report)) {
      throw new Error(`not understood: ${positionals.join(' ')}`)
    }
    return {
      json: values.json,
      only: namesOf(values.only),
      before: values.compare === undefined ? null : keptIn(values.compare),
      report: values.report ? (file === undefined ? 'measured' : keptIn(file)) : null,
    }
  } catch (error) {
    return { text: `${error instanceof Error ? error.message : error}\n\n${help}`, exitCode: 2 }
  }
}
