// Whoever a test plays at the desk's screen.
import type { Caller } from '../src-main/contract/callers.ts'

export const atDesk: Caller = { door: 'desk', desk: 1 }
