// The headless shell as the product has it, and a desk that rehearses on its site's server, which the product never does
// (docs/decisions/0069-a-desk-on-its-sites-server.md): for tests that are the same with either store (test/headless.ts).
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { keepFilesPrivate } from '../../src-main/ground/modes.ts'
import { fail } from '../../src-main/ground/result.ts'
import { siteOf } from '../site.ts'

keepFilesPrivate()
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/compile'))
await import('../../src-main/ground/no-eval.ts')
const { runHeadless } = await import('../../src-main/shell/headless.ts')
await runHeadless({
  folder: join(import.meta.dirname, '../../dist/main'),
  version: 'test',
  // Never the desk's own store instead.
  siteOf: (dataDir) => siteOf(dataDir).site ?? (async () => fail('STORE_UNREACHABLE')),
})
