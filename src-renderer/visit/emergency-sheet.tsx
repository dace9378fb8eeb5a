// For the time when nothing can be asked: a sheet to write the person down on, so that the visit can be completed later.
// It exists on paper only. What we know is printed on it, the rest has its line.
import { useCallback } from 'react'
import type { VisitView } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import { sexText } from '../../src-main/words/states.ts'
import { birthDate, clinicTime, eraDate } from '../format.ts'
import { Action } from '../parts/action.tsx'
import styles from './emergency-sheet.module.css'

export function EmergencySheet({ visit }: { readonly visit: VisitView }) {
  const { patient, holder } = visit
  const person = patient ?? holder
  const print = useCallback(() => window.print(), [])
  const rows: readonly (readonly [string, string])[] = [
    [screen.sheet.name, person?.name ?? ''],
    [screen.sheet.kana, patient?.nameKana ?? ''],
    [screen.sheet.birthDate, person ? birthDate(person.birthDate) : ''],
    [screen.sheet.sex, person ? sexText[person.sex] : ''],
    [screen.sheet.address, holder?.address ?? ''],
    [screen.sheet.phone, ''],
    [screen.sheet.certificate, ''],
  ]
  return (
    <>
      <Action onPress={print}>{screen.sheet.print}</Action>
      <section className={styles.sheet} aria-hidden="true">
        <h2>{screen.sheet.title}</h2>
        <p>
          {screen.number(visit.number)}　{eraDate(visit.day)} {clinicTime(visit.startedAt)}
        </p>
        <table>
          <tbody>
            {rows.map(([label, text]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>{screen.sheet.later}</p>
      </section>
    </>
  )
}
