// `madoguchi support-bundle`, `madoguchi log find`: what a vendor is given, and what the number on an error screen leads to. Neither
// tells patient data; both work beside a running agent and where none can start.
import { z } from 'zod'
import { bundleFor, linesUnder } from '../../agent/support.ts'
import { systemClock } from '../../ground/clock.ts'
import { writeDurably } from '../../ground/durable-write.ts'
import { typedReference } from '../../ground/reference.ts'
import { fail, ok } from '../../ground/result.ts'
import { systemCode } from '../../ground/system-error.ts'
import { asTyped } from '../../settings/data-dir.ts'
import { loadSettings } from '../../settings/settings.ts'
import { bundleText, support as text } from '../../words/support-bundle.ts'
import { done, refusedFile } from '../said.ts'
import { systemProxy } from '../system-proxy.ts'
import { dataCommand } from './command.ts'

/** What is made here leaves no line in a log of its own. */
const silent = { write: () => undefined }

export const supportBundle = dataCommand({
  name: 'support-bundle',
  about: text.about,
  notes: text.notes,
  operands: {},
  options: { out: { value: text.outValue, about: text.out, schema: z.string().min(1) } },
  async run({ out }, place, { typed, program, sources }) {
    const file = asTyped(out)
    const bundle = await bundleFor({
      ...place,
      ...program,
      settings: await loadSettings(place.dataDir, sources),
      systemProxy: await systemProxy(),
      clock: systemClock,
      log: silent,
    })
    const content = Buffer.from(bundleText(bundle))
    try {
      writeDurably(file, content, { mode: 0o600, place: 'new' })
    } catch (error) {
      if (systemCode(error) === null) throw error
      return ok(refusedFile(out, systemCode(error) === 'EEXIST' ? 'exists' : 'unwritable', typed))
    }
    const failed = bundle.selfTest.lines.filter(({ state }) => state === 'failed').length
    const answer = { file, bytes: content.length, logLines: bundle.log.lines.length, failedChecks: failed }
    return ok(done(answer, text.made(file, Math.ceil(content.length / 1_000))))
  },
})

export const logFind = dataCommand({
  name: 'log find',
  about: text.find.about,
  operands: { number: { value: text.find.numberValue, about: text.find.number, schema: z.string().min(1) } },
  options: {},
  async run({ number }, place, { program }) {
    const reference = typedReference(number)
    if (reference === null) return fail('REQUEST_INVALID', { field: text.find.numberValue })
    const lines = await linesUnder(reference, { ...place, ...program, clock: systemClock })
    const told = lines.length === 0 ? [text.find.none(reference)] : lines.map((line) => JSON.stringify(line))
    return ok(done({ reference, lines }, told))
  },
})
