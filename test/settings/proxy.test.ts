// Through which proxy the hub is reached where the settings say nothing: the environment, then the system.
import { spawnSync } from 'node:child_process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { proxyOf } from '../../src-main/settings/proxy.ts'
import { systemProxy } from '../../src-main/shell/system-proxy.ts'
import { onWindows } from '../system.ts'

const url = 'https://hub.example.jp'
const of = (server: string, bypass = '', environment: Record<string, string> = {}, proxy?: string) =>
  proxyOf({ url, proxy }, { environment, system: { server, bypass } })

describe('the proxy that Windows is set up with', () => {
  test.each([
    ['proxy:3128', 'http://proxy:3128'],
    ['http://proxy:3128', 'http://proxy:3128'],
    ['http=a:80;https=b:443;ftp=c:21', 'http://b:443'],
    ['http=a:80', null],
    ['socks=a:1080', null],
    ['%%', null],
    ['', null],
  ])('%j leads through %s', (server, proxy) => {
    expect(of(server)).toBe(proxy)
  })

  test.each([
    ['<local>', true],
    ['*.other.jp;HUB.example.jp', false],
    ['*.example.jp', false],
    ['https://*.example.jp', false],
    ['example.jp', true],
    ['hub?example*', true],
    ['*', false],
  ])('with the exceptions %j is used: %s', (bypass, isUsed) => {
    expect(of('proxy:3128', bypass)).toBe(isUsed ? 'http://proxy:3128' : null)
  })

  test('is not asked for what has no dot where local names are excepted, nor ever for this computer', () => {
    const through = (host: string, bypass: string) =>
      proxyOf({ url: `https://${host}` }, { environment: {}, system: { server: 'proxy:3128', bypass } })
    expect(through('hub', '<local>')).toBeNull()
    expect(through('hub', '')).toBe('http://proxy:3128')
    expect(through('127.0.0.1:8443', '')).toBeNull()
    expect(through('localhost', '')).toBeNull()
  })

  test('stands behind the settings and the environment', () => {
    expect(of('proxy:3128', '', {}, 'none')).toBeNull()
    expect(of('proxy:3128', '', {}, 'http://other:8080')).toBe('http://other:8080')
    expect(of('proxy:3128', '', { HTTPS_PROXY: 'http://env:1' })).toBe('http://env:1')
    expect(of('proxy:3128', '', { NO_PROXY: 'hub.example.jp' })).toBeNull()
  })

  test.skipIf(!onWindows)('is read from Windows, and none where none is set', async () => {
    // As Windows' own page writes it: version, count, flags (1 straight, 2 by a proxy), then texts with their lengths.
    const number = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
    const text = (value: string) => Buffer.concat([number(value.length), Buffer.from(value, 'latin1')])
    const set = (flags: number, ...texts: string[]) => {
      const content = Buffer.concat([number(0x46), number(1), number(flags), ...texts.map(text), Buffer.alloc(36)])
      const key = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections'
      const words = [
        'add',
        key,
        '/v',
        'DefaultConnectionSettings',
        '/t',
        'REG_BINARY',
        '/d',
        content.toString('hex'),
        '/f',
      ]
      expect(spawnSync('reg', words).status).toBe(0)
    }
    onTestFinished(() => set(1, '', ''))
    set(3, 'http=a:80;https=b:443', '*.example.jp;<local>')
    expect(await systemProxy()).toEqual({ server: 'http=a:80;https=b:443', bypass: '*.example.jp;<local>' })
    set(1, '', '')
    expect(await systemProxy()).toBeNull()
  })
})
