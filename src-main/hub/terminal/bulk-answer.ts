// A bulk answer may come as a .zip with XML files in it. Its names are never used as paths, and what it claims to unpack
// to is limited before it is unpacked.
import { unzipSync } from 'fflate'
import { readXml, type XmlElement, type XmlFlaw, type XmlLimits } from '../../text/xml-reader.ts'

/** Some thousand people of a day's bookings. */
const unpackedLimits: XmlLimits = { bytes: 32 * 1024 * 1024, elements: 1_000_000 }
const documentsOfOne = 1_000

/** Every document in it in the order of the archive, or what is wrong with the first that is not right. Never throws. */
export function unzipDocuments(bytes: Uint8Array): XmlElement[] | XmlFlaw {
  const documents: XmlElement[] = []
  for (const content of unzip(bytes) ?? []) {
    const reading = readXml(content, unpackedLimits)
    if ('flaw' in reading) return reading.flaw
    documents.push(reading.root)
  }
  return documents.length > 0 ? documents : 'form'
}

function unzip(bytes: Uint8Array): Uint8Array[] | null {
  let size = 0
  let count = 0
  try {
    const entries = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!/\.xml$/i.test(name)) return false
        size += originalSize
        count++
        if (size > unpackedLimits.bytes || count > documentsOfOne) throw new Error('too large')
        return true
      },
    })
    return Object.values(entries)
  } catch {
    return null
  }
}
