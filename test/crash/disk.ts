// The disk as a power failure leaves it. A record of what a process did to its files (disk-record.c) is gone through in memory as a
// file system would: what was written is known at once, and on the disk is what was synced, the content of a file by syncing the
// file, its name by syncing its folder. Of what was not, any part may have come to the disk: of the changes of names in a folder
// those up to some point, of each page of a file any of its versions, of its length any that it had. That is what POSIX promises
// and no more; ext4 keeps more by itself, and nothing here relies on that.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

const callSchema = z.discriminatedUnion('call', [
  z.object({
    call: z.literal('open'),
    file: z.int(),
    path: z.string(),
    makes: z.boolean(),
    empties: z.boolean(),
  }),
  z.object({ call: z.literal('write'), file: z.int(), at: z.int(), bytes: z.int() }),
  z.object({ call: z.literal('length'), file: z.int(), at: z.int() }),
  z.object({ call: z.literal('sync'), file: z.int() }),
  z.object({ call: z.enum(['rename', 'link']), path: z.string(), to: z.string() }),
  z.object({ call: z.enum(['unlink', 'mkdir', 'fault']), path: z.string() }),
])
export type Call = z.infer<typeof callSchema> & { readonly content?: Uint8Array }

/** The calls of a record, in their order. The last one may have been cut short with its process. */
export function readRecord(file: string): readonly Call[] {
  const bytes = readFileSync(file)
  const calls: Call[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0) break
    const call = callSchema.parse(JSON.parse(bytes.toString('utf8', at, end)))
    at = end + 1
    if (call.call !== 'write') calls.push(call)
    else if (at + call.bytes <= bytes.length) {
      calls.push({ ...call, content: bytes.subarray(at, at + call.bytes) })
      at += call.bytes
    } else break
  }
  return calls
}

/** What happened to a file since it was synced last. */
type Change = { readonly at: number; readonly content: Uint8Array } | { readonly length: number }

/** What is in a file; it grows in place. */
interface Content {
  room: Uint8Array
  length: number
}

interface File {
  readonly kind: 'file'
  content: Content
  synced: Uint8Array
  changes: Change[]
}

/** One step of a folder: names that go and names that come, together or not at all. */
interface NameChange {
  readonly gone?: string
  readonly come?: { readonly name: string; readonly node: Node }
}

interface Folder {
  readonly kind: 'folder'
  names: Map<string, Node>
  synced: Map<string, Node>
  changes: NameChange[]
}

type Node = File | Folder

const contentOf = (bytes: Uint8Array): Content => ({ room: bytes.slice(), length: bytes.length })
const bytesOf = ({ room, length }: Content): Uint8Array => room.subarray(0, length)

const newFile = (bytes: Uint8Array = new Uint8Array()): File => ({
  ...{ kind: 'file', content: contentOf(bytes), synced: bytes, changes: [] },
})
const newFolder = (): Folder => ({ kind: 'folder', names: new Map(), synced: new Map(), changes: [] })

/** A folder as it lies on the disk, all of it synced. */
export function readFolder(path: string): Folder {
  const folder = newFolder()
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    folder.names.set(entry.name, entry.isDirectory() ? readFolder(inside) : newFile(readFileSync(inside)))
  }
  folder.synced = new Map(folder.names)
  return folder
}

function apply(content: Content, made: Change): void {
  const end = 'length' in made ? made.length : made.at + made.content.length
  if (end > content.room.length) {
    const room = new Uint8Array(Math.max(end, 2 * content.room.length))
    room.set(bytesOf(content))
    content.room = room
  }
  if ('length' in made) {
    // What a file is made longer by is empty, whatever had been there before.
    content.room.fill(0, Math.min(end, content.length), content.length)
    content.length = end
  } else {
    content.room.set(made.content, made.at)
    content.length = Math.max(content.length, end)
  }
}

function change(file: File, made: Change): void {
  file.changes.push(made)
  apply(file.content, made)
}

function changeNames(folder: Folder, made: NameChange): void {
  folder.changes.push(made)
  applyName(folder.names, made)
}

function applyName(names: Map<string, Node>, { gone, come }: NameChange): void {
  if (gone !== undefined) names.delete(gone)
  if (come) names.set(come.name, come.node)
}

/** What is known of a file system while a process works on it. */
export interface Disk {
  /** Does what the process did. */
  do(call: Call): void
  /** A file as the process would read it; null: there is none. */
  read(path: string): Uint8Array | null
  /** Writes into an empty folder what a power failure leaves of `path`. */
  leave(path: string, into: string, luck: Luck): void
}

/** What becomes of what was not synced. */
export interface Luck {
  /** How many of so many changes of names have come to the disk. */
  names(changes: number): number
  /** How many of so many changes of a page, or of a length, have. */
  pages(changes: number): number
}

