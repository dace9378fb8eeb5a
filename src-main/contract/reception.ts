// What the desk's screen is told: the whole of it in one place, in the parts that the rooms of the agent give. Both shells
// (Electron IPC, loopback HTTP) carry exactly this, and the page checks it again. What a page may ask for: calls.ts.
import { z } from 'zod'
import { assessedSchema, assessmentSchema, orderSchema } from '../eligibility/assessment.ts'
import { handedSchema } from '../eligibility/handed.ts'
import { sharePercentSchema } from '../eligibility/insurance.ts'
import { dateSchema, momentSchema, patientSchema, sexSchema, shownAnswersSchema } from '../eligibility/model.ts'
import { outsideReasonSchema, registrationContentSchema } from '../eligibility/registrations.ts'
import { historySchema } from '../eligibility/vouchers.ts'
import { failureSchema } from '../ground/failures.ts'
import { settingSchema } from '../ground/setting-change.ts'
import { deliveryStateSchema, registrationStateSchema, visitStateSchema } from '../ground/states.ts'
import { askingSchema, deskOfVisitSchema } from './asking.ts'
import { capPaidSchema } from './cap-sheet.ts'
import { checkedRows } from './checked-rows.ts'
import { destinationFormatSchema } from './destination.ts'
import { kioskSchema } from './kiosk.ts'
import { otherDeskSchema } from './other-desk.ts'
import { pageSchema } from './pages.ts'
import { papersViewSchema } from './papers.ts'
import { signalsSchema } from './signals.ts'
import { siteServerSchema } from './site-server.ts'
import { staffStateSchema } from './staff.ts'
import { terminalQuestionViewSchema } from './terminal-question.ts'
import { terminalReportSchema } from './terminal-report.ts'
import { lessonUnderWaySchema, trainingFaultSchema } from './training.ts'

const visitId = z.uuid()

const deliveryViewSchema = z.object({
  id: z.uuid(),
  destination: z.string(),
  format: destinationFormatSchema,
  state: deliveryStateSchema,
  failure: failureSchema.nullable(),
  /** Absolute path of the file once it has arrived. */
  path: z.string().nullable(),
  /** 公費 that are not in it and that staff have to enter themselves. */
  byHand: z.number().int(),
  updatedAt: momentSchema,
})
export type DeliveryView = z.infer<typeof deliveryViewSchema>

const faceViewSchema = z.object({
  /** PNG images in base64: the photo, and name and address as they are printed. */
  photo: z.base64(),
  nameImage: z.base64(),
  addressImage: z.base64(),
  name: z.string(),
  address: z.string(),
  birthDate: dateSchema,
  sex: sexSchema,
  /** The card's last day. */
  validTo: dateSchema,
})
export type FaceView = z.infer<typeof faceViewSchema>

const registrationViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  action: z.enum(['register', 'correct', 'cancel']),
  /** null for a cancellation. */
  content: registrationContentSchema.nullable(),
  /** Where it was outside its rule: why all the same. */
  reason: outsideReasonSchema.nullable(),
  state: registrationStateSchema,
  failure: failureSchema.nullable(),
  /** It stands as it is: on its way or registered, and nothing later has taken its place. */
  isStanding: z.boolean(),
  /** The dose that follows this one and its first day, as far as rule and records are known. */
  next: z.object({ label: z.string(), earliest: dateSchema }).nullable(),
})
export type RegistrationView = z.infer<typeof registrationViewSchema>

