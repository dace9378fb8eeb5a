// A desk and its site's server: who is believed, and what becomes of a transaction when the line or the desk goes.
import { describe, expect, onTestFinished, test } from 'vitest'
import { Refusal } from '../../src-main/ground/result.ts'
import { newAuthority, p256 } from '../../src-main/stand-ins/certificates/authority.ts'
import { type ServerAccess, schemaOf } from '../../src-main/store/postgres/access.ts'
import { statement, type Work } from '../../src-main/store/sql/work.ts'
import { fault } from '../faults.ts'
import { openLine } from '../postgres/line.ts'
import { hasPooler, startPooler } from '../postgres/pooler.ts'
import { administratorOf, askedWrongly, newSite } from '../postgres/server.ts'
import { eventually, must } from '../support.ts'
import { addNext, all, hasPostgres, openTestServer, postgres, tryServer, visit, works } from './postgres-server.ts'

const untrusted = (field: string) => ({ ok: false, error: { code: 'STORE_UNTRUSTED', detail: { field } } })
const refused = (field: string) => ({ ok: false, error: { code: 'STORE_REFUSED', detail: { field } } })
const unreachable = { ok: false, error: { code: 'STORE_UNREACHABLE' } }

/** Adds a visit and does not end before it is told to. */
function held() {
  const { promise: isIn, resolve: enter } = Promise.withResolvers<void>()
  function* work(): Work<void> {
    yield* works.addVisit.run(visit(1))
    enter()
    for (;;) yield* works.newest.all('2026-11-23')
  }
  return { isIn, work: work() }
}

describe.skipIf(!hasPostgres())('who is believed', () => {
  fault('server', 'The server is another one than the settings trust', {
    seen: 'STORE_UNTRUSTED',
    detail: { field: 'certificate' },
    data: 'Neither password nor patients go to it.',
    recovery: 'Whoever looks after the server mends its certificate.',
  })
  test('a server of another CA is none', async () => {
    const now = Date.now()
    const other = await newAuthority('CN=A hospital', p256, new Date(now - 60_000), new Date(now + 86_400_000))
    expect(await tryServer({ ...newSite(postgres()), ca: other.certificate })).toEqual(untrusted('certificate'))
  })

  test('a server of another name is none', async () => {
    const { host, port } = await openLine(postgres(), { from: '127.0.0.2', to: 'tcp' })
    expect(await tryServer({ ...newSite(postgres()), host, port })).toEqual(untrusted('certificate'))
  })

  fault('tls', 'The hospital’s server does not encrypt', {
    seen: 'STORE_UNTRUSTED',
    detail: { field: 'tls' },
    data: 'Neither password nor patients go to it.',
    recovery: 'Whoever looks after the server switches its encryption on.',
  })
  test('a server that does not encrypt is none', async () => {
    // What answers behind it is a socket, on which PostgreSQL never does.
    const { host, port } = await openLine(postgres(), { from: '127.0.0.1', to: 'socket' })
    expect(await tryServer({ ...newSite(postgres()), host, port })).toEqual(untrusted('tls'))
  })

  fault('server', 'The server asks for the password as it is', {
    seen: 'STORE_UNTRUSTED',
    detail: { field: 'password' },
    data: 'The password is not told.',
    recovery: 'Whoever looks after the server sets the way of its passwords.',
  })
  test.each(Object.entries(askedWrongly))('a server that asks for the password by %s is none', async (_, user) => {
    expect(await tryServer({ ...newSite(postgres()), user })).toEqual(untrusted('password'))
  })

  fault('server', 'The server refuses the desk’s user, password or rights', {
    seen: 'STORE_REFUSED',
    detail: { field: 'user' },
    data: 'Nothing is begun.',
    recovery: 'What is to be looked at stands in the message.',
  })
  test('what the server refuses is told by what is to be looked at', async () => {
    const site = newSite(postgres())
    expect(await tryServer({ ...site, password: 'another' })).toEqual(refused('user'))
    expect(await tryServer({ ...site, database: 'another' })).toEqual(refused('database'))
    const administrator = await administratorOf(postgres())
    await administrator.query(`CREATE ROLE guest LOGIN PASSWORD '${site.password}'`)
    await administrator.end()
    expect(await tryServer({ ...site, user: 'guest' })).toEqual(refused('rights'))
    // Nobody is there.
    expect(await tryServer({ ...site, port: 1 })).toEqual(unreachable)
  })
})

