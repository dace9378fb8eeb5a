// Node entry of the agent without Electron. Compiling the code is a good part of a start, so V8 keeps it compiled beside
// the build from one start to the next, wherever that folder can be written. The installed product does not: a folder that
// people may write must not lead around the integrity check of its archive.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { keepFilesPrivate } from './ground/modes.ts'

declare const __VERSION__: string

keepFilesPrivate()
enableCompileCache(join(import.meta.dirname, '../compile-cache'))
await import('./ground/no-eval.ts')
const { runHeadless } = await import('./shell/headless.ts')
await runHeadless({ folder: import.meta.dirname, version: __VERSION__ })
