// What a section of the reception guide (手引き) is: one situation at the counter, when it is so, and what to do. The help of the
// screen (F1) and docs/reception-guide.md show the same sections; what they quote of the screen they take from its words.

export interface Section {
  readonly title: string
  /** When one is here. */
  readonly when: string
  /** What to do, in order. */
  readonly steps: readonly string[]
  /** What is good to know besides. */
  readonly notes?: readonly string[]
  /** The picture of it in docs/screens, by its name there. */
  readonly picture?: string
}
