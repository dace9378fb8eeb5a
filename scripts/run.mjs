#!/usr/bin/env node
// The door behind every npm script, and the command `madoguchi`: sets up what is missing, then runs the task on the
// pinned Node.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fetchElectron, node, root, setUp } from './set-up.mjs'

const [task, ...args] = process.argv.slice(2)

const inRoot = (...path) => join(root, ...path)
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

const commands = {
  start: () =>
    !args.includes('--once') && fetchElectron() && hasScreen
      ? [electronBinary(), [root, ...args]]
      : [node, [inRoot('dist/main/headless.js'), ...args]],
  electron: () => {
    if (!fetchElectron({ again: true, failure: 'Electron を取得できないため、起動できません。' })) process.exit(1)
    return [electronBinary(), [root, ...args]]
  },
  'virtual-card': () => [node, [inRoot('dist/main/virtual-card.js'), ...args]],
  sandbox: () => [node, [inRoot('dist/main/sandbox.js'), ...args]],
  build: () => [node, ['-e', '']],
  check: () => [node, [inRoot('scripts/check.mjs'), ...args]],
  test: () => [node, [inRoot('scripts/test.mjs'), ...args]],
  bench: () => [node, [inRoot('test/bench/bench.ts'), ...args]],
  screenshots: () => [node, [inRoot('test/e2e/screenshots.ts'), ...args]],
  dist: () => [node, [inRoot('scripts/dist.mjs'), ...args]],
}

function electronBinary() {
  const name =
    process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron'
  return inRoot('node_modules/electron/dist', name)
}

if (!Object.hasOwn(commands, task ?? '')) {
  process.stderr.write(`使えるコマンド: ${Object.keys(commands).join(', ')}\n`)
  process.exit(2)
}
try {
  setUp()
} catch (error) {
  process.stderr.write(`準備に失敗しました。${error.message}\n`)
  process.exit(1)
}
const [command, commandArgs] = commands[task]()
const child = spawn(command, commandArgs, {
  cwd: root,
  stdio: 'inherit',
  // Tools started by name (vitest, tsc …) find the pinned Node first.
  env: { ...process.env, PATH: `${join(node, '..')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` },
})
// A signal to this door is meant for what runs behind it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))
