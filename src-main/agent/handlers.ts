// What happens when the screen calls: each call of the contract, checked, to the part of the agent that does it.
import type { z } from 'zod'
import type { Bookings } from '../background/bookings/bookings.ts'
import type { RegistrationQueue } from '../background/registrations.ts'
import type { TrustedTime } from '../background/trusted-time.ts'
import type { Desk } from '../checkin/desk.ts'
import type { createPatientNumbers } from '../checkin/patient-numbers.ts'
import type { TerminalQuestions } from '../checkin/terminal/questions.ts'
import type { TerminalVisits } from '../checkin/terminal/visits.ts'
import { type CallName, calls } from '../contract/calls.ts'
import { stepsOf } from '../eligibility/handed.ts'
import { chosenOrder } from '../eligibility/order.ts'
import { type Clock, clinicMoment } from '../ground/clock.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import type { Outbox } from '../handover/outbox/outbox.ts'
import type { Screen } from '../screen/screen.ts'
import type { DestinationSetup } from '../settings/destination-setup.ts'
import type { ScreenSettings } from '../settings/screen-settings.ts'
import type { NumberLinks } from '../store/numbers.ts'
import type { Visits } from '../store/visits.ts'
import type { TrainingClinic } from '../training/clinic.ts'
import type { LeftFilesWatch } from './left-files.ts'

/** The parts of a running agent that somebody at the screen can set to work. */
export interface Parts {
  readonly desk: Desk
  readonly patientNumbers: ReturnType<typeof createPatientNumbers>
  readonly terminalVisits: TerminalVisits
  /** null: there is no terminal that can be asked. */
  readonly questions: TerminalQuestions | null
  readonly registrations: RegistrationQueue
  readonly bookings: Bookings
  readonly outbox: Outbox
  readonly left: LeftFilesWatch
  readonly setup: DestinationSetup
  readonly screenSettings: ScreenSettings
  readonly screen: Screen
  readonly time: Pick<TrustedTime, 'confirm'>
  readonly store: Pick<Visits, 'noteEnteredByHand'> & Pick<NumberLinks, 'removeStaleNumber'>
  readonly clock: Clock
  /** The training clinic, where cards are laid on its reader; else null. */
  readonly virtualReader: TrainingClinic | null
}

/** The request comes from outside and is checked here. Errors: REQUEST_INVALID with the field, else those of the part. */
type Handler = (request: unknown) => Promise<Result<void>>

const handle =
  <S extends z.ZodType>(schema: S, run: (request: z.infer<S>) => Promise<Result<void>>): Handler =>
  async (request) => {
    const parsed = schema.safeParse(request)
    if (parsed.success) return run(parsed.data)
    return fail('REQUEST_INVALID', { field: String(parsed.error.issues[0]?.path[0] ?? '') })
  }

