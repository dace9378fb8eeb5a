// ORCA's typed XML ("xml2"): every element says whether it is a string, a record or an array of records. Plain values on
// our side; what comes back is read strictly and given its shape by a schema at each call.
import { z } from 'zod'
import { readXml, type XmlElement } from '../../text/xml-reader.ts'
import { escapeText } from '../../text/xml-text.ts'

type Xml2 = string | Xml2Record | readonly Xml2Record[]
export interface Xml2Record {
  readonly [name: string]: Xml2
}

/** One request, UTF-8 whatever ORCA's database holds; another encoding comes back as Api_Result 91. */
export const xml2Request = (name: string, record: Xml2Record): Uint8Array =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<data>${element(name, record)}</data>\n`)

function element(name: string, value: Xml2): string {
  if (typeof value === 'string') return `<${name} type="string">${escapeText(value)}</${name}>`
  const isArray = (records: Xml2): records is readonly Xml2Record[] => Array.isArray(records)
  const [type, inside] = isArray(value)
    ? ['array', value.map((record) => element(`${name}_child`, record))]
    : ['record', Object.entries(value).map(([field, content]) => element(field, content))]
  return `<${name} type="${type}">${inside.join('')}</${name}>`
}

/** ORCA's longest answer, a day's receptions of a big clinic, stays far below. */
export const answerBytes = 8 * 1024 * 1024
const limits = { bytes: answerBytes, elements: 200_000 }

/** The record inside `<xmlio2>`, whatever it is called; null for anything else. */
export function readXml2(bytes: Uint8Array): unknown {
  const reading = readXml(bytes, limits)
  if (!('root' in reading) || reading.root.name !== 'xmlio2') return null
  const [record, ...others] = reading.root.children
  return record && others.length === 0 ? contentOf(record) : null
}

/** A string, an object, or an array; undefined where a record names a field twice. */
function contentOf(xml: XmlElement): unknown {
  const type = xml.attributes.find(([name]) => name === 'type')?.[1]
  if (type === 'array') return xml.children.map(contentOf)
  if (type !== 'record' && xml.children.length === 0) return xml.text.trim()
  const names = new Set(xml.children.map(({ name }) => name))
  if (names.size !== xml.children.length) return undefined
  return Object.fromEntries(xml.children.map((child) => [child.name, contentOf(child)]))
}

/** A field of an answer: one that is left out is an empty one. */
export const xml2Text = z.string().default('')
/** A repeated part of an answer: ORCA leaves it out, or sends it without rows. */
export const xml2Array = <T extends z.ZodType>(row: T) =>
  z.preprocess((value) => value ?? [], z.union([z.literal('').transform(() => []), z.array(row)]))
