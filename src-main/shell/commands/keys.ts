// What clinic IT does about the key of the stored data.
import { z } from 'zod'
import { ok } from '../../ground/result.ts'
import { asTyped } from '../../settings/data-dir.ts'
import { joinSite } from '../../store/joining.ts'
import { rotateKey } from '../../store/key-rotation.ts'
import { makeSheet } from '../../store/recovery-key.ts'
import { keys as text } from '../../words/keys.ts'
import { maintenance } from '../../words/maintenance.ts'
import { done } from '../said.ts'
import { dataCommand } from './command.ts'
import { optionsOf, readTyped } from './maintenance.ts'

/** A desk of a site gets its key. */
export const storeJoin = dataCommand({
  name: 'store join',
  about: text.joinAbout,
  notes: [maintenance.whileEnded],
  operands: {},
  options: { from: { value: 'FILE', about: text.joinFrom, schema: z.string().min(1) } },
  async run({ from }, place, { sources, typedIn = readTyped }) {
    const joined = await joinSite(await optionsOf(place, sources), asTyped(from), typedIn())
    return joined.ok ? ok(done({}, [text.joined])) : joined
  },
})

/** Once on the screen, and nowhere else. */
export const keySheet = dataCommand({
  name: 'key sheet',
  about: text.sheetAbout,
  notes: [maintenance.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { sources }) {
    const sheet = await makeSheet(await optionsOf(place, sources))
    if (!sheet.ok) return sheet
    const lines = place.site ? text.siteSheet(sheet.value) : text.sheet(sheet.value)
    return ok(done({ recoveryKey: sheet.value }, lines))
  },
})

export const keyRotate = dataCommand({
  name: 'key rotate',
  isOfFiles: true,
  about: text.rotateAbout,
  notes: [maintenance.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { sources }) {
    const rotated = await rotateKey(await optionsOf(place, sources))
    return rotated.ok
      ? ok(done(rotated.value, [text.rotated, ...text.after, maintenance.backedUp(rotated.value.copy)]))
      : rotated
  },
})
