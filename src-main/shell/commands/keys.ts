// What clinic IT does about the key of the stored data.
import { ok } from '../../ground/result.ts'
import { rotateKey } from '../../store/key-rotation.ts'
import { keys as text } from '../../words/keys.ts'
import { maintenance } from '../../words/maintenance.ts'
import { done } from '../said.ts'
import { dataCommand } from './command.ts'
import { optionsOf } from './maintenance.ts'

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
