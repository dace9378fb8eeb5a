// 診察券番号 that no card brings any more: mostly certificates that were renewed or have ended. They are linked again at the
// patient's next visit; here is only what to expect, and what can go.

import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { Act } from '../act.ts'
import { eraDate } from '../format.ts'
import { AskingAction } from '../parts/asking-action.tsx'
import { Page } from '../parts/page.tsx'
import table from '../parts/table.module.css'

type StaleLinks = Extract<Reception['page'], { name: 'staleNumbers' }>['links']

const words = screen.staleNumbers

export function StaleNumbers(props: { readonly links: StaleLinks; readonly act: Act; readonly onBack: () => void }) {
  const { links, act, onBack } = props
  return (
    <Page title={words.title} status={links.length === 0 ? words.none : words.note} onBack={onBack}>
      {links.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{screen.patientNumber.label}</th>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.since}</th>
                <th scope="col">
                  <span className="visually-hidden">{words.remove}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {links.map(({ number, name, since }) => (
                <tr key={number}>
                  <th scope="row">{number}</th>
                  <td>{name ?? words.nameGone}</td>
                  <td>{eraDate(since)}</td>
                  <td>
                    <AskingAction
                      label={`${number} ${words.remove}`}
                      question={words.removes(number)}
                      yes={words.remove}
                      onYes={() => act('removeStaleNumber', { patientNumber: number })}
                    >
                      {words.remove}
                    </AskingAction>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}
