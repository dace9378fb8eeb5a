// 予防接種 and 健診: the card stands for a paper voucher; this says for which.
import { screen } from '../../src-main/contract/ja.ts'
import type { CheckupVoucher, VaccinationVoucher } from '../../src-main/contract/reception.ts'
import { plainDate } from '../format.ts'
import styles from './voucher-card.module.css'

/** One 接種券 or 受診券 that the card stands for. */
export function VoucherCard({ voucher }: { readonly voucher: VaccinationVoucher | CheckupVoucher }) {
  return (
    <article className={styles.card}>
      <h4 className={styles.name}>{voucher.name}</h4>
      <p>{voucher.municipality}</p>
      <p className={styles.period}>
        {screen.period} {plainDate(voucher.validFrom)} ～ {plainDate(voucher.validTo)}
      </p>
    </article>
  )
}
