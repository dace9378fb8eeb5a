// Who has written the rows of a site's trail. Whoever has rights at the server can write rows and hash the whole chain anew; they
// cannot sign, because a desk's key never leaves it. A desk signs the last row of each of its transactions, over the chain up to there and over
// how many rows are its own: what somebody puts between them is nobody's. Its public key is a row of the trail, with a proof that only
// the site's key makes. What is no desk's: rows of before desks signed, and those of a desk that had the whole store to itself.
import { z } from 'zod'
import { type DeskKeyRow, deskKeyIn, deskKeyText, shortKey } from '../../ground/desk-key.ts'
import type { SignedBy, TrailProof, Unproved } from '../../ground/trail.ts'
import { type DeskSigning, isSignedBy } from '../signing.ts'
import type { ChainedRow } from './audit-chain.ts'
import type { Keys } from './keys.ts'
import { type auditRow, deskKeyRow } from './rows.ts'
import { sql } from './statements/statements.ts'
import type { Work } from './work.ts'

/** A row as it goes into the trail. */
export interface NumberedRow extends ChainedRow {
  readonly id: number
  readonly hash: string
}

/** `from` to the row itself are one desk's, in one transaction. */
const signedText = ({ id, hash }: Pick<NumberedRow, 'id' | 'hash'>, from: number) =>
  `madoguchi trail\n${from} ${id} ${hash}`

/** The row in which the key stands, how many rows are signed, and the signature. */
const signaturePattern = /^(\d{1,15}) (\d{1,9}) ([\w-]{86})$/

type DeskKeys = Pick<Keys, 'deskKey'>

/** One transaction's rows: each is written when the next one comes, and the last one with the signature. */
export interface SignedRows {
  /** The row by which the desk makes its key known, to be put before its first one; null: the site knows it. */
  registration(at: string): Work<ChainedRow | null>
  add(row: NumberedRow): Work<void>
  /** Nothing comes behind it. */
  end(): Work<void>
  /** It is on the disk. */
  kept(): void
}

export interface TrailSigner {
  begin(): SignedRows
}

/** `signing` null: nothing is signed. `desk`: as the others call it. */
export function createTrailSigner(
  signing: DeskSigning | null,
  keys: DeskKeys,
  desk: { readonly id: string; readonly name: string },
): TrailSigner {
  /** The row that has our key; null: not looked for yet, or not known to be there. */
  let keyRow: number | null = null

  const registrationOf = ({ publicKey }: DeskSigning, at: string): ChainedRow => {
    const named = { publicKey, desk: desk.id, name: desk.name }
    const nothing = { deliveryId: null, code: null, detail: null, staffId: null, desk: null, patient: null }
    const about = deskKeyText({ ...named, proof: keys.deskKey(named) })
    return { ...nothing, at, visitId: '', event: registered, about }
  }
  return {
    begin() {
      let known = keyRow
      let last: NumberedRow | null = null
      let rows = 0
      return {
        *registration(at) {
          if (!signing || known !== null) return null
          const found = z.array(deskKeyRow).parse(yield* sql.deskKeys.all())
          known = found.find((row) => ofDesk(row, keys)?.publicKey === signing.publicKey)?.id ?? null
          return known === null ? registrationOf(signing, at) : null
        },
        *add(row) {
          if (row.event === registered && known === null) known = row.id
          if (last) yield* sql.addAudit.tell({ ...last, signature: null })
          last = row
          rows++
        },
        *end() {
          if (!last) return
          const signed = signing?.sign(signedText(last, last.id - rows + 1))
          yield* sql.addAudit.tell({ ...last, signature: signed ? `${known ?? 0} ${rows} ${signed}` : null })
        },
        kept() {
          keyRow = known
        },
      }
    },
  }
}

const registered = 'deskKeyRegistered'

/** What a row says of a desk's key; null: nobody with the site's key has written that. */
function ofDesk({ about }: { readonly about: string | null }, keys: DeskKeys): DeskKeyRow | null {
  const said = about === null ? null : deskKeyIn(about)
  return said && keys.deskKey(said) === said.proof ? said : null
}

type StoredRow = z.infer<typeof auditRow>

/** What is proved of rows, the oldest first. `acceptedUpTo`: what is before need not be. */
export function trailProof(keys: DeskKeys, acceptedUpTo: number) {
  const known = new Map<number, DeskKeyRow>()
  const desks = new Map<number, SignedBy>()
  const unproved = new Map<string, Unproved>()
  let signedFrom: number | null = null
  /** Behind the last signature; the first of them, and how many. */
  let open: StoredRow[] = []
  /** The store went to a desk that has it to itself: nobody signs there. */
  let isAtDesk = false
  let atDesk = 0

  const doubt = (why: Unproved['why'], desk: string | null, rows: readonly StoredRow[]) => {
    const [first] = rows
    const last = rows.at(-1)
    if (!first || !last || last.id <= acceptedUpTo) return
    const name = `${why} ${desk}`
    const before = unproved.get(name) ?? { why, desk, from: first.id, since: first.at, rows: 0 }
    unproved.set(name, { ...before, to: last.id, rows: before.rows + rows.length })
  }
  /** Rows without a signature, once it is known that none is theirs. */
  const leave = (rows: readonly StoredRow[]) => {
    if (signedFrom === null || rows.length === 0) return
    if (isAtDesk) atDesk += rows.length
    else doubt('unsigned', null, rows)
  }
  const judge = (row: StoredRow, signature: string) => {
    const [, key = '', count = '', signed = ''] = signaturePattern.exec(signature) ?? []
    const rows = Math.max(1, Number(count))
    const covered = open.slice(-rows)
    leave(open.slice(0, -rows))
    open = []
    signedFrom ??= covered[0]?.id ?? row.id
    const desk = known.get(Number(key))
    if (!desk) return doubt('unknown', null, covered)
    const isTheirs = covered.length === rows && isSignedBy(desk.publicKey, signedText(row, row.id - rows + 1), signed)
    if (!isTheirs) return doubt('forged', desk.name, covered)
    isAtDesk = covered.some(({ event }) => event === 'storeMovedToDesk')
    const so = desks.get(Number(key))
    const named = { desk: desk.name, key: shortKey(desk.publicKey), from: so?.from ?? covered[0]?.id ?? row.id }
    desks.set(Number(key), { ...named, to: row.id, until: row.at, rows: (so?.rows ?? 0) + rows })
  }
  return {
    take(row: StoredRow) {
      if (row.event === registered) {
        const desk = ofDesk(row, keys)
        if (desk) known.set(row.id, desk)
      }
      open.push(row)
      if (row.signature !== null) judge(row, row.signature)
      else if (open.length > 2 * mostInOne) leave(open.splice(0, open.length - mostInOne))
    },
    end(): TrailProof {
      leave(open)
      open = []
      return { signedFrom, desks: [...desks.values()], unproved: [...unproved.values()], atDesk }
    },
  }
}

/** Rows that one transaction writes at most. */
const mostInOne = 20_000
