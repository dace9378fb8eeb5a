// The line between a desk and its server, for tests that cut it or look at what goes over it: it goes with the test.
import { onTestFinished } from 'vitest'
import type { PostgresPlace } from './server.ts'
import { type Line, type LineOptions, openWire } from './wire.ts'

export async function openLine(place: PostgresPlace, options: LineOptions): Promise<Line> {
  const wire = await openWire(place, options)
  onTestFinished(wire.end)
  return wire
}
