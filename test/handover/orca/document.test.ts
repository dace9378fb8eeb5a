// docs/orca.md against the code: a vendor connects by it alone.
import { expect, test } from 'vitest'
import { isDone, refusal } from '../../../src-main/handover/orca/results.ts'
import { tableUnder } from '../../markdown.ts'
import { openLane, orcaDestination, withReception } from './lane.ts'

const codesIn = (cell = '') => cell.split(' ').filter((word) => /^[0-9A-Z]{1,8}$/.test(word))

test('every setting is described, and no other', () => {
  const all = orcaDestination({
    ...withReception,
    password: { env: 'ORCA_PASSWORD' },
    caFile: 'ca.pem',
    clientCertificate: { pfxFile: 'c.p12', passphraseFile: 'p' },
  })
  const described = tableUnder('orca.md', '## Setting it up').map(([field]) => field)
  expect(described.toSorted()).toEqual(Object.keys(all).toSorted())
})

test('every call is described, and no other', async () => {
  const asked = new Set<string>()
  for (const update of ['patientmodv32', 'patientmodv2']) {
    const lane = await openLane({ ...withReception, update })
    const id = await lane.confirm()
    if (update === 'patientmodv32') await lane.startDying(2, 'after')
    await lane.settled(id)
    await lane.settled(await lane.confirm({ patientNumber: '12' }))
    for (const { path } of lane.orca.asked) asked.add(path)
  }
  expect([...asked].toSorted()).toEqual(
    tableUnder('orca.md', '## Calls')
      .map(([path]) => path)
      .toSorted(),
  )
})

test('the results mean everywhere what the table says', () => {
  for (const [results, place, code] of tableUnder('orca.md', '## Results')) {
    if (place !== 'everywhere') continue
    for (const result of codesIn(results)) {
      if (code === '') expect(isDone(result)).toBe(true)
      else expect(refusal(result, 'ORCA_REFUSED').error).toEqual({ code, detail: { sourceCode: result } })
    }
  }
})
