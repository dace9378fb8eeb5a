// The card still lies there: said in the largest words beside the number, until it is lifted.
import { Icon } from '../parts/icon.tsx'
import styles from './take-card.module.css'

export function TakeCard({ text }: { readonly text: string }) {
  return (
    <p className={styles.take}>
      <Icon name="card" />
      {text}
    </p>
  )
}
