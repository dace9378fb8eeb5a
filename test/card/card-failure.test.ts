// Status codes of the smart card library, as pcsclite and winscard give them, and what is said about them.
import { describe, expect, test } from 'vitest'
import { cardFailure } from '../../native/card-failure.ts'
import { sentence } from '../../src-main/words/failures.ts'

describe('a card that has moved in the middle of a command', () => {
  test.each([
    ['SCARD_W_RESET_CARD', 0x80100068],
    ['SCARD_W_REMOVED_CARD', 0x80100069],
    ['SCARD_E_NOT_TRANSACTED', 0x80100016],
    ['SCARD_E_COMM_DATA_LOST', 0x8010002f],
    ['SCARD_F_COMM_ERROR', 0x80100013],
    ['ERROR_NOT_READY', 21],
    ['ERROR_BAD_COMMAND', 22],
    ['ERROR_CRC', 23],
    ['ERROR_GEN_FAILURE', 31],
    ['ERROR_SEM_TIMEOUT', 121],
    ['ERROR_NO_MEDIA_IN_DRIVE', 1_112],
    ['ERROR_IO_DEVICE', 1_117],
    ['SCARD_W_UNRESPONSIVE_CARD', 0x80100066],
    ['SCARD_W_UNPOWERED_CARD', 0x80100067],
    ['SCARD_W_UNSUPPORTED_CARD', 0x80100065],
  ])('is to be laid again: %s', (_name, result) => {
    expect(sentence({ code: cardFailure(result) }).next).toContain('カードをリーダーに置き直してください')
  })
})

test.each([
  ['SCARD_E_SHARING_VIOLATION', 0x8010000b, 'CARD_BUSY'],
  ['SCARD_E_SERVER_TOO_BUSY', 0x80100031, 'CARD_BUSY'],
  ['ERROR_BUSY', 170, 'CARD_BUSY'],
  ['SCARD_E_NO_SMARTCARD', 0x8010000c, 'CARD_NOT_PRESENT'],
  ['SCARD_E_READER_UNAVAILABLE', 0x80100017, 'READER_UNAVAILABLE'],
  ['SCARD_E_NO_SERVICE', 0x8010001d, 'READER_UNAVAILABLE'],
  ['SCARD_E_SERVICE_STOPPED', 0x8010001e, 'READER_UNAVAILABLE'],
  ['ERROR_INVALID_HANDLE', 6, 'READER_UNAVAILABLE'],
  ['ERROR_DEVICE_NOT_CONNECTED', 1_167, 'READER_UNAVAILABLE'],
])('%s (%i) is %s', (_name, result, code) => {
  expect(cardFailure(result)).toBe(code)
})
