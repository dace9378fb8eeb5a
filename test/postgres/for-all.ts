// One server for all tests that ask for one (vitest.config.ts): made when the first of them is to run, gone after the last one.
import type { TestProject } from 'vitest/node'
import { nameTestServer } from '../site.ts'
import { type PostgresPlace, postgresPrograms, startPostgres } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** null: there is none on this computer, and `npm test` has said so (scripts/system-parts.mjs). */
    postgres: PostgresPlace | null
  }
}

export default async function setUp(project: TestProject) {
  if (!postgresPrograms()) {
    project.provide('postgres', null)
    nameTestServer(null)
    return
  }
  const { kill, start, stop, ...place } = await startPostgres()
  project.provide('postgres', place)
  nameTestServer(place)
  return stop
}
