// Imported before everything else: Zod would try to compile its checks as soon as the first schema is made, which the
// page's policy forbids.
import { config } from 'zod'

config({ jitless: true })
