// Every process of a clinic killed at random, for MINUTES (not given: 40), by the dice of SEED: the agent 2,000 times (KILLS), the
// reader service and the reader host, the browser and its renderer, and a hospital's PostgreSQL with its desks. ONLY=agents (readers,
// screens, servers) are killed alone. One line of JSON with how often each was killed.
// Share of the minutes: 4
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { openTrainingPki } from '../../src-main/stand-ins/certificates/pki.ts'
import { killAgents } from '../crash/killed-agent.ts'
import { killReaders } from '../crash/killed-readers.ts'
import { killScreens } from '../crash/killed-screen.ts'
import { shareOfTime, tellCounts } from '../crash/share-of-time.ts'
import { chaos } from '../postgres/chaos/chaos.ts'
import { postgresPrograms } from '../postgres/server.ts'

keepFilesPrivate()
const share = shareOfTime(40)
const most = Number(process.env.KILLS ?? 2_000)

const all = ['readers', 'screens', 'servers', 'agents'] as const
const { ONLY: only = '' } = process.env
if (only !== '' && !all.some((name) => name === only)) throw new Error(`ONLY is one of ${all.join(', ')}`)
const isMeant = (name: (typeof all)[number]) => only === '' || only === name

async function killServers(minutes: number) {
  if (postgresPrograms() === null) {
    share.say('!! LEFT OUT: PostgreSQL, because there is none')
    return null
  }
  const { findings, disturbances } = await chaos({
    ...{ visits: 20_000, desks: 20, processes: 4, length: 'long' },
    ...{ seed: share.seed, atMostMs: minutes * 60_000, say: share.say },
  })
  if (findings.length > 0) throw new Error(`PostgreSQL: ${JSON.stringify(findings.slice(0, 20))}`)
  return disturbances
}

await tellCounts(share.seed, async () => {
  share.say(`seed ${share.seed}`)
  const certificates = mkdtempSync(join(tmpdir(), 'madoguchi-kills-pki-'))
  await openTrainingPki(certificates, new Date())
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-kills-'))
  cpSync(certificates, join(folder, 'training'), { recursive: true })
  try {
    const readers = isMeant('readers') && (await killReaders(share.part(0.1)))
    const screens = isMeant('screens') && (await killScreens(folder, share.part(0.1)))
    const servers = isMeant('servers') ? await killServers(0.2 * Number(process.env.MINUTES ?? 40)) : null
    const agents = isMeant('agents') && (await killAgents(certificates, share, most))
    return { kills: { ...agents, ...readers, ...screens }, hospital: servers }
  } finally {
    for (const each of [certificates, folder]) rmSync(each, { recursive: true, force: true })
  }
})
