// サポート用の情報 as its page shows it: the file itself, and nothing that it was made from.
import { z } from 'zod'

export const supportViewSchema = z.object({
  /** The whole file, as it is saved; empty until it has been put together. */
  text: z.string(),
  /** Its name. */
  file: z.string(),
})
