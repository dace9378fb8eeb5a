// An agent whose terminal's folder gets the files that a test writes, result by result.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentOptions } from '../../src-main/agent.ts'
import { eventually } from '../support.ts'
import { type FileFields, type ResultFields, terminalFile } from '../terminal-file.ts'
import { dataFolder, openDesk } from './fixture.ts'

export async function openTerminalClinic(options: Partial<AgentOptions> = {}) {
  const dataDir = await dataFolder()
  const desk = await openDesk(dataDir, options)
  const log = () => readFileSync(join(dataDir, 'logs', readdirSync(join(dataDir, 'logs'))[0] ?? ''), 'utf8')
  // With a code it is a folder that has not answered yet: what is laid before the first look lay there before.
  const isWatched = (line: string) => line.includes('"state":"face"') && !line.includes('"code"')
  await eventually('the folder is watched', () => log().split('\n').some(isWatched))
  const visits = () => desk.agent.reception().visits
  const today = desk.agent.reception().today.replaceAll('-', '')
  let count = 0
  /** A file beside those of the face reader, under a name of its own if none is given. */
  const put = (results: readonly ResultFields[], changes: Partial<FileFields> = {}, name?: string) => {
    count++
    const content = terminalFile({ at: `${today}093000`, ...changes }, results)
    const ownName = `OQSsiquc01res_face_${count}_${today}093000.xml`
    writeFileSync(join(dataDir, 'training/terminal/face', name ?? ownName), content)
  }
  /** The visit that a file of the face reader makes. */
  const lay = async (results: readonly ResultFields[], changes: Partial<FileFields> = {}) => {
    const before = visits().length
    put(results, changes)
    await eventually('a visit is there', () => visits().length > before)
    await desk.agent.settled()
    return desk.lookUp(visits()[0]?.id ?? '')
  }
  /** The file of the visit for the receipt computer. */
  const written = (visitId: string) => {
    const folder = join(dataDir, 'import/json')
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return files
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      .find((one) => one.visitId === visitId)
  }
  return { dataDir, desk, lay, put, today, visits, written }
}
