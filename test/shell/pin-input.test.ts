// The PIN of a check-in without a screen: no word of it where others can read it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../src-main/ground/result.ts'
import { readPin } from '../../src-main/shell/pin-input.ts'
import { dataFolder } from '../agent/fixture.ts'
import { fault } from '../faults.ts'
import { root } from '../support.ts'
import { onWindows } from '../system.ts'

/** Somebody's keys, and what the terminal was told. */
function keyboard(...keys: string[]) {
  const input = new PassThrough()
  const raw: boolean[] = []
  const said: string[] = []
  let interrupts = 0
  const pin = readPin(
    Object.assign(input, { isTTY: true, setRawMode: (isRaw: boolean) => raw.push(isRaw) }),
    (text) => {
      said.push(text)
      // As a person: the keys come after the question.
      for (const key of keys) input.write(key)
    },
    () => {
      interrupts++
    },
  )
  return { pin, raw, said, interrupts: () => interrupts }
}

describe('at a keyboard', () => {
  test('it is asked for and shows nowhere', async () => {
    const { pin, raw, said } = keyboard('1', '2', '3', '4', '\r')
    expect(await pin).toEqual(ok('1234'))
    // Raw: the terminal itself echoes nothing.
    expect(raw).toEqual([true, false])
    expect(said).toEqual(['暗証番号（4桁）を入力して Enter を押してください。入力した数字は表示されません。'])
  })

  test('a wrong key is taken back, pasted digits count', async () => {
    expect(await keyboard('19', '\u007f', '234', '\n').pin).toEqual(ok('1234'))
  })

  test.each(['123\r', '12345\r', 'abcd\r', '\r'])('%j is no PIN', async (keys) => {
    expect(await keyboard(keys).pin).toEqual(fail('REQUEST_INVALID', { field: '--pin' }))
  })

  test('Ctrl+C ends what is under way, and gives the terminal back', async () => {
    const { pin, raw, interrupts } = keyboard('12', '\u0003')
    expect((await pin).ok).toBe(false)
    expect(interrupts()).toBe(1)
    expect(raw).toEqual([true, false])
  })
})

describe('the command line', () => {
  const once = (dataDir: string, input: string, ...args: string[]) => {
    const command = [join(root, 'dist/main/headless.js'), '--once', '--json', '--data', dataDir, ...args]
    return JSON.parse(spawnSync(process.execPath, command, { encoding: 'utf8', input }).stdout)
  }
  const live = {
    mode: 'live',
    hub: { url: 'https://127.0.0.1:9', caFile: 'ca', clientCertificateFile: 'cert', clientKeyFile: 'key' },
    destinations: [],
  }

  fault('typing', 'A real PIN is typed into a command', {
    seen: 'PIN_ON_COMMAND_LINE',
    data: 'It is not used.',
    recovery: 'The command asks for it without showing it.',
  })
  test('takes no PIN in a live clinic, and says why', async () => {
    const { ok: isOk, error } = once(await dataFolder(live), '', '--pin', '1234')
    expect(isOk).toBe(false)
    expect(error).toMatchObject({ code: 'PIN_ON_COMMAND_LINE', class: 'permanent' })
    expect(error.message).toContain('ほかの人に見える')
  })

  test('of a live clinic reads it from stdin, whether told so or not, and never makes one up', async () => {
    const dataDir = await dataFolder(live)
    for (const args of [[], ['--pin', '-']]) {
      expect(once(dataDir, 'none\n', ...args).error.message).toContain('--pin')
      expect(once(dataDir, '', ...args).error.message).toContain('--pin')
    }
  })

  test('of a rehearsal may have it, and can read it from stdin as well', async () => {
    const dataDir = await dataFolder()
    expect(once(dataDir, '', '--pin', '9999').error.code).toBe('PIN_WRONG')
    expect(once(dataDir, '1234\n', '--pin', '-').ok).toBe(true)
    expect(once(dataDir, '', '--pin', '-').error.message).toContain('--pin')
  })

  test('takes a data folder from where it was typed', async () => {
    const dataDir = await dataFolder({ mode: 'live' })
    const script = [join(root, 'dist/main/headless.js'), '--once', '--json', '--data', 'clinic']
    const from = join(dataDir, 'elsewhere')
    const environment = { ...process.env, MADOGUCHI_FROM: from }
    writeFileSync(join(dataDir, 'elsewhere'), '')
    const { stdout } = spawnSync(process.execPath, script, { encoding: 'utf8', env: environment })
    // That place is a file, so nothing can be there: it was looked for where it should be.
    expect(JSON.parse(stdout).error.code).toBe('STORE_UNWRITABLE')
  })

  // Windows finds a home whatever the environment says.
  test.skipIf(onWindows)('without a home is refused with the name of the variable', () => {
    const environment = { ...process.env, HOME: '', XDG_DATA_HOME: '', MADOGUCHI_DATA: '' }
    const script = [join(root, 'dist/main/headless.js'), '--once', '--json']
    const { stdout, status } = spawnSync(process.execPath, script, { encoding: 'utf8', env: environment })
    expect(status).toBe(2)
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'REQUEST_INVALID',
      message: '指定に誤りがあります（HOME）。',
    })
  })
})
