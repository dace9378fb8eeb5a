// What a visit hands over when nothing was to be decided about its answer.
import { handedAsSaid } from '../../src-main/eligibility/handed.ts'
import type { Eligibility } from '../../src-main/eligibility/model.ts'

export const saying = (eligibility: Eligibility) => ({ eligibility, handed: handedAsSaid(eligibility) })
