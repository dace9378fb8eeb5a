// What a status code of the smart card library means for somebody who works with a card. pcsclite has codes of its own;
// winscard hands on besides what the driver has told Windows (winerror.h): most of all when a card has moved in the middle of
// a command, which is no fault of the reader.
import type { FailureCode } from '../src-main/ground/failures.ts'
import { status } from './pcsclite.ts'

/** The line to the card broke, and nobody has seen it leave: worth another try with the card as it lies. */
const lost: readonly number[] = [
  status.resetCard,
  status.commDataLost,
  // ERROR_BAD_COMMAND, ERROR_CRC, ERROR_GEN_FAILURE, ERROR_SEM_TIMEOUT, ERROR_IO_DEVICE
  ...[22, 23, 31, 121, 1_117],
]
/**
 * notTransacted, commError: what drivers say when it leaves in the middle of a command, before the service has noticed.
 * pcsclite gives the second of them also when the service itself has gone: the host asks it.
 */
const removed: readonly number[] = [
  status.removedCard,
  status.notTransacted,
  status.commError,
  // ERROR_NOT_READY, ERROR_NO_MEDIA_IN_DRIVE
  ...[21, 1_112],
]
const busy: readonly number[] = [
  status.sharingViolation,
  status.serverTooBusy,
  // ERROR_SHARING_VIOLATION, ERROR_BUSY
  ...[32, 170],
]
const unreadable: readonly number[] = [
  status.protocolMismatch,
  status.cardUnsupported,
  status.unsupportedCard,
  status.unresponsiveCard,
  status.unpoweredCard,
]

/** `result`: unsigned, and not `success`. */
export function cardFailure(result: number): FailureCode {
  if (result === status.noSmartCard) return 'CARD_NOT_PRESENT'
  if (removed.includes(result)) return 'CARD_REMOVED'
  if (lost.includes(result)) return 'CARD_RESET'
  if (busy.includes(result)) return 'CARD_BUSY'
  // The service has gone, the reader was pulled out, and whatever else nobody can put right at the counter.
  return unreadable.includes(result) ? 'CARD_RESPONSE_INVALID' : 'READER_UNAVAILABLE'
}