/** `root`: where the record begins; what lies there then has been there for long. */
export function openDisk(root: string, beginning: Folder): Disk {
  const opened = new Map<number, Node>()
  const find = (path: string): Node | undefined => {
    let node: Node | undefined = beginning
    for (const name of path.slice(root.length).split('/')) {
      if (name !== '') node = node?.kind === 'folder' ? node.names.get(name) : undefined
    }
    return node
  }
  const folderOf = (path: string): Folder => {
    const folder = find(dirname(path))
    if (folder?.kind !== 'folder') throw new Error(`the record knows no folder of ${path}`)
    return folder
  }
  const there = (path: string): Node => {
    const node = find(path)
    if (!node) throw new Error(`the record knows nothing of ${path}`)
    return node
  }
  const fileOf = (number: number): File => {
    const node = opened.get(number)
    if (node?.kind !== 'file') throw new Error(`the record has opened no file ${number}`)
    return node
  }
  const come = (path: string, node: Node) => changeNames(folderOf(path), { come: { name: basename(path), node } })
  return {
    do(call) {
      switch (call.call) {
        case 'open': {
          if (call.makes) come(call.path, newFile())
          const node = there(call.path)
          opened.set(call.file, node)
          if (call.empties && node.kind === 'file') change(node, { length: 0 })
          return
        }
        case 'write':
          return change(fileOf(call.file), { at: call.at, content: call.content ?? new Uint8Array() })
        case 'length':
          return change(fileOf(call.file), { length: call.at })
        case 'sync':
          return sync(opened.get(call.file))
        case 'mkdir':
          return come(call.path, newFolder())
        case 'link':
          return come(call.to, there(call.path))
        case 'unlink':
          return changeNames(folderOf(call.path), { gone: basename(call.path) })
        case 'rename': {
          const moved = { name: basename(call.to), node: there(call.path) }
          const [from, to] = [folderOf(call.path), folderOf(call.to)]
          if (from === to) return changeNames(from, { gone: basename(call.path), come: moved })
          changeNames(to, { come: moved })
          return changeNames(from, { gone: basename(call.path) })
        }
        case 'fault':
          return
      }
    },
    read(path) {
      const node = find(path)
      return node?.kind === 'file' ? bytesOf(node.content) : null
    },
    leave(path, into, luck) {
      const node = there(path)
      if (node.kind !== 'folder') throw new Error(`${path} is no folder`)
      leaveFolder(node, into, luck)
    },
  }
}

function sync(node: Node | undefined): void {
  if (node?.kind === 'file' && node.changes.length > 0) node.synced = bytesOf(node.content).slice()
  if (node?.kind === 'folder') node.synced = new Map(node.names)
  if (node) node.changes = []
}

function leaveFolder(folder: Folder, into: string, luck: Luck): void {
  mkdirSync(into, { recursive: true, mode: 0o700 })
  const names = new Map(folder.synced)
  for (const made of folder.changes.slice(0, luck.names(folder.changes.length))) applyName(names, made)
  for (const [name, node] of names) {
    const path = join(into, name)
    if (node.kind === 'folder') leaveFolder(node, path, luck)
    else writeFileSync(path, leftOf(node, luck), { mode: 0o600 })
  }
}

const page = 4_096

/** Of a file's content, filled with nothing behind its end. */
function pageOf(content: Uint8Array, number: number): Uint8Array {
  const bytes = new Uint8Array(page)
  bytes.set(content.subarray(number * page, (number + 1) * page))
  return bytes
}

/** A file's length is one of those that it had, and each of its pages one of those that were written to it. */
function leftOf({ synced, changes }: File, luck: Luck): Uint8Array {
  if (changes.length === 0) return synced
  const lengths = [synced.length]
  const versions = new Map<number, Uint8Array[]>()
  const content = contentOf(synced)
  for (const made of changes) {
    const before = content.length
    apply(content, made)
    if (content.length !== before) lengths.push(content.length)
    // Whoever shortens a file writes none of its pages: it is as long as before, with what it had, or shorter. What it is made longer
    // by is empty up to where something is written.
    const from = Math.min(before, 'length' in made ? made.length : made.at)
    const to = 'length' in made ? made.length : made.at + made.content.length
    for (let number = Math.floor(from / page); number * page < to; number++) {
      const seen = versions.get(number) ?? [pageOf(synced, number)]
      seen.push(pageOf(bytesOf(content), number))
      versions.set(number, seen)
    }
  }
  const left = new Uint8Array(lengths[luck.pages(lengths.length - 1)] ?? synced.length)
  left.set(synced.subarray(0, left.length))
  for (const [number, seen] of versions) {
    const version = seen[luck.pages(seen.length - 1)] ?? new Uint8Array()
    const room = left.subarray(number * page, (number + 1) * page)
    room.set(version.subarray(0, room.length))
  }
  return left
}

/** Nothing that was not synced has come to the disk. */
export const syncedOnly: Luck = { names: () => 0, pages: () => 0 }

/** All has: what a process that was killed leaves. */
export const everything: Luck = { names: (changes) => changes, pages: (changes) => changes }

/** Some has, by dice. */
export const someOf = (random: () => number): Luck => {
  const any = (changes: number) => Math.floor(random() * (changes + 1))
  return { names: any, pages: any }
}
