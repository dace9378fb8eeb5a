// docs/sandbox.md against the program: every option, switch and fault it names is there, and none is left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isCall } from '../../src-main/stand-ins/hub/calls.ts'
import { faultSchema } from '../../src-main/stand-ins/hub/faults.ts'
import { tableUnder } from '../markdown.ts'
import { root } from '../support.ts'

const firstCells = (heading: string) => tableUnder('sandbox.md', heading).map(([cell = '']) => cell)
const source = (path: string) => readFileSync(join(root, 'src-main/stand-ins', path), 'utf8')

test('the document names every fault', () => {
  const kinds = faultSchema.options.map(({ shape }) => shape.kind.value)
  expect(firstCells('## Faults').sort()).toEqual(kinds.sort())
})

test('the document names every option', () => {
  const options = [...source('hub/command.ts').matchAll(/^ {8}'?([\w-]+)'?: \{ type: '/gm)].map(
    ([, name]) => `--${name}`,
  )
  expect(options.length).toBeGreaterThan(5)
  expect(
    firstCells('## Start')
      .map((cell) => cell.split(' ')[0])
      .sort(),
  ).toEqual(options.sort())
})

test('the document names every call that can go wrong alone', () => {
  const [, named = ''] = /`CALL` is (.*)\.\n/.exec(readFileSync(join(root, 'docs/sandbox.md'), 'utf8')) ?? []
  const calls = [...named.matchAll(/`(\w+)`/g)].map(([, call = '']) => call)
  expect(calls.length).toBe(8)
  expect(calls.filter((call) => !isCall(call))).toEqual([])
})

test('the document names every switch', () => {
  const calls = [...source('hub/switches.ts').matchAll(/office\.(\w+)\('([^']+)'/g)].map(
    ([, method = '', path]) => `${method.toUpperCase()} ${path}`,
  )
  expect(calls.length).toBeGreaterThan(3)
  expect(firstCells('## What it can be told').sort()).toEqual(calls.sort())
})
