// A number in its parts for the eye; selected and copied it is the bare number. Beside another one, the parts that differ are
// marked by a line as well.
import { numberParts } from '../format.ts'
import styles from './grouped-number.module.css'

export function GroupedNumber(props: { readonly number: string; readonly other?: string | null }) {
  const { number, other } = props
  const others = other == null ? null : numberParts(other)
  return (
    <span className={number.length > 12 ? `${styles.number} ${styles.long}` : styles.number}>
      {numberParts(number).map(({ place, text }, index) => {
        const isOther = others !== null && others[index]?.text !== text
        return (
          <span key={place} className={isOther ? styles.differs : undefined}>
            {text}
          </span>
        )
      })}
    </span>
  )
}
