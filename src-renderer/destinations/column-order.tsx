// Which columns a CSV has and in which order: two lists and four buttons, so that a keyboard gets through 45 columns in a
// few steps.
import { useId, useState } from 'react'
import { z } from 'zod'
import { csvColumns } from '../../src-main/contract/destination.ts'
import { destinationsScreen as words } from '../../src-main/words/destinations.ts'
import { Action } from '../parts/action.tsx'
import styles from './destinations-page.module.css'

const columnsSchema = z.array(z.enum(csvColumns)).catch([...csvColumns])
type Column = (typeof csvColumns)[number]

/** `columns`: as the settings have them; all of them where they have none. */
export function ColumnOrder(props: {
  readonly columns: unknown
  readonly onChange: (columns: readonly Column[]) => void
}) {
  const { onChange } = props
  const chosen = columnsSchema.parse(props.columns)
  const others = csvColumns.filter((column) => !chosen.includes(column))
  const [marked, setMarked] = useState<Column | null>(null)
  const [markedOther, setMarkedOther] = useState<Column | null>(null)
  const place = marked ? chosen.indexOf(marked) : -1
  const id = useId()

  const move = (by: number) => {
    if (!marked) return
    const rest = chosen.filter((column) => column !== marked)
    onChange(rest.toSpliced(place + by, 0, marked))
  }
  const leaveOut = () => {
    onChange(chosen.filter((column) => column !== marked))
    setMarked(chosen[place + 1] ?? chosen[place - 1] ?? null)
  }
  const takeIn = () => {
    const taken = others.find((column) => column === markedOther)
    if (!taken) return
    onChange(chosen.toSpliced(place < 0 ? chosen.length : place + 1, 0, taken))
    setMarkedOther(null)
    setMarked(taken)
  }

  return (
    <fieldset className={styles.columns}>
      <legend>{words.columns}</legend>
      <div>
        <label htmlFor={`${id}chosen`}>{words.chosenColumns}</label>
        <List id={`${id}chosen`} columns={chosen} marked={marked} onMark={setMarked} />
        <div className={styles.moves}>
          <Action isDisabled={place <= 0} onPress={() => move(-1)}>
            {words.up}
          </Action>
          <Action isDisabled={place < 0 || place === chosen.length - 1} onPress={() => move(1)}>
            {words.down}
          </Action>
          <Action isDisabled={place < 0 || chosen.length === 1} onPress={leaveOut}>
            {words.leaveOut}
          </Action>
        </div>
      </div>
      <div>
        <label htmlFor={`${id}others`}>{words.otherColumns}</label>
        <List id={`${id}others`} columns={others} marked={markedOther} onMark={setMarkedOther} />
        <div className={styles.moves}>
          <Action isDisabled={markedOther === null} onPress={takeIn}>
            {words.takeIn}
          </Action>
        </div>
      </div>
    </fieldset>
  )
}

function List(props: {
  readonly id: string
  readonly columns: readonly Column[]
  readonly marked: Column | null
  readonly onMark: (column: Column | null) => void
}) {
  const { id, columns, marked, onMark } = props
  return (
    <select
      id={id}
      className={styles.list}
      size={10}
      value={marked ?? ''}
      onChange={({ target }) => onMark(columns.find((column) => column === target.value) ?? null)}
    >
      {columns.map((column) => (
        <option key={column}>{column}</option>
      ))}
    </select>
  )
}
