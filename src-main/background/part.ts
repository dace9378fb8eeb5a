// What works without anybody waiting for it: answers that are owed, doses and checkups on their way to the hub, and
// tomorrow's bookings.
import type { PartWith } from '../contract/part.ts'
import type { News } from '../ground/news.ts'
import { ok } from '../ground/result.ts'
import { type BookingsPorts, openBookings } from './bookings/bookings.ts'
import { createOwedAnswers, type OwedAnswersPorts } from './owed-answers.ts'
import { createRegistrationQueue, type RegistrationQueuePorts } from './registrations.ts'

export type BackgroundPartPorts = OwedAnswersPorts &
  RegistrationQueuePorts &
  Omit<BookingsPorts, 'changed'> & {
    readonly news: News
    /** A visit was left without its answer. */
    readonly onOffline: (listener: () => void) => void
  }

export async function openBackground(ports: BackgroundPartPorts) {
  const { onOffline, news } = ports
  const owed = createOwedAnswers(ports)
  onOffline(owed.wake)
  const registrations = createRegistrationQueue(ports)
  registrations.onChange(news.tell)
  const bookings = await openBookings({ ...ports, changed: news.tell })
  return {
    reloadBookings: bookings.reload,
    follows: { bookings: bookings.follow },
    calls: {
      register: ({ visitId, name, content, reason }) => registrations.register(visitId, name, content, reason),
      changeRegistration: ({ registrationId, content }) => registrations.change(registrationId, content),
      retryRegistration: ({ registrationId }) => registrations.retry(registrationId),
      withdrawRegistration: ({ registrationId }) => registrations.withdraw(registrationId),
      async readBookings({ content }) {
        if (content !== null) return bookings.read(Buffer.from(content, 'base64'))
        bookings.discard()
        return ok(undefined)
      },
      startBookings: ({ columns, day }) => bookings.start(columns, day),
      steerBookings: ({ way }) => bookings[way](),
    },
    pages: { bookings: { view: async () => ({ name: 'bookings', ...bookings.view() }) } },
    async close() {
      await Promise.all([owed.close(), bookings.close(), registrations.close()])
    },
  } satisfies PartWith
}
