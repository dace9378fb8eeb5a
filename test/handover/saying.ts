// What a visit hands over when nothing was to be decided about its answer.
import type { Eligibility } from '../../src-main/eligibility/model.ts'
import { handedOf } from '../eligibility/samples.ts'

export const saying = (eligibility: Eligibility) => ({ eligibility, handed: handedOf(eligibility) })
