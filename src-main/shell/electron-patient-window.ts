// Where a window for patients goes: alone on a display that is not the desk's, over all of it, or beside the desk's window when
// there is none left. Not in full screen, nor as what Electron calls a kiosk: such a window is given the keyboard, and
// reception may be typing.

/** The part of Electron's `Display` that is used. */
export interface DisplayPlace {
  readonly id: number
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

const overAll = { frame: false, alwaysOnTop: true, resizable: false, movable: false, minimizable: false } as const

/** `before`: how many such windows come first. */
export function patientWindowPlace(displays: readonly DisplayPlace[], primaryId: number, before = 0) {
  const own = displays.filter(({ id }) => id !== primaryId)[before]
  return own ? { ...own.bounds, ...overAll } : { width: 1024, height: 768 }
}
