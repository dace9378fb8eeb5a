// The renderer's only way out. Under Electron the preload script has put it into the page; headless, the same contract
// goes over HTTP to the agent on this computer. Whatever comes in is checked before anything believes it.
import { type Bridge, callAnswerSchema, receptionSchema } from '../src-main/contract/reception.ts'

declare global {
  interface Window {
    readonly madoguchi?: Bridge
  }
}

export const openBridge = (): Bridge => window.madoguchi ?? httpBridge

const httpBridge: Bridge = {
  async call(name, request) {
    try {
      const answer = await fetch(`/api/call/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
      return callAnswerSchema.parse(await answer.json())
    } catch {
      // The agent is gone or speaks another version: the banner says so, the action did not happen as far as we know.
      return { ok: false, error: { code: 'AGENT_FAULT' } }
    }
  },
  onReception(listener, onLost) {
    const events = new EventSource('/api/events')
    events.addEventListener('open', () => onLost(false))
    events.addEventListener('error', () => onLost(true))
    events.addEventListener('reception', (event) => {
      const parsed = receptionSchema.safeParse(JSON.parse(String(event.data)))
      if (parsed.success) listener(parsed.data)
      else onLost(true)
    })
    return () => events.close()
  },
}
