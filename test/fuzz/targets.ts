// Every target by its name, each a door through which bytes from outside come in. What one of them needs is loaded with it alone: a
// look at the coverage costs by what is loaded.
import type { Target } from './target.ts'

const cardBytes = () => import('./targets/card-bytes.ts')
const doors = () => import('./targets/doors.ts')
const hub = () => import('./targets/hub-answers.ts')
const lists = () => import('./targets/lists.ts')
const photos = () => import('./targets/photos.ts')
const settings = () => import('./targets/typed-settings.ts')
const terminal = () => import('./targets/terminal-files.ts')
const wholeCard = () => import('./targets/whole-card.ts')

const targets = {
  card: async () => (await wholeCard()).cardTarget(),
  tlv: async () => (await cardBytes()).tlvTarget(),
  holder: async () => (await cardBytes()).holderTarget(),
  certificate: async () => (await cardBytes()).certificateTarget(),
  photo: async () => (await photos()).photoTarget(),
  hub: async () => (await hub()).hubTarget(),
  terminal: async () => (await terminal()).xmlTarget(),
  archive: async () => (await terminal()).archiveTarget(),
  mapping: async () => (await terminal()).mappingTarget(),
  csv: async () => (await lists()).csvTarget(),
  bookings: async () => (await lists()).bookingsTarget(),
  claims: async () => (await lists()).claimsTarget(),
  master: async () => (await lists()).masterTarget(),
  settings: async () => (await settings()).settingsTarget(),
  calls: async () => (await doors()).callsTarget(),
  http: async () => (await doors()).httpTarget(),
} as const satisfies Readonly<Record<string, () => Promise<Target>>>

export type TargetName = keyof typeof targets

export const isTargetName = (name: string): name is TargetName => Object.hasOwn(targets, name)
export const targetNames = Object.keys(targets).filter(isTargetName)

export const openTarget = (name: TargetName): Promise<Target> => targets[name]()
