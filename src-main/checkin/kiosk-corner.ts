// The kiosk's corner: its reader, the place where its patient is attended to (a counter as the desk's, with the same hub, card
// and store behind it) and what the kiosk makes of it. While reception has switched it off, its reader is the desk's, and so is
// a card that was laid there meanwhile: no card is ever in two visits at once.
import type { KioskState } from '../contract/kiosk.ts'
import { stackOf } from '../ground/log.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Before } from './attempt.ts'
import { createDesk, type Desk, type DeskPorts } from './desk.ts'
import { createKiosk, type Kiosk } from './kiosk.ts'

export interface KioskCornerPorts extends Omit<DeskPorts, 'isMine' | 'chosenReader' | 'endedElsewhere'> {
  /** The reader that belongs to it, and the printer of its number slips. */
  readonly kiosk: { readonly reader: string; readonly printer: string | null }
  /** With the id of the visit that has changed, where one has. */
  readonly changed: (visitId?: string) => void
}

export interface KioskCorner {
  readonly place: Pick<Desk, 'current' | 'cancel' | 'follow' | 'goesElsewhere' | 'keepDay' | 'look' | 'onChange'>
  /** Its reader is not the desk's now. */
  owns(reader: string): boolean
  /** As in Kiosk. */
  endedWith(certificate: Uint8Array): Before | null
  seenTo(visitId: string): boolean
  open(isOpen: boolean): Promise<void>
  /** Errors: VISIT_NOT_CURRENT. */
  callToDesk(visitId: string): Promise<Result<void>>
  /** Never the last try. Errors: as Desk.enterPin. */
  enterPin(visitId: string, pin: string): Promise<Result<void>>
  view(): KioskState
  close(): Promise<void>
}

export function openKioskCorner(ports: KioskCornerPorts): KioskCorner {
  const { readers, log, changed } = ports
  const { reader: ownReader, printer } = ports.kiosk
  let kiosk: Kiosk | null = null
  /** What lies on the reader was laid while that was the desk's. */
  let isDesksCard = false
  const owns = (reader: string) => reader === ownReader && (kiosk?.isOpen() ?? true)
  const place = createDesk({
    ...ports,
    isMine: owns,
    chosenReader: () => null,
    isAside: () => isDesksCard || ports.isAside(),
    endedElsewhere: (certificate) => kiosk?.endedWith(certificate) ?? null,
  })
  const status = () => readers.list().find(({ name }) => name === ownReader)
  const own = createKiosk({
    ...ports,
    printer,
    changed: () => changed(),
    place: {
      ...place,
      turnAway: (visitId, failure) =>
        place
          .turnAway(visitId, failure)
          .catch((error: unknown) => log.write({ event: 'fault', where: stackOf(error) })),
    },
    reader: { isThere: () => status() !== undefined, hasCard: () => status()?.state === 'card' },
  })
  kiosk = own
  place.onChange((visitId) => {
    changed(visitId)
    // Whoever else hears of this change still finds the visit here.
    queueMicrotask(own.settle)
  })
  readers.onChange(own.cardsMoved)

  return {
    place,
    owns,
    endedWith: own.endedWith,
    seenTo: own.seenTo,
    async open(isOpen) {
      await own.open(isOpen)
      isDesksCard = isOpen
      place.look()
      isDesksCard = false
    },
    async callToDesk(visitId) {
      if (place.current()?.visit.id !== visitId) return fail('VISIT_NOT_CURRENT')
      await place.turnAway(visitId, { code: 'VISIT_TO_DESK' })
      return ok(undefined)
    },
    enterPin: (visitId, pin) => place.enterPin(visitId, pin, false),
    view: own.view,
    async close() {
      own.close()
      await place.stop()
    },
  }
}
