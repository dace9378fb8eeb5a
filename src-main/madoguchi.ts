// Node entry of the command for clinic IT, `npm run madoguchi`.
import { keepFilesPrivate } from './ground/modes.ts'

keepFilesPrivate()
await import('./ground/no-eval.ts')
await import('./shell/madoguchi.ts')
