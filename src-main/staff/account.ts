// Whose session of the computer this program runs in, by the name that its system gives them.
import { userInfo } from 'node:os'

/** null: nobody's that has a name, in a container for example. */
export function computerAccount(): string | null {
  try {
    return userInfo().username || null
  } catch {
    return null
  }
}
