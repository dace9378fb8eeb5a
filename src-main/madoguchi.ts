// Node entry of the command for clinic IT, `npm run madoguchi`.
import { keepFilesPrivate } from './ground/modes.ts'

keepFilesPrivate()
await import('./contract/no-eval.ts')
await import('./shell/madoguchi.ts')
