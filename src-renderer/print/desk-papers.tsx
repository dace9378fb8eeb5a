// What printing needs to know of the desk: whether it is training, the clinic, what was chosen for each paper, and the calls.
import { createContext, type ReactNode, useMemo } from 'react'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'

export interface DeskPapers extends Pick<Reception['papers'], 'clinicName' | 'formats'> {
  readonly isTraining: boolean
  readonly act: Act
}

export const DeskPapersContext = createContext<DeskPapers>({
  clinicName: null,
  formats: {},
  isTraining: false,
  act: () => Promise.resolve(null),
})

export function KnowsPapers(props: {
  readonly reception: Pick<Reception, 'papers' | 'mode'>
  readonly act: Act
  readonly children: ReactNode
}) {
  const { act, children } = props
  const { papers, mode } = props.reception
  const known = useMemo(() => ({ ...papers, isTraining: mode === 'training', act }), [papers, mode, act])
  return <DeskPapersContext value={known}>{children}</DeskPapersContext>
}
