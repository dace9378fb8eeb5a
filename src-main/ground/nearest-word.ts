// Which of the words that there are somebody may have meant who typed another one.

/** Slips of the hand: a letter too many, too few, another one, or two that changed places. */
function slips(typed: string, meant: string): number {
  const rows = [Array.from({ length: meant.length + 1 }, (_, at) => at)]
  for (let row = 1; row <= typed.length; row++) {
    const above = rows[row - 1] ?? []
    const line = [row]
    for (let at = 1; at <= meant.length; at++) {
      const isSame = typed[row - 1] === meant[at - 1]
      const isTurned = typed[row - 1] === meant[at - 2] && typed[row - 2] === meant[at - 1]
      line[at] = Math.min(
        (line[at - 1] ?? 0) + 1,
        (above[at] ?? 0) + 1,
        (above[at - 1] ?? 0) + (isSame ? 0 : 1),
        isTurned ? (rows[row - 2]?.[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(line)
  }
  return rows[typed.length]?.[meant.length] ?? 0
}

/** null: none is near. The beginning of a word is near to it, however long it is. */
export function nearestOf(typed: string, words: readonly string[]): string | null {
  const word = typed.toLowerCase()
  const distances = words.map((meant) => {
    const isBegun = word.replace(/^-+/, '').length > 1 && meant.toLowerCase().startsWith(word)
    return { meant, far: isBegun ? 0 : slips(word, meant.toLowerCase()) }
  })
  const [best] = distances.toSorted((one, other) => one.far - other.far)
  const { length } = word.replace(/^-+/, '')
  // Of two letters one is half of the word.
  const most = Math.max(length > 2 ? 1 : 0, Math.floor(length / 3))
  return best && best.far <= most ? best.meant : null
}
