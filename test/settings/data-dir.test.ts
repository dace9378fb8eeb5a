// The folder of the data: never by chance inside the program's own.
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { dataFolder, type UserPlace } from '../../src-main/settings/data-dir.ts'

const user = (environment: UserPlace['environment'], changes: Partial<UserPlace> = {}): UserPlace => ({
  platform: 'linux',
  environment,
  home: () => '/home/uketsuke',
  cwd: () => '/opt/madoguchi',
  ...changes,
})

// The paths of the cases are those of POSIX.
describe.skipIf(sep === '\\')('where the data lie', () => {
  test.each<[UserPlace['environment'], string]>([
    [{}, '/home/uketsuke/.local/share/madoguchi'],
    [{ XDG_DATA_HOME: '/srv/data' }, '/srv/data/madoguchi'],
    [{ XDG_DATA_HOME: '' }, '/home/uketsuke/.local/share/madoguchi'],
    [{ XDG_DATA_HOME: 'data' }, '/home/uketsuke/.local/share/madoguchi'],
    [{ MADOGUCHI_DATA: '' }, '/home/uketsuke/.local/share/madoguchi'],
    [{ MADOGUCHI_DATA: '/srv/madoguchi' }, '/srv/madoguchi'],
    [{ MADOGUCHI_DATA: 'clinic', MADOGUCHI_FROM: '/home/it' }, '/home/it/clinic'],
  ])('with %j', (environment, folder) => {
    expect(dataFolder(undefined, user(environment))).toEqual(ok(folder))
  })

  test('what is typed counts before the environment, from where it was typed', () => {
    const typed = user({ MADOGUCHI_DATA: '/srv/madoguchi', MADOGUCHI_FROM: '/home/it' })
    expect(dataFolder('clinic', typed)).toEqual(ok('/home/it/clinic'))
    expect(dataFolder('/srv/other', typed)).toEqual(ok('/srv/other'))
    expect(dataFolder('clinic', user({}))).toEqual(ok('/opt/madoguchi/clinic'))
  })

  test.each(['', '.', 'home'])('a home called %j is no place for data, and is named', (home) => {
    const homeless = { home: () => home }
    expect(dataFolder(undefined, user({}, homeless))).toEqual(fail('REQUEST_INVALID', { field: 'HOME' }))
    expect(dataFolder(undefined, user({ XDG_DATA_HOME: '/srv' }, homeless))).toEqual(ok('/srv/madoguchi'))
    expect(dataFolder(undefined, user({}, { ...homeless, platform: 'darwin' }))).toEqual(
      fail('REQUEST_INVALID', { field: 'HOME' }),
    )
    expect(dataFolder(undefined, user({ LOCALAPPDATA: '' }, { ...homeless, platform: 'win32' }))).toEqual(
      fail('REQUEST_INVALID', { field: 'LOCALAPPDATA' }),
    )
  })
})

test('of this user it is below their home', () => {
  const { platform, env } = process
  const place = dataFolder(undefined, {
    platform,
    environment: { ...env, MADOGUCHI_DATA: '', XDG_DATA_HOME: '', LOCALAPPDATA: '' },
    home: homedir,
    cwd: process.cwd,
  })
  expect(place.ok && place.value.startsWith(join(homedir(), sep))).toBe(true)
})
