// The key that does the same as the button it stands on.
import styles from './key-cap.module.css'

export const KeyCap = ({ children }: { readonly children: string }) => <kbd className={styles.key}>{children}</kbd>
