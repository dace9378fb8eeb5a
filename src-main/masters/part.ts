// The national master of local schemes in the running agent: what was imported counts in every judgement from then on. A file
// comes from the screen in pieces, is looked at as a whole, and counts once a person has seen what it changes.
import type { LocalMasterView } from '../contract/local-master.ts'
import type { PartWith } from '../contract/part.ts'
import type { LocalSchemes } from '../eligibility/local/judge.ts'
import type { Clock } from '../ground/clock.ts'
import type { News } from '../ground/news.ts'
import { type Failure, fail, ok, type Result } from '../ground/result.ts'
import type { LocalMasters } from '../store/local-masters.ts'
import { createLocalSchemeBook } from './book.ts'
import { changesOf, issueDay, takeOver } from './importing.ts'
import { createMasterReader, type MasterReader, type ReadMaster } from './reading.ts'

interface MastersPorts {
  readonly store: LocalMasters
  readonly clock: Clock
  /** Why nothing that carries a date is taken now; null: nothing is in the way. */
  readonly holds: () => Failure | null
  readonly news: News
  /** Patients are invented, and so is the master: what is assumed of its codes holds. */
  readonly training: boolean
  /** What counts until a first one is imported, by number and day; null: nothing is said then. */
  readonly meanwhile: LocalSchemes | null
}

export async function openMasters({ store, clock, holds, news, training, meanwhile }: MastersPorts) {
  const book = createLocalSchemeBook(store, training ? 'assumed' : 'confirmed')
  let [issue] = await store.masterIssues()
  let coming: { readonly reader: MasterReader; next: number } | null = null
  let draft: { readonly read: ReadMaster; readonly changes: NonNullable<LocalMasterView['draft']> } | null = null
  const readAnew = async () => {
    book.forget()
    issue = (await store.masterIssues())[0]
  }
  const putAway = () => {
    coming = null
    draft = null
  }

  async function look(reader: MasterReader, name: string): Promise<Result<void>> {
    const read = reader.end()
    if (!read.ok) return read
    // An issue of a wrong day would stand in the way of all that are older than it.
    const held = holds()
    if (held) return { ok: false, error: held }
    const changes = await changesOf(store, read.value, issueDay(name, clock), training)
    if (!changes.ok) return changes
    draft = { read: read.value, changes: changes.value }
    return ok(undefined)
  }

  return {
    /** What nobody has decided about by then is not kept in memory: it is read again in a moment. */
    dayTurned: putAway,
    /** null: none was imported. */
    localSchemes: (): LocalSchemes | null => (issue ? book : meanwhile),
    calls: {
      async sendMaster({ name, place, content, isLast }) {
        if (place === 0) {
          putAway()
          coming = { reader: createMasterReader(), next: 0 }
        }
        if (coming?.next !== place) return fail('REQUEST_INVALID', { field: 'place' })
        coming.next++
        const { reader } = coming
        const failure = reader.add(Buffer.from(content, 'base64'))
        if (failure || isLast) coming = null
        if (failure) return { ok: false, error: failure }
        return isLast ? look(reader, name) : ok(undefined)
      },
      async takeMaster() {
        if (!draft) return fail('REQUEST_INVALID')
        const taken = await takeOver(store, draft.read, draft.changes.issuedOn, clock)
        if (!taken.ok) return taken
        putAway()
        await readAnew()
        news.tell()
        return ok(undefined)
      },
      async dropMaster() {
        putAway()
        return ok(undefined)
      },
    },
    follows: { masters: readAnew },
    pages: {
      localMaster: {
        view: async () => ({ name: 'localMaster', issue: issue ?? null, draft: draft?.changes ?? null }),
      },
    },
  } satisfies PartWith
}
