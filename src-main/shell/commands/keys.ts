// What clinic IT does about the key of the stored data.
import { ok } from '../../ground/result.ts'
import { rotateKey } from '../../store/key-rotation.ts'
import { makeSheet } from '../../store/recovery-key.ts'
import { keys as text } from '../../words/keys.ts'
import { maintenance } from '../../words/maintenance.ts'
import { done } from '../said.ts'
import { dataCommand } from './command.ts'
import { optionsOf } from './maintenance.ts'

/** Once on the screen, and nowhere else. */
export const keySheet = dataCommand({
  name: 'key sheet',
  about: text.sheetAbout,
  notes: [maintenance.whileEnded],
  operands: {},
  options: {},
  async run(_given, place, { sources }) {
    const sheet = await makeSheet(await optionsOf(place, sources))
    return sheet.ok ? ok(done({ recoveryKey: sheet.value }, text.sheet(sheet.value))) : sheet
  },
})

export const keyRotate = dataCommand({
  name: 'key rotate',
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
