// A sample patient with their virtual card.
import { createHash } from 'node:crypto'
import type { Sex } from '../../eligibility/model.ts'

export interface Persona {
  /** Stable id, used by `--card` and in the store of card states. */
  readonly id: string
  /** What trainees read on the card picker. */
  readonly label: string
  readonly name: string
  /** Full-width katakana with a full-width space, as the hub answers it. */
  readonly nameKana: string
  readonly birthDate: string
  readonly sex: Sex
  readonly pin: string
  readonly address: string
  /** What stands on the card's face, as printed there; together the digits are 照合番号B. */
  readonly printed: {
    /** Japanese-era year, month and day of birth, YYMMDD. */
    readonly birth: string
    /** 有効期限 of the card: the tenth birthday after it was issued, the fifth for somebody under 18. */
    readonly expiryYear: string
    readonly securityCode: string
  }
  /** PIN tries of a new card; JPKI starts with 3. */
  readonly triesLeft: 0 | 1 | 2 | 3
  /** `endsSoon`: within three months; `grace`: up to three months ago. */
  readonly certificate: 'valid' | 'endsSoon' | 'grace' | 'expired'
}

/**
 * Who a card is for, as a handle that tells nothing: the same for cards of one patient, another one where the patient of an
 * id changes with the day.
 */
export const holderOf = ({ id, birthDate, patient = id }: Pick<Persona, 'id' | 'birthDate'> & { patient?: string }) =>
  createHash('sha256').update(`${patient} ${birthDate}`).digest('base64url')
