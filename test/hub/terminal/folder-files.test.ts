// The terminal's folders are open to others: links in them lead our reading and writing nowhere, a folder that is away is
// not taken for an empty one, and whatever a share answers is told instead of ending the thread.
import { EventEmitter } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ok } from '../../../src-main/ground/result.ts'
import { type FolderFiles, folderFailure, hintBy, systemFolders } from '../../../src-main/hub/terminal/folder-files.ts'
import { putRequest } from '../../../src-main/hub/terminal/request-folder.ts'
import { fault } from '../../faults.ts'
import { eventually, temporaryFolder } from '../../support.ts'
import { makesLinks, onWindows } from '../../system.ts'

const systemError = (code: string) => Object.assign(new Error(code), { code, errno: -4094, syscall: 'scandir' })

function folders() {
  const place = temporaryFolder()
  const target = { req: join(place, 'req'), res: join(place, 'res'), staging: join(place, 'madoguchi') }
  for (const folder of [target.req, target.res]) mkdirSync(folder)
  return { ...target, place }
}

const name = 'OQSsiquc01req_1.xml'
const request = { name, answers: ['OQSsiquc01res_1.xml'], content: Buffer.from('<XmlMsg/>') }
const put = (target: ReturnType<typeof folders>, files: FolderFiles = systemFolders) =>
  putRequest(target, request, files)

describe('whatever a share answers', () => {
  fault('terminal', 'The terminal’s disk is full', {
    seen: 'TERMINAL_FOLDER_FULL',
    detail: { field: 'req' },
    data: 'No half request lies there.',
    recovery: 'Clinic IT makes room; the question is asked again.',
  })
  test.each([
    ['UNKNOWN', 'TERMINAL_FOLDER_MISSING'],
    ['EHOSTDOWN', 'TERMINAL_FOLDER_MISSING'],
    ['EPERM', 'TERMINAL_FOLDER_REFUSED'],
    ['ENOSPC', 'TERMINAL_FOLDER_FULL'],
  ])('%s is told as %s', (code, told) => {
    expect(folderFailure(systemError(code), 'face')).toEqual({ code: told, detail: { field: 'face' } })
    const files: FolderFiles = {
      ...systemFolders,
      write() {
        throw systemError(code)
      },
    }
    expect(put(folders(), files)).toMatchObject({ ok: false, error: { code: told } })
  })

  test('a bug stays one', () => {
    expect(() => folderFailure(new TypeError('a bug'), 'face')).toThrow('a bug')
  })
})

describe('a request', () => {
  test('is not made while nobody can look for an answer of its name', () => {
    const target = folders()
    rmSync(target.res, { recursive: true })
    expect(put(target)).toEqual({
      ok: false,
      error: { code: 'TERMINAL_FOLDER_MISSING', detail: { field: 'res' } },
    })
    expect(readdirSync(target.req)).toEqual([])
  })

  test('of two desks that number alike in the same moment is one: the other one takes the next number', () => {
    const target = folders()
    let isFirst = true
    const inBetween: FolderFiles = {
      ...systemFolders,
      write(path, content, readers) {
        if (isFirst)
          expect(putRequest(target, { ...request, content: Buffer.from('<Other/>') }, systemFolders)).toEqual(ok(false))
        isFirst = false
        systemFolders.write(path, content, readers)
      },
    }
    expect(put(target, inBetween)).toEqual(ok(true))
    expect(readFileSync(join(target.req, name), 'utf8')).toBe('<XmlMsg/>')
    // Taken by the terminal: the name stays used.
    rmSync(join(target.req, name))
    expect(put(target)).toEqual(ok(false))
  })

  test.skipIf(!makesLinks())('is never written through a link under its temporary name', () => {
    const target = folders()
    mkdirSync(target.staging)
    const secret = join(target.place, 'secret')
    writeFileSync(secret, 'untouched')
    symlinkSync(secret, join(target.staging, `${name}.tmp`))
    expect(put(target)).toEqual({ ok: true, value: true })
    expect(readFileSync(secret, 'utf8')).toBe('untouched')
    expect(lstatSync(join(target.req, name)).isFile()).toBe(true)
    expect(readFileSync(join(target.req, name), 'utf8')).toBe('<XmlMsg/>')
  })

  test.skipIf(!makesLinks())('takes no name that a link has, also one to nothing', () => {
    const target = folders()
    symlinkSync(join(target.place, 'nowhere'), join(target.req, name))
    expect(put(target)).toEqual({ ok: true, value: false })
    expect(lstatSync(join(target.req, name)).isSymbolicLink()).toBe(true)
    expect(existsSync(join(target.place, 'nowhere'))).toBe(false)
  })

  test.skipIf(onWindows).each([
    ['0770', '640'],
    ['0777', '644'],
    ['0700', '600'],
  ])('can be read by whom the folder (%s) is for, whatever our umask', (folder, file) => {
    const target = folders()
    chmodSync(target.req, Number.parseInt(folder, 8))
    const before = process.umask(0o077)
    onTestFinished(() => void process.umask(before))
    expect(put(target)).toEqual({ ok: true, value: true })
    expect((statSync(join(target.req, name)).mode & 0o777).toString(8)).toBe(file)
  })
})

test.skipIf(!makesLinks())('a link to a file elsewhere is not read', () => {
  const { place } = folders()
  writeFileSync(join(place, 'file'), 'content')
  symlinkSync(join(place, 'file'), join(place, 'link'))
  expect(systemFolders.read(join(place, 'file'), 100)).toEqual(new Uint8Array(Buffer.from('content')))
  expect(() => systemFolders.read(join(place, 'link'), 100)).toThrow('ELOOP')
})

describe('a folder is watched', () => {
  test.skipIf(!makesLinks())('by its real name, whatever it is called in the settings', () => {
    const place = temporaryFolder()
    mkdirSync(join(place, 'receipts of the clinic'))
    symlinkSync(join(place, 'receipts of the clinic'), join(place, 'RECEIP~1'), 'junction')
    const watched: string[] = []
    const watcher = Object.assign(new EventEmitter(), { close() {}, ref: () => watcher, unref: () => watcher })
    const hint = hintBy((folder) => {
      watched.push(folder)
      return watcher
    })
    hint(join(place, 'RECEIP~1'), () => undefined)()
    expect(watched).toEqual([realpathSync.native(join(place, 'receipts of the clinic'))])
  })

  test('and what comes into it is a hint', async () => {
    const place = temporaryFolder()
    mkdirSync(join(place, 'face'))
    let hints = 0
    const end = systemFolders.hint(join(place, 'face'), () => hints++)
    onTestFinished(end)
    writeFileSync(join(place, 'face', 'a.xml'), '')
    await eventually('a hint', () => hints > 0)
  })
})
