// By what the sandbox hub tells persons apart: two opaque handles, one per clinic (`patientReference`), and one for
// municipalities (`linkId`), which stands where the real hub has the 12-digit number.
import { createHash } from 'node:crypto'
import type { Person } from './person.ts'
import { holderOf } from './persona.ts'

const opaque = (...parts: readonly string[]) =>
  createHash('sha256')
    .update(['sandbox', ...parts].join('\n'))
    .digest('base64url')

/** The handle of a person at one clinic: stable, telling nothing. */
export const referenceOf = (clinic: string, person: Person): string => opaque('reference', clinic, holderOf(person))
export const linkOf = (person: Person): string => opaque('link', person.id)
