// Imported before the first schema is made: Zod would try to compile its checks. The pages' policy forbids that, and the
// agent starts and judges its first answers sooner without.
import { config } from 'zod'

config({ jitless: true })
