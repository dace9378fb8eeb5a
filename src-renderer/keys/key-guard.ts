// Which keys count. Enter and Space decide things here: who a result is about, that it has been read, that a try is spent.
// So none of them counts in the first second after something new has come to stand there, nor while a key is held down,
// nor at the end of characters that come faster than any hand types: that is a scanner, whose Enter nobody pressed. Nor at
// the end of what was typed while no field had the focus: that was meant for a field, by a slow scanner or by a person.

/** Long enough to see that what stands there is new. */
const freshMs = 1000
/** A person's fastest rolls stay above this; scanners send a character every 1 to 20 ms. */
const scanGapMs = 30
/** Outside every field, where nobody types on purpose: scanners over the air are slow, and so are people. */
const strayGapMs = 1000
/** What comes so is a scan from this length on. */
const scanLength = 4

type Verdict =
  | { readonly kind: 'counts' }
  /** Too early, or held down: what stands there has not been seen. */
  | { readonly kind: 'early' }
  | { readonly kind: 'scan'; readonly text: string }

export interface KeyGuard {
  /** Something new stands there to be decided. */
  appeared(): void
  /**
   * Every key, in the order of its pressing; `isIntoField`: it goes into a field. Only what would decide something gets
   * another answer than `counts`.
   */
  press(key: { readonly key: string; readonly repeat: boolean }, isIntoField: boolean): Verdict
  /** A click that no pointer made: the same haste, without a key. */
  isEarly(): boolean
}

export function createKeyGuard(now: () => number): KeyGuard {
  let appearedAt = Number.NEGATIVE_INFINITY
  let typed = ''
  let typedAt = Number.NEGATIVE_INFINITY
  let wasIntoField = true
  const isEarly = () => now() - appearedAt < freshMs

  return {
    appeared() {
      appearedAt = now()
    },
    isEarly,
    press({ key, repeat }, isIntoField) {
      const gapMs = isIntoField || wasIntoField ? scanGapMs : strayGapMs
      const isOneText = now() - typedAt <= gapMs
      if (key === 'Enter') {
        const text = isOneText ? typed : ''
        typed = ''
        if (text.length >= scanLength) return { kind: 'scan', text }
        return { kind: repeat || isEarly() ? 'early' : 'counts' }
      }
      // Outside of fields Space presses what has the focus; it is no text.
      if (key.length === 1 && (isIntoField || key !== ' ')) {
        typed = isOneText && !repeat ? typed + key : key
        typedAt = now()
        wasIntoField = isIntoField
      }
      return { kind: key === ' ' && (repeat || isEarly()) ? 'early' : 'counts' }
    },
  }
}