describe.skipIf(!hasPostgres())('one writer at a time in a site', () => {
  test('two desks that look and then write never see the same', async () => {
    const site = newSite(postgres())
    const desks = [await openTestServer(site), await openTestServer(site)]
    const given = await Promise.all(
      desks.flatMap((desk) => Array.from({ length: 15 }, () => desk.runWriting(addNext()))),
    )
    expect(given.map(must).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  })

  test('who only reads waits for nobody, and sees one state', async () => {
    const site = newSite(postgres())
    const [writer, reader] = [await openTestServer(site), await openTestServer(site)]
    must(await writer.runWriting(addNext()))
    function* twice(): Work<readonly number[]> {
      const before = (yield* works.visits.all()).length
      writing = writer.runWriting(addNext())
      yield* works.setting.all('server_version')
      return [before, (yield* works.visits.all()).length]
    }
    let writing: Promise<unknown> = Promise.resolve()
    expect(await reader.runReading(twice())).toEqual([1, 1])
    await writing
    expect(await reader.runReading(all())).toHaveLength(2)
  })

  test('a work that breaks off has written nothing, and holds nobody up', async () => {
    const site = newSite(postgres())
    const [one, other] = [await openTestServer(site), await openTestServer(site)]
    function* broken(): Work<void> {
      yield* works.addVisit.run(visit(1))
      throw new Error('a bug')
    }
    await expect(one.runWriting(broken())).rejects.toThrow('a bug')
    function* refusedByServer(): Work<void> {
      yield* works.addVisit.run(visit(1))
      yield* works.addVisit.run(visit(1))
    }
    await expect(one.runWriting(refusedByServer())).rejects.toThrow('duplicate key')
    expect(must(await other.runWriting(addNext()))).toBe(1)
    expect(must(await one.runWriting(addNext()))).toBe(2)
  })

  test('what nobody waited for and failed has undone all of it, before and behind it', async () => {
    const server = await openTestServer(newSite(postgres()))
    function* twice(): Work<void> {
      yield* works.addVisit.tell(visit(1))
      yield* works.addVisit.tell({ ...visit(2), id: 'visit 1' })
      yield* works.addVisit.tell(visit(3))
    }
    function* andLooks(): Work<void> {
      yield* twice()
      yield* works.visits.all()
    }
    await expect(server.runWriting(twice())).rejects.toThrow('duplicate key')
    await expect(server.runWriting(andLooks())).rejects.toThrow('duplicate key')
    await expect(server.runBeside(twice())).rejects.toThrow('duplicate key')
    expect(await server.runReading(all())).toEqual([])
    expect(must(await server.runWriting(addNext()))).toBe(1)
  })

  test('also where what is asked behind it has to be learned first', async () => {
    const server = await openTestServer(newSite(postgres()))
    function* thenAsks(): Work<void> {
      yield* works.addVisit.tell(visit(1))
      yield* works.addVisit.tell({ ...visit(2), id: 'visit 1' })
      yield* statement('SELECT 1 AS not_known_before').all()
    }
    await expect(server.runWriting(thenAsks())).rejects.toThrow('duplicate key')
  })

  test('of what is only told a hundred are under way, and no more', async () => {
    const site = newSite(postgres())
    const server = await openTestServer(site)
    must(await server.runWriting(works.addVisit.run(visit(1))))
    const administrator = await administratorOf(postgres())
    onTestFinished(() => administrator.end())
    await administrator.query(`BEGIN; UPDATE "${schemaOf(site)}".visits SET note = NULL`)
    let told = 0
    function* many(): Work<void> {
      for (; told < 1000; told++) yield* works.noteVisit.tell(visit(1))
    }
    const writing = server.runBeside(many())
    await eventually('as many are told as may be', () => told >= 99)
    // Answered on another connection, and the first of those is not.
    await server.runReading(works.setting.all('server_version'))
    expect(told).toBe(99)
    await administrator.query('COMMIT')
    must(await writing)
    expect(told).toBe(1000)
  })

  test('a desk that is silent in a transaction lets go of the site after five seconds', async () => {
    const server = await openTestServer(newSite(postgres()))
    function* limit(): Work<unknown> {
      return yield* works.setting.all('idle_in_transaction_session_timeout')
    }
    expect(must(await server.runWriting(limit()))).toEqual([{ value: '5s' }])
  })

  test('what is written is on the disk, also where the database would say so before', async () => {
    const site = newSite(postgres())
    const administrator = await administratorOf(postgres())
    await administrator.query(`CREATE ROLE lazy LOGIN PASSWORD '${site.password}'`)
    await administrator.query(`GRANT CREATE ON DATABASE ${site.database} TO lazy`)
    await administrator.query('ALTER ROLE lazy SET synchronous_commit TO off')
    await administrator.end()
    const server = await openTestServer({ ...site, user: 'lazy' })
    function* durability(): Work<unknown> {
      return yield* works.setting.all('synchronous_commit')
    }
    expect(must(await server.runWriting(durability()))).toEqual([{ value: 'on' }])
    expect(await server.runReading(durability())).toEqual([{ value: 'off' }])
  })

  test('also where the database was set so while the desk ran', async () => {
    const site = newSite(postgres())
    const administrator = await administratorOf(postgres())
    await administrator.query(`CREATE ROLE lazy_later LOGIN PASSWORD '${site.password}'`)
    await administrator.query(`GRANT CREATE ON DATABASE ${site.database} TO lazy_later`)
    const server = await openTestServer({ ...site, user: 'lazy_later' })
    await administrator.query('ALTER ROLE lazy_later SET synchronous_commit TO off')
    await administrator.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'lazy_later'")
    await administrator.end()
    function* durability(): Work<unknown> {
      return yield* works.setting.all('synchronous_commit')
    }
    await eventually('it works on another connection', async () => {
      const read = await server.runReading(durability()).catch(() => null)
      return JSON.stringify(read) === '[{"value":"off"}]'
    })
    expect(must(await server.runWriting(durability()))).toEqual([{ value: 'on' }])
  })

  test('what is read so that it is kept is asked for where it was read', async () => {
    let isCut = false
    const { host } = await openLine(postgres(), {
      from: 'socket',
      to: 'socket',
      cutsBefore(data) {
        if (!isReading || isCut || !data.includes('COMMIT')) return false
        isCut = true
        return true
      },
    })
    let isReading = false
    const server = await openTestServer({ ...newSite(postgres()), host })
    isReading = true
    await expect(server.runReadingKept(all())).rejects.toThrow(Refusal)
    expect(await server.runReadingKept(all())).toEqual([])
  })

  fault('server', 'The line to the server is cut in the middle of a transaction', {
    seen: 'STORE_UNREACHABLE',
    data: 'Nothing of it was written, and nobody else is held up.',
    recovery: 'It is done again once the line is back.',
  })
  test.each(['cut', 'freeze'] as const)('a desk that goes in the middle (%s) has written nothing', async (how) => {
    const site = newSite(postgres())
    const line = await openLine(postgres(), { from: '127.0.0.1', to: 'tcp' })
    const other = await openTestServer(site)
    const gone = must(await tryServer({ ...site, ...line }, { silentMs: 300 }))
    const { isIn, work } = held()
    const writing = gone.runWriting(work)
    await isIn
    line[how]()
    expect(must(await other.runWriting(addNext()))).toBe(1)
    line.cut()
    expect(await writing).toEqual(unreachable)
    await gone.close()
  })

  fault('server', 'The server is started anew while nobody works', {
    seen: 'nothing',
    class: 'transient',
    data: 'Nothing is lost.',
    recovery: 'The next work is done on a new connection.',
  })
  test('connections that were cut while nobody used them cost no work', async () => {
    const site = newSite(postgres())
    const administrator = await administratorOf(postgres())
    // A user of its own: other tests use the same server at the same time.
    await administrator.query(`CREATE ROLE cut_off LOGIN PASSWORD '${site.password}'`)
    await administrator.query(`GRANT CREATE ON DATABASE ${site.database} TO cut_off`)
    const server = await openTestServer({ ...site, user: 'cut_off' })
    await Promise.all([server.runReading(all()), server.runReading(all()), server.runWriting(addNext())])
    const { rowCount } = await administrator.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cut_off' AND state = 'idle'",
    )
    expect(rowCount).toBeGreaterThan(1)
    await administrator.end()
    expect(must(await server.runWriting(addNext()))).toBe(2)
  })
})

