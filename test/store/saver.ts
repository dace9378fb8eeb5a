// Run as a process of its own by one-agent.test.ts: saves visits until it is killed. Arguments: file, key as hex.
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src-main/store/sqlite/store.ts'
import { at, newVisit } from './new-visit.ts'

const [file = '', key = ''] = process.argv.slice(2)
const opened = openStore({
  file,
  key: Buffer.from(key, 'hex'),
  migrationsDir: join(import.meta.dirname, '../../migrations'),
})
if (!opened.ok) throw new Error(opened.error.code)

const patient = { ref: 'ref', name: '名', nameKana: 'メイ', birthDate: '2000-01-01', sex: 'other' } as const
const absent = { state: 'absent' } as const

for (;;) {
  const id = randomUUID()
  const saved = await opened.value.saveVisit(
    newVisit({ id, state: 'confirmed', patient }),
    [{ at, event: 'confirmed' }],
    {
      eligibility: {
        patient,
        asOf: '2026-11-23',
        fetchedAt: at,
        source: 'pmh',
        answers: { medicalSubsidy: absent, vaccination: absent, checkup: absent },
      },
      deliveries: [
        {
          id,
          destination: 'receipt',
          format: 'csv',
          state: 'queued',
          failure: null,
          fileName: `${id}.csv`,
          payload: Buffer.alloc(2000, 'x'),
        },
      ],
    },
  )
  if (!saved.ok) throw new Error(saved.error.code)
  writeSync(1, `${saved.value.number}\n`)
}
