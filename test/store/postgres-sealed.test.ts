// What the administrator of the database can read: no patient. And what a desk reads back: what it wrote.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../src-main/ground/result.ts'
import { schemaOf } from '../../src-main/store/postgres/access.ts'
import { numbered } from '../../src-main/store/postgres/numbered.ts'
import { createSeal } from '../../src-main/store/postgres/sealing.ts'
import type { Work } from '../../src-main/store/sql/work.ts'
import { administratorOf, newSite } from '../postgres/server.ts'
import { must } from '../support.ts'
import { all, hasPostgres, openTestServer, postgres, siteKey, tryServer, visit, works } from './postgres-server.ts'

const name = '窓口 花子'
const number = '00123456789'

function* writeAll(): Work<void> {
  yield* works.addVisit.run(visit(1, { patient: JSON.stringify({ name, ref: number }), note: name }))
  yield* works.addFile.run({ id: 'visit 1', payload: Buffer.from(`${number},${name}`) })
  yield* works.addVisit.run(visit(2))
  yield* works.noteVisit.run({ id: 'visit 2', note: '' })
}

test('what is put into a statement is found by place or by name, and nowhere in quotes or comments', () => {
  expect(numbered(`SELECT '@a?', "b?", x -- @c?\n, @d /* ? */ FROM t INDEXED BY i WHERE y = @e AND z = @d`)).toEqual({
    text: `SELECT '@a?', "b?", x -- @c?\n, $1 /* ? */ FROM t WHERE y = $2 AND z = $1`,
    parameters: ['d', 'e'],
  })
  expect(numbered('a = ? AND b = ?')).toEqual({ text: 'a = $1 AND b = $2', parameters: [null, null] })
})

test('the same value is sealed otherwise each time, and opens only with its key, at its site, whole', () => {
  const { seal, open } = createSeal(siteKey, 'site')
  const [once, again] = [seal(name), seal(name)]
  expect(Buffer.from(once).equals(again)).toBe(false)
  expect([open(once), open(again), open(seal('')), open(seal(Buffer.of(0, 255)))]).toEqual([
    name,
    name,
    '',
    new Uint8Array([0, 255]),
  ])
  const damaged = new Refusal({ code: 'STORE_DAMAGED' })
  expect(() => createSeal(Buffer.alloc(32), 'site').open(once)).toThrow(damaged)
  expect(() => createSeal(siteKey, 'another').open(once)).toThrow(damaged)
  for (let at = 0; at < once.length; at++) {
    const changed = Uint8Array.from(once)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => open(changed)).toThrow(damaged)
  }
  for (const length of [0, 1, 20, 29, once.length - 1]) expect(() => open(once.slice(0, length))).toThrow(damaged)
})

describe.skipIf(!hasPostgres())('at the server', () => {
  test('a dump of the whole database names nobody', async () => {
    const place = postgres()
    const site = newSite(place)
    const server = await openTestServer(site)
    must(await server.runWriting(writeAll()))
    const dump = execFileSync(
      join(place.bin, 'pg_dump'),
      [
        '-h',
        place.folder,
        '-p',
        String(place.port),
        '-U',
        place.administrator.user,
        '-n',
        schemaOf(site),
        site.database,
      ],
      { env: { ...process.env, PGPASSWORD: place.administrator.password }, encoding: 'utf8' },
    )
    expect(dump).toContain('visit 1')
    for (const secret of [name, number, '花子']) {
      expect(dump).not.toContain(secret)
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'))
      expect(dump).not.toContain(Buffer.from(secret).toString('base64'))
    }
  })

  test('a desk reads what it wrote: texts, bytes, nothing, numbers', async () => {
    const server = await openTestServer(newSite(postgres()))
    must(await server.runWriting(writeAll()))
    expect(await server.runReading(all())).toMatchObject([
      { id: 'visit 1', number: 1, reader: '@reader?', patient: JSON.stringify({ name, ref: number }), note: name },
      { id: 'visit 2', number: 2, patient: null, note: '' },
    ])
    function* file(): Work<unknown> {
      return yield* works.file.all('visit 1')
    }
    expect(await server.runReading(file())).toEqual([{ payload: new Uint8Array(Buffer.from(`${number},${name}`)) }])
  })

  test('texts are ordered by their code points, and what is true is 1, as in SQLite', async () => {
    const server = await openTestServer(newSite(postgres()))
    function* write(): Work<unknown> {
      for (const [index, id] of ['b', 'B', 'あ', 'ア', 'a', '10', '9'].entries()) {
        yield* works.addVisit.run(visit(index + 1, { id }))
      }
      return yield* works.ordered.all('B')
    }
    expect(must(await server.runWriting(write()))).toEqual(
      ['10', '9', 'B', 'a', 'b', 'あ', 'ア'].map((id) => ({ id, is_it: id === 'B' ? 1 : 0 })),
    )
  })

  test('which columns are sealed: every one that says who somebody is or what about them', async () => {
    const site = newSite(postgres())
    await openTestServer(site)
    const administrator = await administratorOf(postgres())
    const { rows } = await administrator.query({
      text: `SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = $1 AND data_type = 'bytea' ORDER BY table_name COLLATE "C", column_name COLLATE "C"`,
      values: [schemaOf(site)],
      rowMode: 'array',
    })
    await administrator.end()
    expect(rows.flat()).toEqual([
      'answers.body',
      'booking_run.requery',
      ...['birth_date', 'findings', 'name_kana', 'patient_number', 'patient_ref'].map((column) => `bookings.${column}`),
      'broken_glass.reason',
      'cap_rows.body',
      'confirmations.body',
      'conflicts.content',
      'deliveries.payload',
      'index_key.key',
      ...['confirmed_name', 'confirmed_of', 'number', 'patient_ref'].map((column) => `patient_numbers.${column}`),
      'records.body',
      'records.handle',
      'site.proof',
      'staff.name',
      'staff.secret',
      ...['confirmed_name', 'note', 'patient', 'patient_number', 'report'].map((column) => `visits.${column}`),
    ])
  })

  test('what a work gives that does not fit is a bug, and does not go out', async () => {
    const server = await openTestServer(newSite(postgres()))
    const one = (values: Record<string, unknown>) =>
      (function* (): Work<unknown> {
        return yield* works.addVisit.run(values)
      })()
    await expect(server.runWriting(one(visit(1, { id: Buffer.from(name) })))).rejects.toThrow('no sealed column')
    await expect(server.runWriting(one(visit(1, { note: 12 })))).rejects.toThrow('a number')
    await expect(server.runWriting(one({ id: 'a', number: 1, patient: null }))).rejects.toThrow('note')
    expect(await server.runReading(all())).toEqual([])
  })

  test('a desk with another key is not let in, and a value of another site says nothing', async () => {
    const [site, other] = [newSite(postgres()), newSite(postgres())]
    const server = await openTestServer(site)
    must(await server.runWriting(writeAll()))
    await openTestServer(other)
    expect(await tryServer(site, { key: Buffer.alloc(32, 8) })).toEqual({
      ok: false,
      error: { code: 'STORE_KEY_WRONG' },
    })
    const administrator = await administratorOf(postgres())
    const foreign = createSeal(siteKey, other.site).seal(name)
    await administrator.query(`UPDATE "${schemaOf(site)}".visits SET note = $1 WHERE id = 'visit 2'`, [foreign])
    await administrator.end()
    await expect(server.runReading(all())).rejects.toThrow(new Refusal({ code: 'STORE_DAMAGED' }))
  })
})
