// What was exchanged with the terminal, as every engine keeps it.
import { describe, expect, test } from 'vitest'
import { fail } from '../../../src-main/ground/result.ts'
import { must } from '../../support.ts'
import { at, day, newVisit } from '../samples.ts'
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

    test('make one visit each, whoever reads them once more and under whatever path', async () => {
      const store = await newPlace().open()
      const take = (sha256: string) =>
        store.saveVisit(newVisit({ state: 'choosing' }), [{ at, event: 'choosing' }], { file: file(sha256, true) })
      must(await take('a'))
      must(await store.noteTerminalFile(file('b', false), day))
      for (const known of ['a', 'b']) expect(await take(known)).toEqual(fail('TERMINAL_FILE_KNOWN'))
      // Another content under the same name is another result; no number was used up for what was refused.
      expect(must(await take('c')).number).toBe(2)
      expect(await store.visitsOfDay(day)).toHaveLength(2)
      expect(await store.auditTrail({ after: 0, limit: 10 })).toHaveLength(2)
    })
  })
}
