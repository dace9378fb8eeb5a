// The sounds by which the desk calls somebody who is not looking at it, and what the clinic has set about them and about the
// voice that patients hear.
import { z } from 'zod'

/** `done`: nothing is left to do; `attention`: a person has to decide or type; `cardLeft`: the last patient's card lies there. */
export const signalKinds = ['done', 'attention', 'error', 'cardLeft'] as const
export type SignalKind = (typeof signalKinds)[number]

export const volumes = ['off', 'low', 'middle', 'high'] as const
export type Volume = (typeof volumes)[number]

export const signalsSchema = z.strictObject({
  volume: z.enum(volumes).default('middle').describe('音の大きさ。off は鳴らしません。'),
  sounds: z
    .strictObject({
      done: z.boolean().default(true).describe('受付が終わったとき。'),
      attention: z.boolean().default(true).describe('確認が必要なとき。'),
      error: z.boolean().default(true).describe('先に進めないとき。'),
      cardLeft: z.boolean().default(true).describe('カードが残っているとき。'),
    })
    .prefault({})
    .describe('どの音を鳴らすか。'),
  voice: z.boolean().default(false).describe('このパソコンの音声で短く読み上げます。氏名は読みません。'),
  readsToPatients: z
    .boolean()
    .default(false)
    .describe('患者さんの画面と再来受付機の案内を、患者さんが選ばなくても読み上げます。氏名も番号も読みません。'),
})
export type Signals = z.infer<typeof signalsSchema>
