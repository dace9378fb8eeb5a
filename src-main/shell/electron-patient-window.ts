// Where the patient's window goes: alone on a second display, over all of it, or beside the desk's window when there is
// only one. Not as a kiosk or in full screen: such a window is given the keyboard, and reception may be typing.

/** The part of Electron's `Display` that is used. */
export interface DisplayPlace {
  readonly id: number
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

const overAll = { frame: false, alwaysOnTop: true, resizable: false, movable: false, minimizable: false } as const

export function patientWindowPlace(displays: readonly DisplayPlace[], primaryId: number) {
  const second = displays.find(({ id }) => id !== primaryId)
  return second ? { ...second.bounds, ...overAll } : { width: 1024, height: 768 }
}
