// ORCA's side of its typed XML, as strict as ORCA: a request with a field it does not know, or knows in another place, is
// none.
import { readXml, type XmlElement } from '../../../src-main/text/xml-reader.ts'

export interface Row {
  readonly [field: string]: string | Row | readonly Row[]
}

/** What one call may say. */
export interface RequestForm {
  readonly name: string
  /** Every field it knows, in the documented order; parts by `/`. */
  readonly fields: readonly string[]
}

/** null for what ORCA answers 91 to: not UTF-8, another name, a field without its type, unknown or out of order. */
export function requestOf(body: Buffer, call: RequestForm): Row | null {
  const reading = readXml(body)
  const data = 'root' in reading && reading.root.name === 'data' ? reading.root.children : []
  const [request] = data
  if (!request || data.length !== 1 || request.name !== call.name) return null
  let isKnown = true
  const contentOf = (xml: XmlElement, path: string): string | Row | readonly Row[] => {
    const [[attribute, type] = ['', ''], ...others] = xml.attributes
    if (attribute !== 'type' || others.length > 0) isKnown = false
    if (type === 'string') {
      if (!call.fields.includes(path)) isKnown = false
      return xml.text
    }
    if (type === 'array') {
      if (xml.children.some(({ name }) => name !== `${xml.name}_child`)) isKnown = false
      return xml.children.map((child) => recordOf(child, path))
    }
    if (type !== 'record') isKnown = false
    return recordOf(xml, path)
  }
  const recordOf = (xml: XmlElement, path: string): Row => {
    const inside = (name: string) => (path === '' ? name : `${path}/${name}`)
    const places = xml.children.map(({ name }) =>
      call.fields.findIndex((field) => field === inside(name) || field.startsWith(`${inside(name)}/`)),
    )
    if (places.some((place, at) => place < 0 || place <= (places[at - 1] ?? -1))) isKnown = false
    return Object.fromEntries(xml.children.map((child) => [child.name, contentOf(child, inside(child.name))]))
  }
  const value = recordOf(request, '')
  return isKnown ? value : null
}

export function answerText(name: string, answer: Row): string {
  const element = (tag: string, value: string | Row | readonly Row[]): string => {
    if (typeof value === 'string') return `<${tag} type="string">${value}</${tag}>\n`
    if (isRows(value)) {
      return `<${tag} type="array">${value.map((row) => element(`${tag}_child`, row)).join('')}</${tag}>\n`
    }
    const inside = Object.entries(value).map(([field, content]) => element(field, content))
    return `<${tag} type="record">\n${inside.join('')}</${tag}>\n`
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<xmlio2>\n${element(name, answer)}</xmlio2>\n`
}

const isRows = (value: Row[string]): value is readonly Row[] => Array.isArray(value)

/** The record in a field, an empty one for anything else. */
export const record = (value: Row[string] | undefined): Row =>
  value !== undefined && typeof value !== 'string' && !isRows(value) ? value : {}
export const rows = (value: Row[string] | undefined, field: string): readonly Row[] => {
  const inside = record(value)[field]
  return inside !== undefined && isRows(inside) ? inside : []
}
