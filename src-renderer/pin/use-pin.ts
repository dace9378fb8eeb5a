// A PIN being typed, at the desk or on the patient's own screen: never sent before it is whole, the last try only after
// it was agreed to. The digits leave in one call and are forgotten here at once.
import { type FormEvent, type RefObject, useState } from 'react'
import type { CallRequest } from '../../src-main/contract/calls.ts'
import { useFreshContent, useScan } from '../keys/guarded-keys.tsx'
import { useEscape } from '../use-escape.ts'
import { pinDigits, pinLength } from './pin-field.tsx'

export interface PinTyping {
  readonly field: RefObject<HTMLInputElement | null>
  readonly pin: string
  readonly isLast: boolean
  readonly isAgreed: boolean
  readonly isSending: boolean
  readonly mayTry: boolean
  setPin(pin: string): void
  add(digit: string): void
  back(): void
  clear(): void
  agree(isAgreed: boolean): void
  submit(event: FormEvent): void
}

/** `enter` sends the PIN, `cancel` answers Esc. */
export function usePin(props: {
  readonly visitId: string
  readonly triesLeft: number
  readonly enter: (request: CallRequest<'enterPin'>) => Promise<void>
  readonly cancel: () => void
}): PinTyping {
  const { visitId, triesLeft, enter, cancel } = props
  const [pin, keepPin] = useState('')
  const [isAgreed, setAgreed] = useState(false)
  const [isSending, setSending] = useState(false)
  const field = useFreshContent<HTMLInputElement>()
  const isLast = triesLeft === 1
  const mayTry = pin.length === pinLength && !isSending && (!isLast || isAgreed)

  // What is typed while a PIN is on its way belongs to no PIN.
  const setPin = (text: string) => {
    if (!isSending) keepPin(pinDigits(text))
  }

  // A scanner at the wrong moment would spend a try.
  useScan(() => setPin(''))
  useEscape(cancel)

  return {
    field,
    pin,
    isLast,
    isAgreed,
    isSending,
    mayTry,
    setPin,
    add: (digit) => setPin(pin + digit),
    back: () => setPin(pin.slice(0, -1)),
    clear: () => setPin(''),
    agree: setAgreed,
    async submit(event) {
      event.preventDefault()
      if (!mayTry) return
      setSending(true)
      keepPin('')
      await enter({ visitId, pin, lastTry: isLast && isAgreed })
      setSending(false)
      setAgreed(false)
    },
  }
}
