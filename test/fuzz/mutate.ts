// Inputs changed at random: bytes and pieces of them, words that mean something there, pieces of other inputs, planted names.
import { inEveryEncoding } from './encoded-words.ts'
import { markers, type Target } from './target.ts'

type Random = () => number

const whole = (random: Random, below: number) => Math.floor(random() * below)
const oneOf = <T>(random: Random, all: readonly T[]): T | undefined => all[whole(random, all.length)]

const telling = [0x00, 0x01, 0x0a, 0x20, 0x22, 0x2c, 0x30, 0x39, 0x3c, 0x7f, 0x80, 0x81, 0x82, 0x90, 0xff]
const numbers = ['0', '-1', '1', '00', '99999999', '2147483648', '9007199254740993', '1e999', '0.5', '20260230', '１２']

const replaced = (input: Uint8Array, at: number, gone: number, piece: Uint8Array): Uint8Array =>
  Buffer.concat([input.subarray(0, at), piece, input.subarray(at + gone)])

export interface Mutator {
  /** One input made from another one; `others`: to take pieces from. */
  next(input: Uint8Array, others: readonly Uint8Array[]): Uint8Array
}

export function createMutator(target: Pick<Target, 'words' | 'longest' | 'mutate'>, random: Random): Mutator {
  const words = [...target.words, ...numbers].flatMap(inEveryEncoding)
  const planted = markers.flatMap(inEveryEncoding)

  const changes: readonly ((input: Uint8Array, others: readonly Uint8Array[]) => Uint8Array)[] = [
    (input) => {
      const copy = Uint8Array.from(input)
      const at = whole(random, copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << whole(random, 8))
      return copy
    },
    (input) => {
      const copy = Uint8Array.from(input)
      copy[whole(random, copy.length)] = random() < 0.5 ? (oneOf(random, telling) ?? 0) : whole(random, 256)
      return copy
    },
    (input) => {
      const piece = Uint8Array.from({ length: 1 + whole(random, 8) }, () => whole(random, 256))
      return replaced(input, whole(random, input.length + 1), 0, piece)
    },
    (input) => replaced(input, whole(random, input.length), 1 + whole(random, 16), new Uint8Array()),
    (input) => input.subarray(0, whole(random, input.length + 1)),
    (input) => {
      const from = whole(random, input.length)
      const piece = input.subarray(from, from + 1 + whole(random, 64))
      const times = random() < 0.05 ? 40 : 1
      return replaced(input, whole(random, input.length + 1), 0, Buffer.concat(Array(times).fill(piece)))
    },
    (input, others) => {
      const other = oneOf(random, others) ?? input
      const from = whole(random, other.length)
      const piece = other.subarray(from, from + 1 + whole(random, 200))
      return replaced(input, whole(random, input.length + 1), random() < 0.5 ? piece.length : 0, piece)
    },
    (input) => {
      const word = oneOf(random, words) ?? new Uint8Array()
      return replaced(input, whole(random, input.length + 1), random() < 0.5 ? word.length : 0, word)
    },
    (input) => replaced(input, whole(random, input.length + 1), 0, oneOf(random, planted) ?? new Uint8Array()),
  ]

  return {
    next(input, others) {
      let changed = input
      const count = 1 + whole(random, random() < 0.7 ? 3 : 8)
      for (let done = 0; done < count; done++) {
        const byShape = random() < 0.6 ? (target.mutate?.(changed, random) ?? null) : null
        changed = byShape ?? oneOf(random, changes)?.(changed, others) ?? changed
      }
      return changed.subarray(0, target.longest)
    },
  }
}
