// What the files of the terminal are made of: elements with a text, days and moments as the terminal writes them. What is
// needed and does not fit is refused by its name.
import { dateSchema } from '../../eligibility/model.ts'
import type { XmlElement } from '../../text/xml-reader.ts'

/** Thrown while a message is read, with the name of the element that does not fit. */
export class Unreadable extends Error {
  readonly element: string
  constructor(element: string) {
    super(element)
    this.element = element
  }
}

export function unreadable(element: string): never {
  throw new Unreadable(element)
}

export const all = (element: XmlElement, name: string) => element.children.filter((child) => child.name === name)

/** The one child of that name, null when there is none. Two of what is said once contradict each other. */
export function only(element: XmlElement, name: string): XmlElement | null {
  const [first, ...others] = all(element, name)
  if (others.length > 0) throw new Unreadable(name)
  return first ?? null
}

/** Text of a child, null when it is missing or empty; spaces around it (InsurerNumber is padded) are layout. */
export function textOf(element: XmlElement, name: string): string | null {
  const child = only(element, name)
  if (child && child.children.length > 0) throw new Unreadable(name)
  return child?.text.trim() || null
}

/** yyyyMMdd as YYYY-MM-DD; a text of another form stays as it is, for the schema to refuse. */
export const dateOf = (text: string | null) => text?.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') ?? null

/** 99999999 is the interface's way of saying that there is no last day. */
export const lastDayOf = (text: string | null) => (text === '99999999' ? '9999-12-31' : dateOf(text))

export function dateIn(element: XmlElement, name: string): string | null {
  const date = dateOf(textOf(element, name))
  return date === null || dateSchema.safeParse(date).success ? date : unreadable(name)
}

/** yyyyMMddHHmmss in clinic time as RFC 3339. */
export function moment(text: string | null): string | null {
  const match = /^(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(text ?? '')
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match
  const date = `${year}-${month}-${day}`
  return dateSchema.safeParse(date).success ? `${date}T${hour}:${minute}:${second}+09:00` : null
}
