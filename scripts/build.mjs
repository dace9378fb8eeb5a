// Builds what both shells start: the renderer, the agent with an entry for each program, process and thread of its own, and
// the sandboxed preload script. Everything but the native modules is bundled, so a start reads few files.
import { copyFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { notePackages } from './bundled-packages.mjs'
import { packPages } from './pack-pages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Native modules and Electron itself stay outside the bundle. */
const external = ['electron', 'better-sqlite3', 'koffi']
const packages = notePackages(root)
const quiet = { root, configFile: false, logLevel: 'warn', plugins: [packages.plugin] }

process.chdir(root)
await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', plugins: [packages.plugin] })
packPages('dist/renderer', 'dist/packed-renderer')
await build({
  ...quiet,
  // The photo's codec is CommonJS and looks for its WebAssembly where it lies; bundled, it lies in an ES module.
  define: { __VERSION__: JSON.stringify(product.version), __dirname: 'import.meta.dirname' },
  ssr: { noExternal: true, external, target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/main',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    // As in vite.config.ts: nobody downloads these files.
    chunkSizeWarningLimit: 4_000,
    rolldownOptions: {
      input: {
        electron: 'src-main/electron.ts',
        'electron-agent': 'src-main/electron-agent.ts',
        headless: 'src-main/headless.ts',
        madoguchi: 'src-main/madoguchi.ts',
        'virtual-card': 'src-main/stand-ins/card/command.ts',
        sandbox: 'src-main/stand-ins/hub/command.ts',
        'reader-host': 'native/reader-host.ts',
        'delivery-thread': 'src-main/handover/folder/delivery-thread.ts',
        'folder-thread': 'src-main/hub/terminal/folder-thread.ts',
        'photo-thread': 'src-main/card/photo-thread.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
})
await build({
  ...quiet,
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/main',
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      input: { preload: 'src-main/preload.ts' },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
})
const codec = createRequire(import.meta.url).resolve('@cornerstonejs/codec-openjpeg/decodewasm')
copyFileSync(codec, join('dist/main', basename(codec)))
packages.note(codec)
packages.write(join(root, 'dist'), product)
