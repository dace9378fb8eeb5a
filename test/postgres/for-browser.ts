// The same for the tests in a browser, where their desks have their store on a server (playwright.config.ts).
import { nameTestServer } from '../site.ts'
import { startPostgres } from './server.ts'

export default async function setUp() {
  const server = await startPostgres()
  nameTestServer(server)
  return server.stop
}
