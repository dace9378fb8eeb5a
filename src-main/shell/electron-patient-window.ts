// Where the patient's window goes: alone on a second display, over all of it, or beside the desk's window when there is
// only one.

/** The part of Electron's `Display` that is used. */
export interface DisplayPlace {
  readonly id: number
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export function patientWindowPlace(displays: readonly DisplayPlace[], primaryId: number) {
  const second = displays.find(({ id }) => id !== primaryId)
  return second ? { ...second.bounds, kiosk: true } : { width: 1024, height: 768, kiosk: false }
}
