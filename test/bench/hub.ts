// What our client of the hub costs over undici itself, and what a hub that is gone costs a patient whose card we know.

import { constants, createHash, privateEncrypt, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Pool } from 'undici'
import { systemClock } from '../../src-main/ground/clock.ts'
import { createPmhSource } from '../../src-main/hub/pmh/client.ts'
import { sessionSchema } from '../../src-main/hub/pmh/wire.ts'
import type { HubAccess } from '../../src-main/settings/hub-access.ts'
import { openTrainingPki, type TrainingCard } from '../../src-main/stand-ins/certificates/pki.ts'
import { atDesk } from '../at-desk.ts'
import { openAgent, until } from './agent.ts'
import { type Figures, median, spread } from './measure.ts'

/** DER prefix of DigestInfo for SHA-256 (RFC 8017, section 9.2, note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
/** What the card signs: the DigestInfo of `content`. */
export const digestInfoOf = (content: string | Uint8Array): Buffer =>
  Buffer.concat([sha256Prefix, createHash('sha256').update(content).digest()])
const day = '2026-11-23'

/** One connection as undici makes it, with the clinic's certificate. */
export const barePool = ({ url, ca, identity }: HubAccess) =>
  new Pool(url, {
    connections: 1,
    connect: { ca, ...('key' in identity && { cert: identity.certificate, key: identity.key }) },
  })

/** The three requests of a check-in on bare undici, the signature not counted. */
export async function bareRequests(pool: Pool, card: TrainingCard): Promise<number> {
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    })
    const json = await answer.body.json()
    if (answer.statusCode >= 300) throw new Error(`the hub answered ${answer.statusCode}`)
    return json
  }
  let start = performance.now()
  const certificate = Buffer.from(card.certificate).toString('base64')
  const session = await ask('POST', '/v1/sessions', { certificate, identification: 'pin' })
  let elapsed = performance.now() - start
  const { sessionId, challenge } = sessionSchema.parse(session)
  const padded = { key: card.privateKey, padding: constants.RSA_PKCS1_PADDING }
  const signature = privateEncrypt(padded, digestInfoOf(challenge))
  start = performance.now()
  await ask('POST', `/v1/sessions/${sessionId}/proof`, { signature: signature.toString('base64') })
  await ask('GET', `/v1/sessions/${sessionId}/eligibility?date=${day}`)
  elapsed += performance.now() - start
  return elapsed
}

/** The same three questions through our client. */
async function ourRequests(source: ReturnType<typeof createPmhSource>, card: TrainingCard): Promise<number> {
  let start = performance.now()
  const session = await source.openSession(card.certificate, 'pin')
  let elapsed = performance.now() - start
  if (!session.ok) throw new Error(session.error.code)
  const signature = new Uint8Array(sign('sha256', session.value.challenge, card.privateKey))
  start = performance.now()
  const patient = await source.prove(session.value, { method: 'pin', signature })
  if (!patient.ok) throw new Error(patient.error.code)
  const answer = await source.fetchEligibility(session.value, patient.value, day)
  elapsed += performance.now() - start
  if (!answer.ok) throw new Error(answer.error.code)
  return elapsed
}

/** `runs` rounds, client and bare requests in turn, after a warm-up. */
export async function benchHub(dataDir: string, runs: number): Promise<Figures> {
  const card = (await openTrainingPki(join(dataDir, 'training'), new Date())).cards.get('nanbyo')
  const agent = await openAgent(dataDir, 'training')
  const hub = agent.training?.hub
  if (!card || !hub) throw new Error('no sandbox hub')
  const pool = barePool(hub)
  const source = createPmhSource({ ...hub, clock: systemClock })
  const rounds: { readonly ours: number; readonly bare: number }[] = []
  for (let index = -10; index < runs; index++) {
    const round = { ours: await ourRequests(source, card), bare: await bareRequests(pool, card) }
    if (index >= 0) rounds.push(round)
  }
  await pool.destroy()
  await source.close()
  await agent.stop()
  return {
    'hub.requestsMs': spread(rounds.map(({ ours }) => ours)),
    'hub.floor.requestsMs': spread(rounds.map(({ bare }) => bare)),
    'hub.requestsToFloor': spread(rounds.map(({ ours, bare }) => ours / bare)),
  }
}

/** From the card to the last known answer, the PIN typed at once, while what stands at the hub's address says nothing. */
export async function benchDeadHub(dataDir: string): Promise<Figures> {
  const agent = await openAgent(dataDir, 'training')
  const current = () => agent.reception().current
  const enter = async () => {
    await until(agent, (reception) => reception.current?.pin != null)
    await agent.call(atDesk, 'enterPin', { visitId: current()?.id ?? '', pin: '1234', lastTry: false })
  }
  await agent.call(atDesk, 'insertTrainingCard', { persona: 'nanbyo' })
  await enter()
  await agent.settled()
  await agent.call(atDesk, 'removeTrainingCard', {})
  const port = Number(new URL(agent.training?.hub.url ?? '').port)
  await agent.training?.sandbox.close()
  // The worst of all hubs: it takes the connection and never says a word.
  const mute = createServer(() => undefined).listen(port, '127.0.0.1')
  await once(mute, 'listening')
  const times: number[] = []
  for (let visit = 0; visit < 4; visit++) {
    const start = performance.now()
    await agent.call(atDesk, 'insertTrainingCard', { persona: 'nanbyo' })
    await enter()
    await until(agent, (reception) => reception.current?.state === 'offline')
    times.push(performance.now() - start)
    await agent.call(atDesk, 'removeTrainingCard', {})
  }
  await agent.stop()
  mute.close()
  return { 'hub.dead.firstCheckInMs': times[0] ?? 0, 'hub.dead.laterCheckInMs': median(times.slice(1)) }
}
