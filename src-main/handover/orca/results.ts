// ORCA's own result codes (Api_Result) as codes of the house. Two families speak here: the older calls (…v2) with two
// digits, the newer ones with a letter; K codes and W codes are notices beside a success.
import type { FailureCode } from '../../ground/failures.ts'
import { fail, ok, type Result } from '../../ground/result.ts'
import type { OrcaAnswer } from './connection.ts'

/** 00…, W… with a warning, K0 to K9 with a notice. */
export const isDone = (apiResult: string): boolean => /^(?:0+|W[0-9]+|K[0-9])$/.test(apiResult)

/** What means the same at every call. */
const everywhere: Readonly<Partial<Record<string, FailureCode>>> = {
  // 他端末使用中; the same Karte_Uid at work elsewhere.
  90: 'ORCA_BUSY',
  E90: 'ORCA_BUSY',
  E9999: 'ORCA_BUSY',
  E1038: 'ORCA_BUSY',
  // No such patient; a number that is none of this ORCA's.
  10: 'ORCA_PATIENT_NOT_FOUND',
  E10: 'ORCA_PATIENT_NOT_FOUND',
  P1: 'ORCA_PATIENT_NOT_FOUND',
  // ユーザID未登録
  99: 'ORCA_LOGIN_REFUSED',
  8099: 'ORCA_LOGIN_REFUSED',
}

/** `fail`ure of an answer that is no success; `otherwise` is what a code means that says nothing by itself. */
export function refusal(apiResult: string, otherwise: FailureCode) {
  const known = Object.hasOwn(everywhere, apiResult) ? everywhere[apiResult] : undefined
  return fail(known ?? otherwise, { sourceCode: apiResult })
}

/** The answer if it is a success. Errors: as above. */
export const done = (answer: OrcaAnswer, otherwise: FailureCode): Result<OrcaAnswer> =>
  isDone(answer.apiResult) ? ok(answer) : refusal(answer.apiResult, otherwise)
