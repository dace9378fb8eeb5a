// XML as text: elements, nothing else. What we write has no attributes, namespaces or mixed content, and what it may not
// hold (control characters) is refused before.

export type Element = readonly [tag: string, content: string | number | readonly Element[]]

/** One element with everything in it, without white space between, as the official terminal writes it. */
export function xmlText([tag, content]: Element): string {
  const inside = typeof content === 'object' ? content.map(xmlText).join('') : escapeText(String(content))
  return `<${tag}>${inside}</${tag}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
export const escapeText = (text: string) => text.replace(/[&<>]/g, (character) => entities[character] ?? character)
