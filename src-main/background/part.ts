// What works without anybody waiting for it: answers that are owed, doses and checkups on their way to the hub, and
// tomorrow's bookings.
import type { PartWith } from '../contract/part.ts'
import type { News } from '../ground/news.ts'
import { ok } from '../ground/result.ts'
import type { VisitState } from '../ground/states.ts'
import { type BookingsPorts, openBookings } from './bookings/bookings.ts'
import { createOwedAnswers, type OwedAnswersPorts } from './owed-answers.ts'
import { createRegistrationQueue, type RegistrationQueuePorts } from './registrations.ts'

export type BackgroundPartPorts = OwedAnswersPorts &
  RegistrationQueuePorts &
  Omit<BookingsPorts, 'changed'> & {
    readonly news: News
    /** Where a visit may be left without its answer. */
    readonly desk: {
      current(): { readonly visit: { readonly state: VisitState } } | null
      onChange(listener: () => void): () => void
    }
  }

export async function openBackground(ports: BackgroundPartPorts) {
  const { desk, news } = ports
  const owed = createOwedAnswers(ports)
  desk.onChange(() => {
    if (desk.current()?.visit.state === 'offline') owed.wake()
  })
  const registrations = createRegistrationQueue(ports)
  registrations.onChange(news.tell)
  const bookings = await openBookings({ ...ports, changed: news.tell })
  return {
    reloadBookings: bookings.reload,
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
