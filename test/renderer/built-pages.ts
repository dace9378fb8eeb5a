// The pages as the product ships them, built once for everything they are made of.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build, type Plugin } from 'vite'
import { filesIn, keptBuild } from '../kept-build.ts'
import { root } from '../support.ts'

/** Whatever a page may be made of. What it takes from packages stands in the lock. */
const sources = ['src-renderer', 'src-main', 'vite.config.ts', 'package-lock.json']

/** Else a change in such a file would go unseen. */
const refuseOtherSources: Plugin = {
  name: 'refuse-other-sources',
  generateBundle() {
    for (const id of this.getModuleIds()) {
      const path = relative(root, id.replace(/\?.*$/, ''))
      const [top = ''] = path.split(sep)
      const isKnown = top === 'node_modules' || sources.includes(top)
      if (!isKnown && existsSync(join(root, path))) {
        throw new Error(`the pages are made of ${path} too: name it in test/renderer/built-pages.ts`)
      }
    }
  },
}

async function buildInto(folder: string): Promise<void> {
  const before = process.env.NODE_ENV
  // The test runner's own value would give the development build of React.
  process.env.NODE_ENV = 'production'
  await build({
    configFile: join(root, 'vite.config.ts'),
    root: join(root, 'src-renderer'),
    logLevel: 'warn',
    plugins: [refuseOtherSources],
    build: { outDir: folder },
  })
  process.env.NODE_ENV = before
}

const read = (folder: string) =>
  new Map(filesIn(folder).map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file)] as const))

/** Every file of the built pages by its path, in memory: a build may be thrown away while others use it. */
export const builtPages = async (): Promise<ReadonlyMap<string, Buffer>> =>
  read(await keptBuild({ name: 'madoguchi-pages', sources, buildInto }))
