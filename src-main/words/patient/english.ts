import type { PatientWords } from './sentences.ts'

const tries = (left: number) => (left === 1 ? '1 try left' : `${left} tries left`)

export const english: PatientWords = {
  page: 'Patient screen',
  training: 'Practice screen',
  languages: 'Choose a language',
  readAloud: 'Read aloud',
  lost: { title: 'Please wait a moment', note: 'Our staff will help you.' },
  steps: {
    off: { title: 'This screen is not in use', note: 'Please speak to reception.' },
    cardLeft: { title: 'Please take your card', note: 'Please do not leave it behind.' },
    waiting: { title: 'Place your My Number Card here', note: 'Check-in starts when the card is on the card reader.' },
    reading: { title: 'Reading your card', note: 'Please do not move the card.' },
    working: { title: 'Checking', note: 'Please wait a moment and leave everything as it is.' },
    done: { title: 'Check-in is complete', note: 'Please take your card. Reception will guide you from here.' },
    desk: { title: 'Please speak to reception', note: 'Our staff will help you from here.' },
    pinBlocked: {
      title: 'The PIN cannot be used today',
      note: 'You can still check in. Our staff will help you from here.',
    },
  },
  pin: {
    title: 'Enter your 4-digit PIN',
    note: 'The number you chose when you received your card. After 3 wrong entries in a row it can no longer be used.',
    label: 'PIN (4 digits)',
    progress: (length) => `${length} of 4 digits entered`,
    tries,
    wrong: (left) => `The PIN is not correct. ${tries(left)}.`,
    lastTry: 'This is the last try. If it is wrong, the PIN can no longer be used. If you are not sure, press “Stop”.',
    lastTryConfirm: 'I understand that this is the last try',
    send: 'Confirm',
    sending: 'Checking',
    stop: 'Stop',
    clear: 'Clear',
    back: 'Delete',
    keypad: 'Number keys',
  },
  kiosk: {
    page: 'Self check-in',
    off: { title: 'This machine is not available now', note: 'Please speak to reception.' },
    slip: {
      title: 'You are checked in',
      number: 'Your number',
      time: 'Time',
      waitForNumber: 'We will call this number. Please wait.',
      takeCard: 'Please take your card',
      print: 'Print the number',
      notPrinted: 'The number could not be printed. Please remember it.',
    },
    called: {
      title: 'Please come to reception',
      againTitle: 'Please place your card again',
      notes: {
        again: 'The card was moved before it had been read. You can go on where you were.',
        pin: 'The PIN cannot be used today. Our staff will help you from here.',
        lastTry: 'Our staff will help you with the PIN.',
        certificate:
          'Please check the validity of the card’s electronic certificate. Our staff will help you from here.',
        otherCard: 'This machine cannot use this card. Our staff will help you from here.',
        line: 'This machine cannot check in at the moment. Our staff will help you from here.',
        staff: 'Our staff will help you from here.',
      },
    },
  },
  keyHint: {
    early: 'The screen has just changed. Please look at it and press again.',
    unused: 'What was scanned has not been used.',
  },
}
