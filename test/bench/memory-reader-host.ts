// What the reader host keeps of each check-in: certificate, question for the tries and signature of 10,000, through a real pcscd, from
// one card that stays on its reader. Another card is noticed a few times a second, which is too seldom for so many.
import { setTimeout as sleep } from 'node:timers/promises'
import { createLengthLessons } from '../../src-main/card/extended-length.ts'
import { createPcscReaders } from '../../src-main/card/pcsc-readers.ts'
import type { SeparateCard } from '../card/separate-card.ts'
import { silentLog } from '../support.ts'
import { entries } from './agent.ts'
import { signOnce } from './card.ts'
import { childrenOf } from './idle.ts'
import type { Figures } from './measure.ts'
import { checkIns, isSampled, ownBytes, type Point, sizeFigures, slopeFigure } from './memory-samples.ts'

export async function benchReaderHostMemory(card: SeparateCard): Promise<Figures> {
  if (process.platform !== 'linux') return { 'memory.readerHost.leftOut': 'measured as Linux tells it' }
  const before = new Set(childrenOf(process.pid))
  const readers = createPcscReaders({ hostEntry: entries.readerHost, log: silentLog })
  await readers.ready()
  const [host, ...others] = childrenOf(process.pid).filter((pid) => !before.has(pid))
  if (host === undefined || others.length > 0) throw new Error('which process is the reader host?')
  const lengths = createLengthLessons()
  await card.lay()
  while (!readers.list().some(({ state }) => state === 'card')) await sleep(20)
  const points: Point[] = []
  for (let count = 1; count <= checkIns; count++) {
    await signOnce(readers, lengths, Buffer.from(`the hub says ${count}`))
    if (isSampled(count)) points.push([count, ownBytes(host)])
  }
  await card.takeAway()
  await readers.close()
  return {
    ...sizeFigures('readerHost', points),
    'memory.readerHostSlopeBytesPerCheckIn': slopeFigure(points),
  }
}
