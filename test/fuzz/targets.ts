// Every target by its name, each a door through which bytes from outside come in. What one of them needs is loaded with it alone: a
// look at the coverage costs by what is loaded.
import type { Target } from './target.ts'

const cardBytes = () => import('./targets/card-bytes.ts')
const lists = () => import('./targets/lists.ts')

const targets = {
  tlv: async () => (await cardBytes()).tlvTarget(),
  holder: async () => (await cardBytes()).holderTarget(),
  certificate: async () => (await cardBytes()).certificateTarget(),
  csv: async () => (await lists()).csvTarget(),
  bookings: async () => (await lists()).bookingsTarget(),
  claims: async () => (await lists()).claimsTarget(),
  master: async () => (await lists()).masterTarget(),
} as const satisfies Readonly<Record<string, () => Promise<Target>>>

export type TargetName = keyof typeof targets

export const isTargetName = (name: string): name is TargetName => Object.hasOwn(targets, name)
export const targetNames = Object.keys(targets).filter(isTargetName)

export const openTarget = (name: TargetName): Promise<Target> => targets[name]()