export function createHandlers(parts: Parts): Readonly<Record<CallName, Handler>> {
  const { desk, terminalVisits, questions, registrations, bookings, outbox, setup, screenSettings, screen } = parts

  /** The visit has changed in the store. */
  const showing = <T>(visitId: string, result: T): T => {
    screen.refresh(visitId)
    return result
  }
  const trainingOnly = async (act: (clinic: TrainingClinic) => Promise<Result<void>>) =>
    parts.virtualReader ? act(parts.virtualReader) : fail('REQUEST_INVALID')

  return {
    reception: handle(calls.reception, async () => ok(undefined)),
    enterPin: handle(calls.enterPin, ({ visitId, pin, lastTry }) => desk.enterPin(visitId, pin, lastTry)),
    readFace: handle(calls.readFace, ({ visitId, lastTry, ...front }) => desk.readFace(visitId, front, lastTry)),
    identifyByTap: handle(calls.identifyByTap, ({ visitId }) => desk.identifyByTap(visitId)),
    confirmFace: handle(calls.confirmFace, ({ visitId, isSame }) => desk.confirmFace(visitId, isSame)),
    confirmPerson: handle(calls.confirmPerson, ({ visitId, isSame }) => desk.confirmPerson(visitId, isSame)),
    decideDifferences: handle(calls.decideDifferences, ({ visitId, decisions }) => desk.decide(visitId, decisions)),
    enteredByHand: handle(calls.enteredByHand, async ({ visitId, isEntered }) =>
      showing(
        visitId,
        await parts.store.noteEnteredByHand(visitId, isEntered, { at: clinicMoment(parts.clock.now()) }),
      ),
    ),
    askAgain: handle(calls.askAgain, ({ visitId }) => desk.askAgain(visitId)),
    orderBenefits: handle(calls.orderBenefits, async ({ visitId, sequence }) => {
      const current = desk.current()
      if (current?.visit.id !== visitId || !current.assessment) return fail('VISIT_NOT_CURRENT')
      const { handed, assessment } = current
      const benefits = (handed?.items ?? assessment.benefits).map(({ benefit }) => benefit)
      const steps = handed ? stepsOf(handed) : assessment.order.steps.map(({ benefit }) => benefit)
      const order = chosenOrder(benefits, steps, sequence)
      if (!order) return fail('REQUEST_INVALID', { field: 'sequence' })
      const saved = await screenSettings.orderOnClaim(order)
      if (saved.ok) desk.reassess()
      return saved
    }),
    approveSubstitute: handle(calls.approveSubstitute, async ({ character, substitute }) => {
      const saved = await screenSettings.approveSubstitute(character, substitute)
      if (saved.ok) desk.reassess()
      return saved
    }),
    readAttributes: handle(calls.readAttributes, ({ visitId, pin, lastTry }) =>
      desk.readAttributes(visitId, pin, lastTry),
    ),
    chooseReader: handle(calls.chooseReader, async ({ reader }) => {
      const saved = await screenSettings.chooseReader(reader)
      if (saved.ok) desk.look()
      return saved
    }),
    cancelVisit: handle(calls.cancelVisit, async ({ visitId }) => {
      const cancelled = await desk.cancel(visitId)
      return cancelled.ok ? cancelled : terminalVisits.cancel(visitId)
    }),
    askTerminal: handle(calls.askTerminal, async ({ query }) => {
      if (!questions) return fail('REQUEST_INVALID')
      questions.ask(query)
      return ok(undefined)
    }),
    dropTerminalQuestion: handle(calls.dropTerminalQuestion, async () => {
      questions?.drop()
      return ok(undefined)
    }),
    choosePatient: handle(calls.choosePatient, ({ visitId, patientRef }) => terminalVisits.choose(visitId, patientRef)),
    register: handle(calls.register, ({ visitId, name, content }) => registrations.register(visitId, name, content)),
    changeRegistration: handle(calls.changeRegistration, ({ registrationId, content }) =>
      registrations.change(registrationId, content),
    ),
    retryRegistration: handle(calls.retryRegistration, ({ registrationId }) => registrations.retry(registrationId)),
    withdrawRegistration: handle(calls.withdrawRegistration, ({ registrationId }) =>
      registrations.withdraw(registrationId),
    ),
    useFaceReader: handle(calls.useFaceReader, ({ persona }) =>
      trainingOnly(async (sample) =>
        (await sample.terminal?.drop(persona)) ? ok(undefined) : fail('REQUEST_INVALID', { field: 'persona' }),
      ),
    ),
    retryVisit: handle(calls.retryVisit, ({ visitId }) => desk.retry(visitId)),
    showVisit: handle(calls.showVisit, async ({ visitId }) => {
      screen.show(visitId)
      return ok(undefined)
    }),
    takeUpVisit: handle(calls.takeUpVisit, ({ visitId }) => desk.takeUp(visitId)),
    closeVisit: handle(calls.closeVisit, ({ visitId }) => desk.close(visitId)),
    linkPatientNumber: handle(calls.linkPatientNumber, async ({ visitId, patientNumber, isMoved }) => {
      const linked = await parts.patientNumbers.link(visitId, patientNumber, isMoved)
      if (linked.ok) questions?.numbered(visitId, patientNumber)
      return showing(visitId, linked)
    }),
    unlinkPatientNumber: handle(calls.unlinkPatientNumber, async ({ visitId }) =>
      showing(visitId, await parts.patientNumbers.unlink(visitId)),
    ),
    removeStaleNumber: handle(calls.removeStaleNumber, ({ patientNumber }) =>
      parts.store.removeStaleNumber(patientNumber),
    ),
    readBookings: handle(calls.readBookings, async ({ content }) => {
      if (content !== null) return bookings.read(Buffer.from(content, 'base64'))
      bookings.discard()
      return ok(undefined)
    }),
    startBookings: handle(calls.startBookings, ({ columns, day }) => bookings.start(columns, day)),
    steerBookings: handle(calls.steerBookings, ({ way }) => bookings[way]()),
    previewDestination: handle(calls.previewDestination, ({ destination, sample }) =>
      setup.preview(destination, sample),
    ),
    saveDestination: handle(calls.saveDestination, ({ destination, replaces }) => setup.save(destination, replaces)),
    removeDestination: handle(calls.removeDestination, ({ destination }) => setup.remove(destination)),
    openPage: handle(calls.openPage, async (asked) => {
      if (asked.page === 'destinations') {
        const opened = await setup.open()
        if (!opened.ok) return opened
        await parts.left.look()
      }
      await screen.turnTo(asked.page)
      return ok(undefined)
    }),
    retryDelivery: handle(calls.retryDelivery, ({ deliveryId }) => outbox.retry(deliveryId)),
    cancelDelivery: handle(calls.cancelDelivery, ({ deliveryId }) => outbox.cancel(deliveryId)),
    removeLeftFiles: handle(calls.removeLeftFiles, ({ destination, until }) => parts.left.remove(destination, until)),
    markDeliveryImported: handle(calls.markDeliveryImported, ({ deliveryId }) => outbox.markImported(deliveryId)),
    confirmClock: handle(calls.confirmClock, ({ today }) => parts.time.confirm(today)),
    insertTrainingCard: handle(calls.insertTrainingCard, async ({ persona }) =>
      trainingOnly((clinic) => clinic.insert(persona)),
    ),
    removeTrainingCard: handle(calls.removeTrainingCard, async () =>
      trainingOnly(async (clinic) => {
        clinic.remove()
        return ok(undefined)
      }),
    ),
  }
}
