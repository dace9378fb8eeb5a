// Where things lie in a checkout, for everything that runs before or around the product.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const isWindows = process.platform === 'win32'

/**
 * The Node that everything runs on: one of the optional dependencies, so that its bytes are locked and hashed like every
 * other package's. Where none is published for a system (macOS), it is the Node that started us, if that is new enough.
 */
export function pinnedNode(folder = root) {
  const system = isWindows ? 'win' : process.platform
  const file = join(folder, 'node_modules', `node-${system}-${process.arch}`, 'bin', isWindows ? 'node.exe' : 'node')
  const isPublished = ['linux-x64', 'linux-arm64', 'win-x64'].includes(`${system}-${process.arch}`)
  return isPublished || existsSync(file) ? file : process.execPath
}

export const node = pinnedNode()
