// The thread of a desk among those beside one terminal: it beats, and answers whose a result is.
import type { MessagePort } from 'node:worker_threads'
import { createDeskWatch, type DeskTarget } from './desk-watch.ts'
import { systemFolders } from './folder-files.ts'
import type { FromDesk, ToDesk } from './threaded-desk.ts'

/** Claims pile up slowly. */
const tidyMs = 3_600_000

/** Beats until it is told to leave; what was asked is answered in between. */
export function standAmongDesks(target: DeskTarget, port: MessagePort): void {
  const say = (message: FromDesk) => port.postMessage(message)
  const watch = createDeskWatch(target, systemFolders)
  const now = () => performance.now()
  let told = ''
  const tell = () => {
    const standing = watch.standing()
    const { state, failure, folder } = standing
    // How long another one has watched grows with every beat: that is no news.
    const news = JSON.stringify([
      state.kind,
      failure?.code,
      folder,
      state.kind === 'elsewhere' && [state.name, state.isQuiet],
    ])
    if (news === told) return
    told = news
    say({ kind: 'standing', standing })
  }
  const beat = () => {
    watch.beat(now())
    tell()
  }
  setInterval(beat, target.timing.beatMs)
  setInterval(() => watch.tidy(), tidyMs)
  port.on('message', (message: ToDesk) => {
    if (message.kind === 'claim') {
      const answer = watch.claim(message.key, now())
      // Before the answer: whoever hears that it is another desk's knows which.
      tell()
      return say({ kind: 'claimed', id: message.id, answer })
    }
    if (message.kind === 'turn') {
      watch.turn(message.isOurs, now())
      return tell()
    }
    if (message.kind === 'takeOver') {
      const standing = watch.takeOver(now())
      tell()
      return say({ kind: 'tookOver', id: message.id, standing })
    }
    watch.leave(now())
    say({ kind: 'left' })
  })
  beat()
}
