// One call to the ORCA at the given address, without a CA of its own; says its code, or ok. Run by trusted-authorities.test.ts.
import { openOrca } from '../../../src-main/handover/orca/connection.ts'
import { password } from './stand-in-orca.ts'

const line = openOrca({
  url: process.argv[2] ?? '',
  pathPrefix: '',
  user: 'madoguchi',
  password,
  ca: null,
  identity: null,
})
const said = await line.call('/api01rv2/patientlst3v2?class=01', 'patientlst3req', { WholeName: 'タカサキ' })
process.stdout.write(said.ok ? 'ok' : said.error.code)
await line.close()
