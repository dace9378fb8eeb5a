// What a member of staff gives their authenticator, on paper: for whoever is not here when they are enrolled. Whoever holds it
// can sign in as them, and the paper says so.
import type { Enrolment } from '../../../src-main/contract/staff.ts'
import { paperText } from '../../../src-main/words/papers.ts'
import { enrolmentWords as words } from '../../../src-main/words/staff.ts'
import { QrCode } from '../../staff/qr-code.tsx'
import styles from '../../staff/staff-page.module.css'
import type { Paper } from '../paper.ts'

export const enrolmentSheet = ({ name, code, key, link }: Enrolment): Paper => ({
  name: 'enrolment',
  title: paperText.enrolment,
  head: words.person(name),
  blocks: [
    {
      kind: 'facts',
      rows: [
        { label: words.name, value: name },
        { label: words.code, value: code },
      ],
    },
    { kind: 'text', text: words.read },
    { kind: 'drawn', node: <QrCode text={link} label={words.qr} className={styles.paperCode} /> },
    { kind: 'facts', rows: [{ label: words.key, value: words.grouped(key) }] },
    { kind: 'text', text: words.care, look: 'boxed' },
  ],
})
