// Results: what an answer says, whose name and number it is, and what became of the files.
import type { Reception } from '../../src-main/contract/reception.ts'
import { insuranceSchema } from '../../src-main/eligibility/insurance.ts'
import { knownSchemes } from '../../src-main/stand-ins/masters/sample-master.ts'
import { at } from './scene-desk.ts'
import {
  answered,
  benefit,
  child,
  child5,
  csv,
  hardName,
  json,
  localBenefit,
  mother,
  nothing,
  oneParent,
  patient,
  voucher,
} from './scene-parts.ts'

export const resultScenes = {
  result: at(answered),
  noted: at({ ...answered, note: '紙の受給者証を確認済み。お会計は金曜日にまとめて。' }),
  numberKnown: at({ ...answered, patientNumber: '0012345' }),
  numberTaken: {
    ...at(answered),
    numberTaken: {
      visitId: answered.id,
      number: '0012345',
      holder: { ...patient, name: '田中　陽翔', nameKana: 'タナカ　ハルト', birthDate: '2021-02-28', sex: 'male' },
    },
  },
  numberStale: at({ ...answered, staleNumber: '0012345' }),
  answeredLater: at({ ...answered, askedLater: { differs: true } }),
  certificateEnds: at({
    ...answered,
    certificate: { status: 'endsSoon', validTo: '2027-01-12', countsTo: '2027-04-30' },
  }),
  certificateGrace: at({
    ...answered,
    certificate: { status: 'grace', validTo: '2026-10-12', countsTo: '2027-01-31' },
  }),
  delivering: at({
    ...answered,
    state: 'confirmed',
    deliveries: [csv, json].map((delivery) => ({ ...delivery, state: 'queued' as const, path: null })),
  }),
  undisclosed: at({
    ...answered,
    answers: {
      medicalSubsidy: { state: 'present', items: [benefit, localBenefit] },
      vaccination: { state: 'present', items: [voucher] },
      checkup: { state: 'withheld' },
    },
  }),
  vouchers: at(child5),
  vouchersToRegister: at({ ...child5, registrations: [] }),
  vouchersCancelled: at({
    ...child5,
    registrations: child5.registrations.slice(0, 1).flatMap((registration) => [
      { ...registration, isStanding: false },
      {
        ...registration,
        id: '6a1d5b60-5a47-4a2a-9a3c-0a4d1f1f7a14',
        action: 'cancel',
        content: null,
        isStanding: false,
      },
    ]),
  }),
  postpartum: at(mother),
  postpartumToRegister: at({ ...mother, registrations: [] }),
  absent: at({ ...answered, answers: nothing }),
  /** 医療扶助 with the 医療券 of the month, as the 資格確認端末 tells it. */
  medicalTicket: at(
    { ...answered, answers: nothing },
    {
      insurance: insuranceSchema.parse({
        limitCategory: null,
        hasAssistance: true,
        medicalTickets: [
          {
            payerNumber: '12131231',
            recipientNumber: '1234566',
            kind: 'treatment',
            validFrom: '2026-11-01',
            validTo: '2026-11-30',
            month: '2026-11',
            issueNumber: '123',
            selfPayYen: 3_000,
            use: 'combined',
            institution: null,
            isElsewhere: false,
            details: [
              { label: '交付番号', value: '123' },
              { label: '診療別', value: '入院外' },
            ],
          },
        ],
      }),
    },
  ),
  /** One in kind with two conditions, one that is not in the list. */
  localSchemes: at(
    {
      ...answered,
      answers: {
        ...nothing,
        medicalSubsidy: { state: 'present', items: [oneParent, { ...child, payerNumber: '80137110' }] },
      },
    },
    { localSchemes: knownSchemes },
  ),
  hardName: at(hardName),
  numberedName: at({ ...hardName, patientNumber: '0012345' }),
  spelledName: at({ ...hardName, patientNumber: '0012345', confirmedName: '𠮷髙　薫子' }),
  ended: at({
    ...answered,
    answers: {
      ...nothing,
      medicalSubsidy: {
        state: 'ended',
        endedOn: '2026-09-30',
        items: [{ ...benefit, validTo: '2026-09-30' }],
      },
    },
  }),
  offline: at({
    ...answered,
    state: 'offline',
    failure: { code: 'HUB_UNREACHABLE' },
    deliveries: [],
    answers: {
      medicalSubsidy: {
        state: 'unreachable',
        cached: { fetchedAt: '2026-11-02T10:05:00.000+09:00', items: [benefit] },
      },
      vaccination: { state: 'unreachable', cached: { fetchedAt: '2026-11-02T10:05:00.000+09:00', items: [] } },
      checkup: { state: 'unreachable', cached: null },
    },
  }),
  heldUp: at({
    ...answered,
    state: 'confirmed',
    deliveries: [
      {
        ...csv,
        state: 'rejected',
        path: null,
        failure: { code: 'TEXT_NOT_ENCODABLE', detail: { destination: 'csv' } },
      },
      {
        ...json,
        state: 'conflict',
        path: null,
        failure: { code: 'DESTINATION_CONFLICT', detail: { destination: 'json' } },
      },
    ],
  }),
  refused: at({
    ...answered,
    state: 'confirmed',
    deliveries: [
      {
        ...csv,
        state: 'refused',
        path: null,
        failure: { code: 'DESTINATION_REFUSED', detail: { destination: 'csv' } },
      },
      { ...json, failure: { code: 'DESTINATION_NOT_TAKEN', detail: { destination: 'json' } } },
    ],
  }),
  acknowledged: at({
    ...answered,
    state: 'acknowledged',
    deliveries: [
      { ...csv, state: 'acknowledged', path: null },
      { ...json, state: 'cancelled', path: null },
    ],
  }),
} as const satisfies Record<string, Reception>
