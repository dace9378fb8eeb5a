// A reader host that hangs in a call of PC/SC as soon as it is joined: it hears nothing any more, and only a kill ends it.
// When whoever forked it is gone, it goes too.
const forker = process.ppid
const never = new Int32Array(new SharedArrayBuffer(4))

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

process.parentPort.on('message', () => {
  while (isThere(forker)) Atomics.wait(never, 0, 0, 500)
  process.exit(1)
})