const visitViewSchema = z.object({
  id: visitId,
  /** 受付番号 of the day. */
  number: z.number().int(),
  day: dateSchema,
  state: visitStateSchema,
  reader: z.string(),
  /** Which desk of the site has it, or had it last; null: there is one only. */
  desk: deskOfVisitSchema.nullable(),
  /** This desk is alone, and the visit is one of before: it can be read, and is not changed here. */
  isCopy: z.literal(true).optional(),
  startedAt: momentSchema,
  failure: failureSchema.nullable(),
  patient: patientSchema.nullable(),
  /** 診察券番号: the clinic's own number of the patient, null while it is not known. */
  patientNumber: z.string().nullable(),
  /** How the clinic spells the patient's name where the source has a ●, null while nobody has confirmed it. */
  confirmedName: z.string().nullable(),
  /** The number that an earlier card of this patient brought; staff have to say that it still holds. */
  staleNumber: z.string().nullable(),
  /** Tries the card allows for its PIN while the patient is being identified; 0: locked, only the face is left. */
  pin: z
    .object({
      triesLeft: z.number().int().min(0).max(3),
      /** The last PIN was wrong. */
      wrong: z.boolean(),
    })
    .nullable(),
  /**
   * What holds the visit up and passes by itself (another program has the card), or what it has to do without (the hub:
   * after the PIN the last known answer will be shown), else null.
   */
  hold: failureSchema.nullable(),
  /** The card's certificate, while its visit is at the counter. */
  certificate: z
    .object({
      status: z.enum(['valid', 'endsSoon', 'grace']),
      validTo: dateSchema,
      /** The last day on which the card counts: that of its grace. */
      countsTo: dateSchema,
    })
    .nullable(),
  /** What the chip holds of the card's face, while staff compare it with the person. */
  face: faceViewSchema.nullable(),
  /** Who the card says it belongs to, read for the sheet when the hub could not be asked; kept nowhere. */
  holder: z.object({ name: z.string(), address: z.string(), birthDate: dateSchema, sex: sexSchema }).nullable(),
  /**
   * The answer names somebody else than before, under the same reference or for the same card: staff have to say whether it
   * is the person at the counter before anything of it is shown, stored or handed over.
   */
  doubt: z.object({ by: z.enum(['reference', 'card']), before: patientSchema, now: patientSchema }).nullable(),
  answers: shownAnswersSchema.nullable(),
  /** What the answer means: advice, what has changed, the order on the claim, the name. */
  assessment: assessmentSchema.nullable(),
  /** What the confirmed visit hands over about 医療費助成; null before. What the cards show from then on is this. */
  handed: handedSchema
    .extend({
      /** Per item: what there is to say about it, and since when the source has been saying so. */
      assessed: z.array(assessedSchema),
      /** The order in which the clinic would put them on a claim from now on, `benefit` being the place among the items. */
      next: orderSchema,
    })
    .nullable(),
  /** 負担割合 of the insurance in percent, as the source said it; null where it did not. */
  sharePercent: sharePercentSchema.nullable(),
  /** The day the source was asked about: the visit's, but in rehearsals; null without an answer. */
  asOf: dateSchema.nullable(),
  fetchedAt: momentSchema.nullable(),
  /** The answer came after the visit, without the card; whether it differs from the last one held (null: none was held). */
  askedLater: z.object({ differs: z.boolean().nullable() }).nullable(),
  source: z.enum(['pmh', 'terminal']).nullable(),
  /** What the terminal said besides; null for a visit by card. */
  report: terminalReportSchema.nullable(),
  /** While staff have to say whom a result of the terminal is about: those it may be. */
  candidates: z.array(
    patientSchema.extend({
      patientNumber: z.string().nullable(),
      lastSeen: dateSchema,
      /** Names of the 公費 that the clinic has confirmed of them. */
      certificates: z.array(z.string()),
    }),
  ),
  /** Doses and checkups before; null without an answer, or from a source that has no such thing. */
  history: historySchema.nullable(),
  /** What the clinic registered in this visit. */
  registrations: z.array(registrationViewSchema),
  /** The clinic's own, in a few words; null: none. */
  note: z.string().nullable(),
  deliveries: z.array(deliveryViewSchema),
  /** What the sheets of monthly caps know of its certificates. */
  paid: z.array(capPaidSchema),
})
export type VisitView = z.infer<typeof visitViewSchema>

/** What the list tells of a visit; the rest is told of the one that is looked up. */
const listedVisitSchema = visitViewSchema
  .pick({ id: true, number: true, day: true, state: true, desk: true, isCopy: true, startedAt: true })
  .extend({
    /** The patient's, null before anybody is identified. */
    name: z.string().nullable(),
    nameKana: z.string().nullable(),
    birthDate: dateSchema.nullable(),
    patientNumber: z.string().nullable(),
    /** Which of the person's visits of that day it is: 1, 2, 3 … */
    nth: z.number().int(),
    hasNote: z.boolean(),
    /** A file of it cannot get out: work for a person, whatever its own state says. */
    isHeldUp: z.boolean(),
    /** 公費 that a file of it lacks and that staff have to enter themselves. */
    byHand: z.number().int(),
  })
export type ListedVisit = z.infer<typeof listedVisitSchema>

const readerViewSchema = z.object({
  name: z.string(),
  /** `inUse`: another program holds the card. */
  state: z.enum(['empty', 'card', 'inUse', 'faulty']),
  /** The one chosen for reception; while it is plugged in, cards on others are left alone. */
  isChosen: z.boolean(),
})

const trainingCardSchema = z.object({
  id: z.string(),
  label: z.string(),
  pin: z.string(),
  /** What staff would read from the card in their hand. */
  front: z.object({ birthDate: dateSchema, expiryYear: z.string(), securityCode: z.string() }),
})

const leftFilesSchema = z.object({
  count: z.int(),
  /** When the oldest of them was delivered, and before when all were. */
  since: momentSchema,
  until: momentSchema,
  /** Of the oldest ones. */
  names: z.array(z.string()),
})
export type LeftFilesView = z.infer<typeof leftFilesSchema>