describe.skipIf(!hasPostgres())('a line that breaks in the commit', () => {
  const isCommit = (data: Buffer) => data.includes('INTO writers')
  const once = () => {
    let isOver = false
    return (data: Buffer) => {
      if (isOver || !isCommit(data)) return false
      isOver = true
      return true
    }
  }
  /** Over a socket, so that the line can see what goes over it. */
  const over = async (options: Partial<Parameters<typeof openLine>[1]>, site: ServerAccess) => {
    const line = await openLine(postgres(), { from: 'socket', to: 'socket', ...options })
    return { line, server: await openTestServer({ ...site, host: line.host }) }
  }

  test('before it arrives: nothing was written, and that is said', async () => {
    const { server } = await over({ cutsBefore: once() }, newSite(postgres()))
    expect(await server.runWriting(addNext())).toEqual(unreachable)
    expect(await server.runReading(all())).toEqual([])
  })

  test('after it has arrived: it was written, and that is said', async () => {
    const { server } = await over({ cutsAfter: once() }, newSite(postgres()))
    expect(must(await server.runWriting(addNext()))).toBe(1)
    expect(await server.runReading(all())).toHaveLength(1)
  })

  fault('server', 'The line breaks in the very moment of the commit, and stays broken', {
    seen: 'STORE_COMMIT_UNKNOWN',
    data: 'It was written whole or not at all; nobody knows yet.',
    recovery: 'The list is looked at, and it is done again only if it is not there.',
  })
  test('and stays broken: nobody knows, and that is said', async () => {
    const site = newSite(postgres())
    let close = () => {}
    const { server, line } = await over(
      {
        cutsAfter: (data) => {
          if (!isCommit(data)) return false
          close()
          return true
        },
      },
      site,
    )
    close = line.close
    expect(await server.runWriting(addNext())).toEqual({ ok: false, error: { code: 'STORE_COMMIT_UNKNOWN' } })
  })
})

test.skipIf(!hasPostgres() || !hasPooler())(
  'behind PgBouncer every transaction may be on another connection',
  async () => {
    const site = { ...newSite(postgres()), ...(await startPooler(postgres())) }
    const desks = await Promise.all([openTestServer(site), openTestServer(site), openTestServer(site)])
    const works = desks.flatMap((desk) =>
      Array.from({ length: 10 }, async () => {
        const given = must(await desk.runWriting(addNext()))
        expect((await desk.runReading(all())).length).toBeGreaterThanOrEqual(given)
        return given
      }),
    )
    expect((await Promise.all(works)).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
  },
)
