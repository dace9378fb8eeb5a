// The way out of a page in a browser: HTTP to the agent on this computer. The one-time token in the page's address becomes
// the page's own key, which lives in this tab only (it survives a reload) and goes with every call in a header that no
// other page can add. A line that is silent for too long counts as broken, also when nobody has closed it.
import { z } from 'zod'
import type { Line } from '../src-main/contract/calls.ts'
import type { Outside } from '../src-main/contract/outside.ts'
import type { Time } from './time.ts'

export type DoorPath = '/api' | '/patient/api' | '/kiosk/api'

/** The pages that the desk opens for patients. */
export type PatientsPage = 'patient' | 'kiosk'

/** How often and at what pause a broken line is tried again, before it counts as gone. */
const tries = 10
const pauseMs = 2000
/** The agent gives a sign of life every five seconds. */
const silenceMs = 15_000
/** For the next sign after the page itself stood still: the browser's own print window stops it, and signs lay unread. */
const wakingMs = 6_000
/** Whoever is woken so much too late stood still. */
const lateMs = 1_000

const keyPlace = 'madoguchi'
const keptSchema = z.object({ door: z.string(), key: z.string() })

/** The key of this tab for this door, null without one. Another door's key is forgotten: a tab is one page's. */
async function openKey(door: DoorPath): Promise<string | null> {
  const token = location.hash.slice(1)
  if (token !== '') {
    history.replaceState(null, '', location.pathname)
    const answer = await post('/enter', { token }, null)
    const entered = z.object({ key: z.string() }).safeParse(answer?.ok ? await answer.json() : null)
    if (entered.success) {
      sessionStorage.setItem(keyPlace, JSON.stringify({ door, key: entered.data.key }))
      return entered.data.key
    }
  }
  const kept = keptSchema.safeParse(parsed(sessionStorage.getItem(keyPlace) ?? ''))
  if (kept.success && kept.data.door === door) return kept.data.key
  sessionStorage.removeItem(keyPlace)
  return null
}

const bearer = (key: string | null): Record<string, string> => (key === null ? {} : { authorization: `Bearer ${key}` })

/** null: nobody answers. */
const post = (path: string, content: unknown, key: string | null): Promise<Response | null> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(key) },
    body: JSON.stringify(content),
  }).catch(() => null)

export interface HttpDoor extends Outside {
  /** Opens the page in a tab of its own, which cannot reach back into this one. */
  openTab(page: PatientsPage): Promise<void>
}

export function openHttpDoor(door: DoorPath, time: Time): HttpDoor {
  const key = openKey(door)
  // A new address in the tab that has an old page: only what stands behind the # differs, so the browser loads nothing.
  window.addEventListener('hashchange', () => location.hash !== '' && location.reload())
  return {
    async call(name, request) {
      return (await post(`${door}/call/${name}`, request, await key))?.json()
    },
    onReception(listener, onLine) {
      const leaving = new AbortController()
      void stayInLine({ door, key, time, signal: leaving.signal }, listener, onLine)
      return () => leaving.abort()
    },
    async openTab(page) {
      const answer = await post(`${door}/${page}-entrance`, {}, await key)
      const invited = z.object({ token: z.string() }).safeParse(answer?.ok ? await answer.json() : null)
      // Without an opener the tab gets no copy of this one's key.
      if (invited.success) window.open(`/${page}#${invited.data.token}`, '_blank', 'noopener')
    },
  }
}

interface Place {
  readonly door: DoorPath
  readonly key: Promise<string | null>
  readonly time: Time
  readonly signal: AbortSignal
}

/** Follows the agent's states until the page leaves or there is no hope. */
async function stayInLine(place: Place, listener: (reception: unknown) => void, onLine: (line: Line) => void) {
  const { time, signal } = place
  const key = await place.key
  if (key === null) return onLine('shut')
  for (let missed = 0; missed < tries && !signal.aborted; missed++) {
    const end = await follow(place, key, (state) => {
      missed = 0
      listener(state)
    })
    if (signal.aborted) return
    if (end !== 'broken') return onLine(end)
    onLine('retrying')
    await new Promise<void>((resolve) => void time.after(pauseMs, resolve))
  }
  if (!signal.aborted) onLine('gone')
}

/** One connection, until it ends; `shut` and `taken` for good. */
async function follow(
  { door, time, signal }: Place,
  key: string,
  onState: (state: unknown) => void,
): Promise<'broken' | 'shut' | 'taken'> {
  const silence = new AbortController()
  const either = AbortSignal.any([signal, silence.signal])
  let stop = () => {}
  const wait = () => {
    const from = time.now()
    const giveUp = () => silence.abort()
    stop = time.after(silenceMs, () => {
      if (time.now() - from <= silenceMs + lateMs) return giveUp()
      stop = time.after(wakingMs, giveUp)
    })
  }
  wait()
  try {
    const answer = await fetch(`${door}/events`, { headers: bearer(key), signal: either })
    if (answer.status === 403) return 'shut'
    if (!answer.ok || !answer.body) return 'broken'
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return 'broken'
      stop()
      wait()
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === '{"closed":true}') return 'taken'
        if (line !== '') onState(parsed(line))
      }
    }
  } catch {
    return 'broken'
  } finally {
    stop()
    silence.abort()
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