export const receptionSchema = z.object({
  /** Counts up with every change; a screen never shows an older one after a newer one. */
  revision: z.number().int(),
  mode: z.enum(['training', 'live']),
  version: z.string(),
  today: dateSchema,
  readers: z.array(readerViewSchema),
  pinEntry: z.object({
    /** Who types: at the desk's screen, or at the patient's own. */
    side: z.enum(['desk', 'patient']),
    /** The keys stand in another order each time. */
    isShuffled: z.boolean(),
  }),
  /** The screen hides what is on it after so many minutes without a hand on it. */
  hideAfterMin: z.number().positive(),
  /** By which sounds it calls somebody who is not looking. */
  signals: signalsSchema,
  /** The computer is locked: it hides at once, and no card is taken before it is opened again. */
  isLocked: z.boolean(),
  /** Whether anybody has to sign in, and who has. */
  staff: staffStateSchema,
  /** What the papers need that are printed, besides what is on the screen. */
  papers: papersViewSchema,
  /** The line to the hub, and what clinic IT should know in good time. */
  hub: z.object({
    state: z.enum(['unknown', 'up', 'down']),
    since: momentSchema,
    /** The last day of our client certificate, from 60 days before. */
    certificateEndsOn: dateSchema.nullable(),
    /** How many seconds this computer's clock is behind the hub's (negative: ahead), when it matters. */
    clockOffsetS: z.number().int().nullable(),
  }),
  /**
   * This computer's clock is in doubt: a person says that its date is right, or mends it. `off`: the hub tells another time;
   * `ahead`, `behind`: it does not follow from when the agent was used last.
   */
  clockDoubt: z
    .object({
      kind: z.enum(['off', 'ahead', 'behind']),
      now: momentSchema,
      /** The hub's time, or when the agent was used last. */
      other: momentSchema,
      /** Nothing is handed over meanwhile. */
      isHeld: z.boolean(),
    })
    .nullable(),
  /** The folders of the 資格確認端末; null where there are none. */
  terminal: z
    .object({
      /** Whatever keeps results from being read or stored. */
      failures: z.array(failureSchema),
      /** Counted up by whoever changes the mapping; `isAssumed`: benefits are not read outside training. */
      mapping: z.object({ version: z.number().int(), isAssumed: z.boolean() }),
      /** null: this desk takes the results. */
      otherDesk: otherDeskSchema.nullable(),
      /** Results of today that other programs have laid beside those of the face reader: no visits. */
      laidByPrograms: z.number().int(),
      /** Questions by the insurance numbers; null: it is not set up for requests. */
      asking: terminalQuestionViewSchema.nullable(),
    })
    .nullable(),
  /** How it stands with the server that keeps the records of the whole site; null: this desk has them itself. */
  siteServer: siteServerSchema.nullable(),
  /** What clinic IT should know about the settings. */
  settings: z.object({
    /** Why settings.json could not be used at this start, and those of an earlier one are; null: it could. */
    fallback: failureSchema.nullable(),
    /** What else could not be used: the hub's certificate files, a destination. */
    failures: z.array(failureSchema),
    /** What was changed on the screen since this start. */
    changed: z.array(z.object({ setting: settingSchema, at: momentSchema })),
    /** Nothing of a clinic is set yet: the first set-up is offered. */
    mayBeginFirstRun: z.boolean(),
    /** `may`: the clinic is live, and can practise for one start; `next`: with the next; `now`: it does; `none`: it never was live. */
    practice: z.enum(['none', 'may', 'next', 'now']),
  }),
  /** Why no reader can be used at all (PC/SC service missing), else null. */
  readerFailure: failureSchema.nullable(),
  /** The visit at the counter now; null: waiting for a card. */
  current: visitViewSchema.nullable(),
  /**
   * A card on the reader that the counter is not about: `waiting` for the visit there to end, or `left` behind by the
   * last patient.
   */
  otherCard: z.enum(['waiting', 'left']).nullable(),
  /** The kiosk (再来受付機); null: there is none. */
  kiosk: kioskSchema.nullable(),
  /** Between the desks of a site; null: there is one only. */
  asking: askingSchema.nullable(),
  /** A number that was not given to a visit, because somebody else has it: who, as far as they are still known. */
  numberTaken: z.object({ visitId, number: z.string(), holder: patientSchema.nullable() }).nullable(),
  /** Today's visits and earlier ones that wait for a person, newest first. */
  visits: checkedRows(listedVisitSchema),
  /** The visit of the list that is looked up while somebody else, or nobody, is at the counter. */
  shown: visitViewSchema.nullable(),
  /** What the middle of the screen is about. */
  page: pageSchema,
  destinations: z.array(
    z.object({
      id: z.string(),
      format: destinationFormatSchema,
      folder: z.string().nullable(),
      /** Files that nobody has taken for a week, as they lay there when somebody looked last; null: none. */
      left: leftFilesSchema.nullable(),
    }),
  ),
  /** Training mode only: the sample cards that can be laid on the virtual reader. */
  training: z
    .object({
      personas: z.array(trainingCardSchema),
      /** More cards: a case of the trade each. */
      gallery: z.array(trainingCardSchema),
      /** The same for 予防接種 and 健診. */
      voucherGallery: z.array(trainingCardSchema),
      inserted: z.string().nullable(),
      /** The kiosk has a virtual reader of its own: what lies there; null: it has none. */
      atKiosk: z.object({ inserted: z.string().nullable() }).nullable(),
      /** The sandbox terminal plays too: its face reader takes the same cards. */
      hasTerminal: z.boolean(),
      /** The lesson that somebody is at; null: none. */
      lesson: lessonUnderWaySchema.nullable(),
      /** What goes wrong just now, because somebody has switched it so. */
      faults: z.array(trainingFaultSchema),
    })
    .nullable(),
})
export type Reception = z.infer<typeof receptionSchema>
