// A visit that can be printed, at the counter or looked up.
import { type ReactNode, use } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { DeskPapersContext } from './desk-papers.tsx'
import { Printable } from './printable.tsx'
import { papersOfVisit } from './visit-papers.ts'

export function PrintableVisit({ visit, children }: { readonly visit: VisitView; readonly children: ReactNode }) {
  return (
    <Printable papers={papersOfVisit(visit, use(DeskPapersContext))} visitId={visit.id}>
      {children}
    </Printable>
  )
}
