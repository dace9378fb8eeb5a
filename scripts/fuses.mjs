// Electron's fuses: switches in its binary that no setting can turn back. electron-builder turns them as
// electron-builder.yml says; here they are read back from the finished program, because one that was not turned looks
// exactly like one that was.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from './place.mjs'

// Its own copy: the one that has turned them.
const builder = createRequire(createRequire(join(root, 'package.json')).resolve('electron-builder'))
const { FuseV1Options, getCurrentFuseWire } = createRequire(builder.resolve('app-builder-lib'))('@electron/fuses')

/** As electron-builder.yml has them: name and whether it is on. */
export const wantedFuses = () => parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).electronFuses

/** The same, as a program's executable has them. One that is neither on nor off is null. */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable)
  // In the binary they are characters. Another one is a fuse that this Electron has no more.
  const states = { ['1'.charCodeAt(0)]: true, ['0'.charCodeAt(0)]: false }
  const nameOf = (option) => option[0].toLowerCase() + option.slice(1)
  return Object.fromEntries(
    Object.entries(FuseV1Options)
      .filter(([, place]) => typeof place === 'number')
      .map(([option, place]) => [nameOf(option), states[wire[place]] ?? null]),
  )
}

/** Names of those that are not as they have to be. */
export async function wrongFuses(executable) {
  const are = await readFuses(executable)
  return Object.entries(wantedFuses()).flatMap(([name, isOn]) => (are[name] === isOn ? [] : [name]))
}
