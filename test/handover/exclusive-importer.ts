// A receipt computer on Windows that opens each file for itself alone, without sharing (CreateFile with share mode 0), works on
// it for a moment, and deletes it by closing it. A process of its own, as there; Windows only.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import koffi from 'koffi'
import { z } from 'zod'

const takenSchema = z.object({ taken: z.array(z.string()) })

export interface ExclusiveImporter {
  /** Stops, and tells the names of what it has taken, in order. */
  finish(): Promise<readonly string[]>
}

/** `heldMs`: how long it keeps a file that it has opened. */
export async function startExclusiveImporter(folder: string, heldMs: number): Promise<ExclusiveImporter> {
  const importer = fork(import.meta.filename, [folder, String(heldMs)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(importer, 'message')
  return {
    async finish() {
      const told = once(importer, 'message')
      importer.send('finish')
      const [message] = await told
      return takenSchema.parse(message).taken
    },
  }
}

async function importFrom(folder: string, heldMs: number, isOver: () => boolean): Promise<readonly string[]> {
  const kernel = koffi.load('kernel32.dll')
  const open = kernel.func('__stdcall', 'CreateFileW', 'intptr', [
    ...['const char16 *', 'uint32', 'uint32', 'void *', 'uint32', 'uint32', 'intptr'],
  ])
  const close = kernel.func('__stdcall', 'CloseHandle', 'bool', ['intptr'])
  const [readAndDelete, noSharing, openExisting, deleteOnClose] = [0x80010000, 0, 3, 0x04000000]
  const taken: string[] = []
  const held = new Map<string, Promise<void>>()
  const work = async (name: string, file: number) => {
    taken.push(name)
    await pause(heldMs)
    close(file)
    // As long as it is being deleted it is no new one: Windows lets nobody open it then, Wine does.
    while (existsSync(join(folder, name))) await pause(1)
    held.delete(name)
  }
  while (!isOver()) {
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.tmp') || held.has(name)) continue
      const file = Number(open(join(folder, name), readAndDelete, noSharing, null, openExisting, deleteOnClose, 0))
      // Held by somebody else: the next look will find it.
      if (file !== -1) held.set(name, work(name, file))
    }
    await pause(1)
  }
  await Promise.all(held.values())
  return taken
}

if (process.argv[1] === import.meta.filename) {
  let isOver = false
  process.on('message', () => {
    isOver = true
  })
  process.send?.('ready')
  const taken = await importFrom(process.argv[2] ?? '', Number(process.argv[3]), () => isOver)
  process.send?.({ taken })
  process.disconnect()
}
