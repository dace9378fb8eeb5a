// A file system of a few folders in memory, with the answers that matter to desks beside one terminal: what is exclusive, what
// replaces, and what is refused.
import type { DeskFiles } from '../../../src-main/hub/terminal/desk-claims.ts'

type Folder = Map<string, Folder | string>

const refused = (code: string) => Object.assign(new Error(code), { code, syscall: 'any' })

/** One call of the file system, which is whole before the next one begins. */
export type Call = {
  readonly [K in keyof DeskFiles]: readonly [name: K, ...Parameters<DeskFiles[K]>]
}[keyof DeskFiles]

export function foldersInMemory(...names: readonly string[]): (call: Call) => unknown {
  const top: Folder = new Map()
  const split = (path: string) => path.split(/[\\/]/).filter((part) => part !== '')
  const at = (parts: readonly string[]): Folder | string => {
    let place: Folder | string = top
    for (const part of parts) {
      const next: Folder | string | undefined = typeof place === 'string' ? undefined : place.get(part)
      if (next === undefined) throw refused('ENOENT')
      place = next
    }
    return place
  }
  const folder = (parts: readonly string[]): Folder => {
    const found = at(parts)
    if (typeof found === 'string') throw refused('ENOTDIR')
    return found
  }
  const entry = (path: string) => {
    const parts = split(path)
    const name = parts.at(-1) ?? ''
    const inFolder = folder(parts.slice(0, -1))
    return { inFolder, name, there: inFolder.get(name) }
  }
  for (const name of names) entry(name).inFolder.set(entry(name).name, new Map())

  return (call) => {
    switch (call[0]) {
      case 'list':
        return [...folder(split(call[1])).keys()]
      case 'state': {
        try {
          const { there } = entry(call[1])
          return there === undefined ? null : { size: 0, modifiedMs: 0, isFile: typeof there === 'string' }
        } catch {
          return null
        }
      }
      case 'read': {
        const { there } = entry(call[1])
        return typeof there === 'string' ? Buffer.from(there) : null
      }
      case 'write': {
        const { inFolder, name } = entry(call[1])
        inFolder.set(name, Buffer.from(call[2]).toString())
        return undefined
      }
      case 'makeShared': {
        const { inFolder, name, there } = entry(call[1])
        if (there === undefined) inFolder.set(name, new Map())
        return there === undefined
      }
      case 'rename': {
        const from = entry(call[1])
        const to = entry(call[2])
        if (from.there === undefined) throw refused('ENOENT')
        if (typeof from.there !== 'string' && to.there !== undefined) {
          if (typeof to.there === 'string') throw refused('ENOTDIR')
          if (to.there.size > 0) throw refused('ENOTEMPTY')
        }
        from.inFolder.delete(from.name)
        to.inFolder.set(to.name, from.there)
        return undefined
      }
      case 'remove':
      case 'removeFolder': {
        const { inFolder, name } = entry(call[1])
        inFolder.delete(name)
      }
    }
  }
}
