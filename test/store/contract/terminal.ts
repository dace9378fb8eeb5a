// What was exchanged with the terminal, as every engine keeps it.
import { describe, expect, test } from 'vitest'
import { must } from '../../support.ts'
import { day, newVisit } from '../samples.ts'
import type { NewPlace } from './place.ts'

const file = (sha256: string, isRead: boolean) => ({ name: 'face_1.xml', sha256: sha256.repeat(64), isRead })

export function terminalContract(newPlace: NewPlace): void {
  describe('the files of the terminal', () => {
    test('are remembered by every content that came under their name, once', async () => {
      const place = newPlace()
      const store = await place.open()
      expect(await store.terminalFiles('face_1.xml')).toEqual([])
      must(await store.noteTerminalFile(file('a', false), day))
      must(await store.noteTerminalFile(file('a', false), day))
      must(await store.saveVisit(newVisit({ state: 'choosing' }), [], { file: file('b', true) }))
      store.close()
      const known = await (await place.open()).terminalFiles('face_1.xml')
      expect(known.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))).toEqual([file('a', false), file('b', true)])
    })
  })
}
