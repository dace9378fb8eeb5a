// Which keys count. Enter and Space decide things here: who a result is about, that it has been read, that a try is spent.
// So none of them counts in the first second after something new has come to stand there, nor while a key is held down,
// nor at the end of characters that come faster than any hand types: that is a scanner, whose Enter nobody pressed.

/** Long enough to see that what stands there is new. */
const freshMs = 1000
/** A person's fastest rolls stay above this; scanners send a character every 1 to 20 ms. */
const scanGapMs = 30
/** What comes so fast is a scan from this length on. */
const scanLength = 4

type Verdict =
  | { readonly kind: 'counts' }
  /** Too early, or held down: what stands there has not been seen. */
  | { readonly kind: 'early' }
  | { readonly kind: 'scan'; readonly text: string }

export interface KeyGuard {
  /** Something new stands there to be decided. */
  appeared(): void
  /** Every key, in the order of its pressing. Only what would decide something gets another answer than `counts`. */
  press(key: { readonly key: string; readonly repeat: boolean }): Verdict
  /** A click that no pointer made: the same haste, without a key. */
  isEarly(): boolean
}

export function createKeyGuard(now: () => number): KeyGuard {
  let appearedAt = Number.NEGATIVE_INFINITY
  let typed = ''
  let typedAt = Number.NEGATIVE_INFINITY
  const isEarly = () => now() - appearedAt < freshMs

  return {
    appeared() {
      appearedAt = now()
    },
    isEarly,
    press({ key, repeat }) {
      const isFast = now() - typedAt <= scanGapMs
      if (key === 'Enter') {
        const text = isFast ? typed : ''
        typed = ''
        if (text.length >= scanLength) return { kind: 'scan', text }
        return { kind: repeat || isEarly() ? 'early' : 'counts' }
      }
      if (key.length === 1) {
        typed = isFast && !repeat ? typed + key : key
        typedAt = now()
      }
      return { kind: key === ' ' && (repeat || isEarly()) ? 'early' : 'counts' }
    },
  }
}
