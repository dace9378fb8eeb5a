// A folder's own thread: a share that hangs blocks this thread and nothing else, neither another folder nor the agent's
// few shared file threads, and XML is read where it stops nobody. It watches one folder, writes requests, or stands among
// the desks beside one terminal.
import { parentPort, workerData } from 'node:worker_threads'
import { systemFolders } from './folder-files.ts'
import { createFolderWatch, type WatchTarget } from './folder-watch.ts'
import { putRequest } from './request-folder.ts'
import type { FolderTask, FromFolder, ToFolder } from './threaded-folder.ts'

const port = parentPort
if (!port) throw new Error('this file is the entry of a thread')
const say = (message: FromFolder) => port.postMessage(message)
const task: FolderTask = workerData

/** Hints that come together (a file is created, written, closed) are one look. */
const hintMs = 20

/** A watcher dies silently with its folder; an old one is replaced this often. */
const renewMs = 60_000

/** Looks for ever: when the last look asked for it, or soon after the system hints at a change. */
function watchForEver(target: WatchTarget): void {
  const watch = createFolderWatch(target, systemFolders, say)
  let endHints: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined
  let due = 0

  const lookIn = (ms: number) => {
    clearTimeout(timer)
    due = Date.now() + ms
    timer = setTimeout(look, ms)
  }
  const hints = () => {
    try {
      return systemFolders.hint(target.folder, () => {
        if (due - Date.now() > hintMs) lookIn(hintMs)
      })
    } catch {
      // Not there, or a share without hints: the looks are the truth anyway.
      return null
    }
  }
  const look = () => {
    endHints ??= hints()
    lookIn(watch.look(Date.now()))
  }
  setInterval(() => {
    endHints?.()
    endHints = null
  }, renewMs)
  look()
}

// What only one of the threads needs is loaded by that one.
if (task.kind === 'watch') watchForEver(task.target)
else if (task.kind === 'desk') (await import('./desk-thread.ts')).standAmongDesks(task.target, port)
else if (task.kind === 'inspect') {
  const { inspectFolders } = await import('./inspection.ts')
  say({ kind: 'inspected', result: inspectFolders(task.folders, task.now, systemFolders) })
} else {
  port.on('message', ({ request }: ToFolder) => {
    say({ kind: 'put', result: putRequest(task.target, request, systemFolders) })
  })
}
