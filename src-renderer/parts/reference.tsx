// The number of an error screen that support finds its lines by. Quiet, never broken across lines: it is read out on the telephone.
import { referenceText } from '../../src-main/words/failures.ts'
import styles from './reference.module.css'

export function Reference({ number }: { readonly number: string | undefined }) {
  return number === undefined ? null : <span className={styles.reference}>{referenceText(number)}</span>
}
