// Loaded into a process of the product with `node --expose-gc --import`: tells its parent on request how long its event
// loop was blocked since the last time, and what it holds. Silent until it is asked, because the agent's own children
// inherit its flags.
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 1 })

process.on('message', (message) => {
  if (message !== 'measure') return
  const longestBlockMs = delay.max / 1e6
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ longestBlockMs, heapUsed, rss, handles: readdirSync('/proc/self/fd').length })
  delay.enable()
  // The collection above is ours.
  setTimeout(() => delay.reset(), 10)
})
