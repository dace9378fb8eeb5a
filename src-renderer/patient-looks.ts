// A patient may be looking at the desk's screen outside a check-in's own stages, too: whatever asks them to type something
// says so, and nobody else stays in sight meanwhile.
import { createContext, use, useEffect } from 'react'

export const PatientLooksContext = createContext<(isLooking: boolean) => void>(() => undefined)

/** For as long as it is on the screen and `isLooking`. */
export function usePatientLooks(isLooking: boolean): void {
  const tell = use(PatientLooksContext)
  useEffect(() => {
    if (!isLooking) return
    tell(true)
    return () => tell(false)
  }, [isLooking, tell])
}
