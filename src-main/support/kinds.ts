// What a host, a folder or a reader is, without its name: names are given by people, and people name things after people.
import { isIP } from 'node:net'
import { type folderKinds, type hostKinds, type ReaderKind, readerKinds } from '../contract/support-bundle.ts'

type HostKind = (typeof hostKinds)[number]
type FolderKind = (typeof folderKinds)[number]

/** `host` as an address has it. */
export function hostKind(host: string): HostKind {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (bare === 'localhost' || bare === '::1' || /^127\./.test(bare)) return 'thisComputer'
  if (isIP(bare) !== 0) {
    const isPrivate = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe80:)/.test(bare)
    return isPrivate ? 'privateAddress' : 'publicAddress'
  }
  return bare.includes('.') && !/\.(?:local|lan|internal|home)$/.test(bare) ? 'name' : 'localName'
}

export function folderKind(path: string): FolderKind {
  if (/^[\\/]{2}/.test(path)) return 'share'
  if (/^[A-Za-z]:/.test(path)) return 'drive'
  return path.startsWith('/') ? 'absolute' : 'relative'
}

/** The model of a reader whose name, as the system lists it, has the words of one that is known. */
export function readerKind(name: string): ReaderKind {
  const words = new Set(name.toLowerCase().split(/[^a-z0-9-]+/))
  const isIn = (kind: string) => {
    // The maker is left out: drivers spell it in many ways, the model in one.
    const all = kind.toLowerCase().split(' ')
    const model = /\d/.test(kind) ? all.slice(1) : all
    return (
      model.length > 0 && model.every((word) => words.has(word) || [...words].some((each) => isVariant(each, word)))
    )
  }
  return readerKinds.find((kind) => kind !== 'other' && isIn(kind)) ?? 'other'
}

/** `acr1252u` of `acr1252`, `rc-s300` with the letter of its edition. */
const isVariant = (word: string, model: string): boolean =>
  word.startsWith(model) && /^[a-z]{1,2}$/.test(word.slice(model.length))
