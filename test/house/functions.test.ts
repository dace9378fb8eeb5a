// A function fits on a screen or two. What is longer hides its parts from the reader and from the tests; whoever needs
// one all the same names it here with the reason, and takes the name out when it has been cut.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const longest = 120

/** By file and name, with the reason. */
const exceptions: Readonly<Record<string, string>> = {}

interface Found {
  readonly name: string
  readonly lines: number
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

const nodeSchema = z.looseObject({ type: z.string(), start: z.number(), end: z.number() })
