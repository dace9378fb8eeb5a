// Whoever comes back from laying files into a folder finds them among the choices of the page: it is read again whenever the
// window is in front again.
import { useEffect } from 'react'
import type { CallRequest } from '../src-main/contract/calls.ts'
import type { Act } from './act.ts'

export function useReadAgain(page: CallRequest<'openPage'>['page'], act: Act, isWanted = true) {
  useEffect(() => {
    if (!isWanted) return
    const readAgain = () => void act('openPage', { page, isAgain: true })
    window.addEventListener('focus', readAgain)
    return () => window.removeEventListener('focus', readAgain)
  }, [page, act, isWanted])
}
