import { expect, test } from 'vitest'
import { patientWindowPlace } from '../../src-main/shell/electron-patient-window.ts'

const at = (id: number, x: number) => ({ id, bounds: { x, y: 0, width: 1280, height: 800 } })

test('the patient’s window covers the display that is not the desk’s, wherever it stands', () => {
  expect(patientWindowPlace([at(1, 0), at(2, -1280)], 1)).toEqual({
    x: -1280,
    y: 0,
    width: 1280,
    height: 800,
    frame: false,
    alwaysOnTop: true,
    resizable: false,
    movable: false,
    minimizable: false,
  })
  expect(patientWindowPlace([at(1, 0), at(2, 1280)], 2)).toMatchObject({ x: 0, alwaysOnTop: true })
})

test('on a single display it is a window among others', () => {
  expect(patientWindowPlace([at(1, 0)], 1)).toEqual({ width: 1024, height: 768 })
})

test('the kiosk’s window takes the next display, and none that is in use', () => {
  const displays = [at(1, 0), at(2, 1280), at(3, 2560)]
  expect(patientWindowPlace(displays, 1, 1)).toMatchObject({ x: 2560, alwaysOnTop: true })
  expect(patientWindowPlace(displays.slice(0, 2), 1, 1)).toEqual({ width: 1024, height: 768 })
})
