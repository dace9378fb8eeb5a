// The self-test (自己診断): what it looks at, in the order in which one thing stands on another, and what it finds. No patient
// data are in it: it may be printed, and read out on the telephone.
import { z } from 'zod'
import { dateSchema, momentSchema } from '../eligibility/model.ts'
import { failureSchema } from '../ground/failures.ts'

/** Causes before what they cause. */
export const checkNames = [
  'version',
  'settings',
  'disk',
  'server',
  'serverCertificate',
  'serverTables',
  'serverRights',
  'serverSafety',
  'serverClock',
  'serverWay',
  'serverRoom',
  'key',
  'database',
  'audit',
  'readerService',
  'readers',
  'card',
  'hubFiles',
  'hubCertificate',
  'hubName',
  'hubLine',
  'hubTls',
  'hubAnswer',
  'clock',
  'terminalFolders',
  'terminalApplication',
  'terminalFiles',
  'terminalDesks',
  'destination',
  'masters',
] as const
const checkNameSchema = z.enum(checkNames)
export type CheckName = z.infer<typeof checkNameSchema>

const count = z.number().int().min(0)

/**
 * What a check has found, each with what its sentence needs; `failure`: one of the house's own, with its own sentence. Names
 * of devices and hosts are as the system and the settings have them.
 */
const findingSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('failure'), failure: failureSchema }),
  z.object({ code: z.literal('version'), version: z.string(), node: z.string() }),
  z.object({
    code: z.literal('settingsRead'),
    mode: z.enum(['training', 'live']),
    isFile: z.boolean(),
    /** What was set since the last start and does not count before the next one, by its title. */
    nextStart: z.array(z.string()),
  }),
  z.object({ code: z.literal('settingsFallback'), failure: failureSchema }),
  z.object({ code: z.literal('diskRoom'), megabytes: count }),
  z.object({ code: z.literal('diskLow'), megabytes: count }),
  z.object({ code: z.literal('serverAnswers'), release: count }),
  z.object({ code: z.literal('serverTooOld'), release: count, oldest: count }),
  z.object({ code: z.literal('serverEncoding') }),
  z.object({ code: z.literal('serverIsStandby') }),
  z.object({ code: z.literal('serverOnThisComputer') }),
  z.object({ code: z.literal('serverCertificateLasts'), day: dateSchema, days: count }),
  z.object({ code: z.literal('serverCertificateEndsSoon'), day: dateSchema, days: count }),
  z.object({ code: z.literal('serverTablesNone') }),
  z.object({ code: z.literal('serverTablesFit'), applied: count }),
  z.object({ code: z.literal('serverTablesNewer'), applied: count, known: count }),
  z.object({ code: z.literal('serverTablesOlder'), applied: count, known: count, mayChange: z.boolean() }),
  z.object({ code: z.literal('serverRightsOwner') }),
  z.object({ code: z.literal('serverRightsDesk') }),
  /** `isMissing`: there are no tables of the site, and it may not make them. */
  z.object({ code: z.literal('serverRightsLacking'), isMissing: z.boolean() }),
  z.object({ code: z.literal('serverDoubled') }),
  /** `isLazy`: it says that something is committed before that is on the disk, unless it is asked otherwise. */
  z.object({ code: z.literal('serverAlone'), isLazy: z.boolean() }),
  z.object({ code: z.literal('serverClockRight'), seconds: count }),
  z.object({ code: z.literal('serverClockOff'), seconds: count, isBehind: z.boolean() }),
  z.object({ code: z.literal('serverHeard'), isPooled: z.boolean() }),
  z.object({ code: z.literal('serverPooled') }),
  z.object({ code: z.literal('serverNotHeard') }),
  z.object({ code: z.literal('serverRoom'), used: count, most: count }),
  z.object({ code: z.literal('serverFull'), used: count, most: count }),
  z.object({ code: z.literal('keyThere') }),
  z.object({ code: z.literal('nothingStored') }),
  z.object({ code: z.literal('storeWhole') }),
  z.object({ code: z.literal('storeInUse') }),
  z.object({ code: z.literal('storeUnmerged') }),
  z.object({ code: z.literal('auditWhole') }),
  z.object({ code: z.literal('auditBroken') }),
  z.object({ code: z.literal('serviceUp') }),
  z.object({ code: z.literal('serviceDown'), platform: z.enum(['win32', 'darwin', 'other']) }),
  z.object({ code: z.literal('serviceMissing') }),
  z.object({ code: z.literal('virtualReader') }),
  z.object({ code: z.literal('readersFound'), names: z.array(z.string()) }),
  z.object({ code: z.literal('noReader') }),
  /** A device in a USB port that looks like a reader, and that the smart card service does not know. */
  z.object({ code: z.literal('readerWithoutDriver'), name: z.string() }),
  z.object({ code: z.literal('readerFaulty'), name: z.string() }),
  z.object({ code: z.literal('chosenReaderAway'), name: z.string() }),
  z.object({ code: z.literal('cardRead') }),
  z.object({ code: z.literal('noCard') }),
  z.object({ code: z.literal('cardIsPatients') }),
  z.object({ code: z.literal('hubNotAsked') }),
  z.object({ code: z.literal('hubFilesRead') }),
  z.object({ code: z.literal('hubFileMissing'), field: z.string() }),
  z.object({ code: z.literal('hubIdentityUnusable') }),
  z.object({ code: z.literal('certificateLasts'), day: dateSchema, days: count }),
  z.object({ code: z.literal('certificateEndsSoon'), day: dateSchema, days: count }),
  z.object({ code: z.literal('certificateEnded'), day: dateSchema }),
  z.object({ code: z.literal('certificateNotYet'), day: dateSchema }),
  z.object({ code: z.literal('networkOff') }),
  z.object({ code: z.literal('nameKnown'), host: z.string() }),
  z.object({ code: z.literal('nameUnknown'), host: z.string(), isProxy: z.boolean() }),
  z.object({ code: z.literal('hubReached') }),
  z.object({ code: z.literal('tlsAgreed') }),
  z.object({ code: z.literal('hubAnswers') }),
  z.object({ code: z.literal('hubUnreachable'), host: z.string() }),
  z.object({ code: z.literal('hubSilent') }),
  z.object({ code: z.literal('hubTroubled') }),
  z.object({ code: z.literal('hubAddressWrong') }),
  z.object({ code: z.literal('hubUntrusted'), why: z.enum(['date', 'name', 'ca', 'unknown']) }),
  z.object({ code: z.literal('hubRefusesClinic') }),
  z.object({ code: z.literal('proxyRefuses') }),
  z.object({ code: z.literal('clockRight'), seconds: count }),
  z.object({ code: z.literal('clockOff'), minutes: count, isBehind: z.boolean() }),
  z.object({ code: z.literal('clockUntold') }),
  z.object({ code: z.literal('noTerminal') }),
  z.object({ code: z.literal('terminalFoldersThere') }),
  /** It runs on another computer, or its files cannot be read. */
  z.object({ code: z.literal('applicationElsewhere') }),
  /** `version`: digits and points; null: not found in its file. */
  z.object({ code: z.literal('applicationRead'), version: z.string().nullable() }),
  z.object({ code: z.literal('applicationEncrypts'), file: z.enum(['encrypt.conf', 'encrypt_face.conf']) }),
  z.object({ code: z.literal('applicationFaceOff') }),
  z.object({ code: z.literal('terminalFilesTaken') }),
  z.object({ code: z.literal('terminalEncrypted'), folder: z.enum(['face', 'trash', 'res']) }),
  z.object({ code: z.literal('requestsUntaken'), count }),
  z.object({ code: z.literal('answersUnread'), count }),
  z.object({ code: z.literal('desksWatcher'), desk: z.string() }),
  z.object({ code: z.literal('desksNobody') }),
  z.object({ code: z.literal('desksUnkept') }),
  z.object({ code: z.literal('madeAtStart') }),
  z.object({ code: z.literal('noDestination') }),
  z.object({ code: z.literal('destinationOff') }),
  z.object({ code: z.literal('folderTried') }),
  z.object({ code: z.literal('orcaAsked') }),
  z.object({ code: z.literal('masterMissing') }),
  z.object({ code: z.literal('masterFresh'), day: dateSchema }),
  z.object({ code: z.literal('masterOld'), day: dateSchema, days: count }),
  /** It could not be looked at before what it stands on is mended. */
  z.object({ code: z.literal('because'), check: checkNameSchema }),
  /** Whoever was asked does not answer within the time of a check. */
  z.object({ code: z.literal('tooSlow') }),
])
export type Finding = z.infer<typeof findingSchema>

/** `unknown`: nothing can be said; `unused`: there is nothing to look at. */
const checkStateSchema = z.enum(['waiting', 'running', 'ok', 'warning', 'failed', 'unknown', 'unused'])

export const checkLineSchema = z.object({
  check: checkNameSchema,
  /** The destination that it is about; null: there is one of its kind only. */
  of: z.string().nullable(),
  state: checkStateSchema,
  /** null: not yet. */
  finding: findingSchema.nullable(),
})
export type CheckLine = z.infer<typeof checkLineSchema>

export const selfTestViewSchema = z.object({
  isRunning: z.boolean(),
  /** It waits for a card, when its turn comes. */
  isCardAwaited: z.boolean(),
  /** When it was begun; null: not since the start. */
  startedAt: momentSchema.nullable(),
  lines: z.array(checkLineSchema),
})
export type SelfTestView = z.infer<typeof selfTestViewSchema>
