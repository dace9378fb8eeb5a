// The threads that every agent starts, bundled as the product ships them: an agent of a test has seven of them, and to read some
// thirty files and take the types out of them was nearly half of what each costs.
import { join } from 'node:path'
import { keptBuild } from '../kept-build.ts'

const root = join(import.meta.dirname, '../..')

/** Whatever a thread may be made of. What it takes from packages stands in the lock. */
const sources = ['src-main', 'package-lock.json', 'test/agent/built-threads.ts']

async function buildInto(folder: string): Promise<void> {
  // Loaded by the one process that builds.
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3', 'koffi'], target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: {
          delivery: join(root, 'src-main/handover/folder/delivery-thread.ts'),
          folder: join(root, 'src-main/hub/terminal/folder-thread.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  })
}

const folder = await keptBuild({ name: 'madoguchi-threads', sources, buildInto })

export const builtThreads = { delivery: join(folder, 'delivery.js'), folder: join(folder, 'folder.js') }
