// Every figure of the bench, in the order of docs/benchmarks.md: its unit, what it says, what it is held against, and its goal
// where there is one. A figure that is not described here does not compile (measure.ts).

/** How a value has to stand to its goal. */
export type Goal =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  /** At most zero, as far as its range can tell. */
  | { readonly atMost: 0; readonly isSlope: true }

export interface Described {
  readonly unit:
    | '×'
    | 'ms'
    | 's'
    | 'µs'
    | 'bytes'
    | 'MB'
    | '%'
    | 'APDUs'
    | 'tasks'
    | 'transactions'
    | 'requests'
    | 'per second'
  readonly says: string
  /** What it is held against, measured in the same run. */
  readonly against?: string
  readonly goal?: Goal
  /** Its name in the picture that its points are drawn in. */
  readonly drawnAs?: string
}

interface Group {
  readonly title: string
  /** How it is measured. */
  readonly method: string
  readonly figures: Readonly<Record<string, Described>>
}

export const groups = {
  checkIn: {
    title: 'A check-in',
    method:
      'From the card on the reader to the last import file in its folder, without the person: the PIN is there at once. Card and hub are processes of their own.',
    figures: {
      'training.checkInMs': {
        unit: 'ms',
        says: 'in training mode, with the virtual card and the sandbox hub inside the agent',
        goal: { atMost: 150 },
      },
      'pcsc.checkInMs': { unit: 'ms', says: 'through the system’s reader service and a hub on this computer' },
      'pcsc.apdus': { unit: 'APDUs', says: 'commands that the card is sent in it', goal: { atMost: 13 } },
      'pcsc.floor.apdusMs': { unit: 'ms', says: 'the same commands on the bare binding' },
      'pcsc.floor.apduRoundTripMs': { unit: 'ms', says: 'one of them' },
      'pcsc.floor.hubMs': { unit: 'ms', says: 'the same requests on bare undici' },
      'pcsc.floor.filesMs': { unit: 'ms', says: 'the same files written, synced and renamed' },
      'pcsc.floorMs': { unit: 'ms', says: 'the three together' },
      'pcsc.checkInToFloor': {
        unit: '×',
        says: 'the whole check-in over what its parts take done bare',
        against: 'pcsc.floorMs',
        goal: { atMost: 1.5 },
      },
    },
  },
  life: {
    title: 'A check-in as it is in life',
    method:
      'From the reader’s word that a card lies there to the last import file in its folder, the PIN being there at once. The card takes 20 ms for every answer, the line to the hub 20 ms each way, and the connection of the patient before has been closed. The waits are those that were met: every answer of the card, and for each request what was on the line between its going out and its answer; what waits at the same time waits once. The making of a connection does not count as a wait.',
    figures: {
      'life.checkInMs': { unit: 'ms', says: 'the whole check-in' },
      'life.waitsMs': { unit: 'ms', says: 'waiting for card and line' },
      'life.apdus': { unit: 'APDUs', says: 'commands that reached the card' },
      'life.requests': { unit: 'requests', says: 'requests to the hub that a check-in needs' },
      'life.oursMs': { unit: 'ms', says: 'the rest: ours, the reader service’s, the hub’s and the card’s own work' },
      'life.afterAnswerMs': {
        unit: 'ms',
        says: 'of the rest, from the hub’s last answer to the end: judged, stored, and the files durably in their folders',
      },
      'life.checkInToWaits': {
        unit: '×',
        says: 'the whole over its waits',
        against: 'life.waitsMs',
        goal: { atMost: 1.06 },
      },
    },
  },
  card: {
    title: 'The card',
    method:
      'A virtual card in a process of its own on a real pcscd, its driver without the pause that it makes for each APDU. Ours and OpenSC’s tools do the same job in turn: certificate and signature, checked afterwards.',
    figures: {
      'card.apdusShort': { unit: 'APDUs', says: 'a check-in by PIN whose reader takes short commands only' },
      'card.apdusTried': { unit: 'APDUs', says: 'the first with a reader and a kind of card that take long ones' },
      'card.apdusExtended': {
        unit: 'APDUs',
        says: 'every later one with them',
        goal: { atMost: 13 },
      },
      'card.apdusRefused': { unit: 'APDUs', says: 'the first with a card that refuses long ones' },
      'card.apdusAfterRefusal': { unit: 'APDUs', says: 'every later one with it' },
      'card.faceApdusShort': { unit: 'APDUs', says: 'a check-in by face, short commands only' },
      'card.faceApdusExtended': { unit: 'APDUs', says: 'the same with long ones' },
      'card.signature.apdus': { unit: 'APDUs', says: 'ours, counted by the card', goal: { atMost: 18 } },
      'card.signature.openscApdus': { unit: 'APDUs', says: 'OpenSC’s, counted by the card' },
      'card.signature.apdusToOpensc': {
        unit: '×',
        says: 'ours over OpenSC’s',
        against: 'card.signature.openscApdus',
        goal: { atMost: 0.5 },
      },
      'card.signatureMs': { unit: 'ms', says: 'ours, the agent running' },
      'card.signature.openscMs': { unit: 'ms', says: 'OpenSC’s, with the start of its tools' },
      'card.signature.timeToOpensc': {
        unit: '×',
        says: 'ours over OpenSC’s',
        against: 'card.signature.openscMs',
        goal: { atMost: 0.33 },
      },
      'card.identityMs': {
        unit: 'ms',
        says: 'from the reader’s word that a card lies there to the question for the PIN',
      },
      'card.identity.cardMs': { unit: 'ms', says: 'of that, waiting for reader and card' },
      'card.identity.overCardMs': {
        unit: 'ms',
        says: 'of that, ours',
        against: 'card.identity.cardMs',
        goal: { atMost: 20 },
      },
      'card.backToWaitingMs': {
        unit: 'ms',
        says: 'from the start of a new reader service, after a crash or an orderly end, to waiting for a card: the longest of six',
      },
      'slowCard.agentLongestBlockMs': {
        unit: 'ms',
        says: 'longest time in which the agent’s main thread does nothing else, a page being open and every answer of the card taking 20 ms',
      },
      'slowCard.agentUsualBlockMs': { unit: 'ms', says: 'the same, usually' },
      'slowCard.floor.idleLongestBlockMs': {
        unit: 'ms',
        says: 'what the computer does to a process that does nothing',
      },
      'slowCard.pageTasksOver50Ms': {
        unit: 'tasks',
        says: 'pieces of work over 50 ms in the page meanwhile',
        goal: { atMost: 0 },
      },
    },
  },
  hub: {
    title: 'The hub and the terminal',
    method:
      'The sandbox hub over mutual TLS, the sandbox terminal’s folders, both on this computer; our client and bare undici in turn.',
    figures: {
      'hub.requestsMs': { unit: 'ms', says: 'the three requests of a check-in through our client' },
      'hub.floor.requestsMs': { unit: 'ms', says: 'the same three on bare undici' },
      'hub.requestsToFloor': {
        unit: '×',
        says: 'ours over bare undici',
        against: 'hub.floor.requestsMs',
        goal: { atMost: 1.15 },
      },
      'hub.dead.firstCheckInMs': {
        unit: 'ms',
        says: 'card to the last known answer while the hub takes connections and says nothing: the first time',
        goal: { atMost: 2000 },
      },
      'hub.dead.laterCheckInMs': {
        unit: 'ms',
        says: 'the same, once the hub is known to be silent',
        goal: { atMost: 2000 },
      },
      'bookings.seconds': { unit: 's', says: 'asking about 1,000 booked patients' },
      'bookings.shareOfAllowedRate': {
        unit: '×',
        says: 'of the rate that the hub allows',
        against: 'the hub’s limit, 600 persons a minute',
        goal: { atLeast: 0.9 },
      },
      'terminal.fileToResultMs': {
        unit: 'ms',
        says: 'from a complete file of the face reader to its result on the screen',
        against: 'terminal.floor.scanAndStableMs',
        goal: { atMost: 1600 },
      },
      'terminal.fileToResultLongestMs': { unit: 'ms', says: 'the same, the longest' },
      'terminal.floor.scanAndStableMs': { unit: 'ms', says: 'the two waits that are meant' },
      'terminal.200FilesMs': { unit: 'ms', says: '200 files at once until all are shown', goal: { atMost: 5000 } },
      'terminal.agentLongestBlockMs': { unit: 'ms', says: 'longest block of the agent’s main thread meanwhile' },
    },
  },
  judgement: {
    title: 'The judgement and the masters',
    method: 'In one process, without card, hub or screen.',
    figures: {
      'eligibility.evaluationMs': {
        unit: 'ms',
        says: 'a patient with 20 certificates, 30 doses and 10 stored answers, judged',
        goal: { atMost: 1 },
      },
      'masters.importMs': {
        unit: 'ms',
        says: 'the national master of local schemes, imported',
        goal: { atMost: 5000 },
      },
      'masters.importToBareRead': { unit: '×', says: 'the same over reading the file and splitting its lines' },
      'masters.lookupUs': { unit: 'µs', says: 'looking up a number in it that nobody has asked for yet' },
      'masters.lookupP99Us': { unit: 'µs', says: 'the same, 99 of 100', goal: { atMost: 200 } },
      'masters.lookupP99ToAbsent': { unit: '×', says: 'the same over looking for a number that is not there' },
      'masters.agentMemoryMb': { unit: 'MB', says: 'what a running agent needs more with it', goal: { atMost: 30 } },
    },
  },
  handover: {
    title: 'The hand-over',
    method:
      'Files of 2 kB into folders of this computer’s disk, against the bare calls: write, sync, rename, sync of the folder.',
    figures: {
      'handover.fileToFloor': {
        unit: '×',
        says: 'one file through its lane’s own thread over the bare calls; the store’s commits are in neither',
        goal: { atMost: 1.2 },
      },
      'handover.drainedMs': { unit: 'ms', says: '1,000 visits brought to three destinations' },
      'handover.floor.drainedMs': { unit: 'ms', says: 'as many files by the bare calls' },
      'handover.drainedShareOfFloorRate': {
        unit: '×',
        says: 'our rate over that of the bare calls',
        against: 'handover.floor.drainedMs',
        goal: { atLeast: 0.8 },
      },
      'handover.blockedLaneCost': {
        unit: '×',
        says: 'two lanes beside one that is held up, over the two alone',
        goal: { atMost: 1.05 },
      },
    },
  },
  screen: {
    title: 'The screen',
    method:
      'The desk’s page in Chromium, 1280 × 800, with 20 and with 1,000 visits in its list, in turns; from a key, or from a state’s coming, to the end of the frame that shows it.',
    figures: {
      'screen.interactionAt20Ms': {
        unit: 'ms',
        says: 'slowest of a row further, a letter typed, a row that changes: 20 visits',
      },
      'screen.interactionAt1000Ms': { unit: 'ms', says: 'the same: 1,000 visits' },
      'screen.interactionAt1000To20': {
        unit: '×',
        says: 'the worst of the three ratios',
        against: 'the same page with 20 visits',
        goal: { atMost: 1.3 },
      },
      'screen.bytesPerChangeAt20': { unit: 'bytes', says: 'what the page is sent for a row’s change: 20 visits' },
      'screen.bytesPerChangeAt1000': { unit: 'bytes', says: 'the same: 1,000 visits' },
      'screen.bytesPerChangeAt1000To20': {
        unit: '×',
        says: 'the same, 1,000 over 20; the numbers of a longer list have more digits',
      },
      'screen.longTasksAt1000': { unit: 'tasks', says: 'pieces of work over 50 ms with 1,000 visits' },
      'screen.longestTaskAt1000Ms': { unit: 'ms', says: 'the longest of them' },
      'screen.firstPaintAt20Ms': { unit: 'ms', says: 'first paint of a page that is opened: 20 visits' },
      'screen.firstPaintAt1000Ms': { unit: 'ms', says: 'the same: 1,000 visits' },
      'screen.pinShownMs': {
        unit: 'ms',
        says: 'from the state that asks for the PIN to its field on the screen',
        goal: { atMost: 60 },
      },
      'screen.longestTaskMs': { unit: 'ms', says: 'longest piece of work in a check-in', goal: { atMost: 50 } },
      'screen.javascriptGzipBytes': {
        unit: 'bytes',
        says: 'JavaScript before the first sight, compressed',
        goal: { atMost: 204_800 },
      },
      'told.changeBytes': { unit: 'bytes', says: 'one changed row of 1,000, as the page is told' },
      'told.changeBytesAt1000To20': {
        unit: '×',
        says: 'the same over one of 20',
        against: 'a day of 20 visits',
        goal: { atMost: 1 },
      },
      'told.wholeBytes': { unit: 'bytes', says: 'the state of 1,000 visits as a whole' },
      'told.changeToWhole': { unit: '×', says: 'time for the change over time for the whole' },
    },
  },
  store: {
    title: 'The store as it grows',
    method:
      'Encrypted SQLite as shipped, with a thousand to a million stored visits, all open at the same time and asked in turns; what is asked has not been asked before.',
    figures: {
      'store.lookupAt1kUs': { unit: 'µs', says: 'all that is looked up when a card comes: 1,000 visits' },
      'store.lookupAt10kUs': { unit: 'µs', says: 'all that is looked up when a card comes: 10,000 visits' },
      'store.lookupAt100kUs': { unit: 'µs', says: 'all that is looked up when a card comes: 100,000 visits' },
      'store.lookupAt1MUs': { unit: 'µs', says: 'all that is looked up when a card comes: 1,000,000 visits' },
      'store.lookupP99At1kUs': { unit: 'µs', says: 'the same, 99 of 100: 1,000 visits' },
      'store.lookupP99At10kUs': { unit: 'µs', says: 'the same, 99 of 100: 10,000 visits' },
      'store.lookupP99At100kUs': { unit: 'µs', says: 'the same, 99 of 100: 100,000 visits' },
      'store.lookupP99At1MUs': { unit: 'µs', says: 'the same, 99 of 100: 1,000,000 visits' },
      'store.todayAt1kMs': { unit: 'ms', says: 'the list of a day: 1,000 visits' },
      'store.todayAt10kMs': { unit: 'ms', says: 'the list of a day: 10,000 visits' },
      'store.todayAt100kMs': { unit: 'ms', says: 'the list of a day: 100,000 visits' },
      'store.todayAt1MMs': { unit: 'ms', says: 'the list of a day: 1,000,000 visits' },
      'store.writeAt1kUs': { unit: 'µs', says: 'what a check-in writes: 1,000 visits' },
      'store.writeAt10kUs': { unit: 'µs', says: 'what a check-in writes: 10,000 visits' },
      'store.writeAt100kUs': { unit: 'µs', says: 'what a check-in writes: 100,000 visits' },
      'store.writeAt1MUs': { unit: 'µs', says: 'what a check-in writes: 1,000,000 visits' },
      'store.writeP99At1kUs': { unit: 'µs', says: 'the same, 99 of 100: 1,000 visits' },
      'store.writeP99At10kUs': { unit: 'µs', says: 'the same, 99 of 100: 10,000 visits' },
      'store.writeP99At100kUs': { unit: 'µs', says: 'the same, 99 of 100: 100,000 visits' },
      'store.writeP99At1MUs': { unit: 'µs', says: 'the same, 99 of 100: 1,000,000 visits' },
      'store.openAt1kMs': { unit: 'ms', says: 'opening it: 1,000 visits' },
      'store.openAt10kMs': { unit: 'ms', says: 'opening it: 10,000 visits' },
      'store.openAt100kMs': { unit: 'ms', says: 'opening it: 100,000 visits' },
      'store.openAt1MMs': { unit: 'ms', says: 'opening it: 1,000,000 visits' },
      'store.byCard1MTo10k': { unit: '×', says: 'a card’s last answer, 99 of 100: a million visits over 10,000' },
      'store.byPatient1MTo10k': {
        unit: '×',
        says: 'what is known of a patient, 99 of 100: a million visits over 10,000',
      },
      'store.numberOfPatient1MTo10k': {
        unit: '×',
        says: 'a patient’s number, 99 of 100: a million visits over 10,000',
      },
      'store.byNumber1MTo10k': { unit: '×', says: 'whose number it is, 99 of 100: a million visits over 10,000' },
      'store.byName1MTo10k': { unit: '×', says: 'patients of a name, 99 of 100: a million visits over 10,000' },
      'store.nextFile1MTo10k': { unit: '×', says: 'the next files to go out, 99 of 100: a million visits over 10,000' },
      'store.today1MTo10k': { unit: '×', says: 'the list of a day, 99 of 100: a million visits over 10,000' },
      'store.lookup1MTo10k': {
        unit: '×',
        says: 'the worst of these seven',
        against: 'the same store with 10,000 visits',
        goal: { atMost: 1.5 },
      },
      'store.write1MTo10k': { unit: '×', says: 'what a check-in writes, 99 of 100: a million visits over 10,000' },
      'store.bytesPerVisit': { unit: 'bytes', says: 'what a visit takes on the disk' },
      'store.fill1MSeconds': { unit: 's', says: 'storing the million' },
    },
  },
  audit: {
    title: 'The proof of the audit trail',
    method: 'As `madoguchi audit verify` does it, against the bare reading and hashing of the same rows.',
    figures: {
      'audit.verifyPer100kRowsMs': { unit: 'ms', says: 'the proof of 100,000 rows of a desk that signs' },
      'audit.floor.per100kRowsMs': { unit: 'ms', says: 'the same hashes and signatures over the bare rows' },
      'audit.verifyToFloor': { unit: '×', says: 'the proof over its floor', against: 'audit.floor.per100kRowsMs' },
      'audit.unsigned.verifyPer100kRowsMs': { unit: 'ms', says: 'the proof of 100,000 rows of a desk that does not' },
      'audit.unsigned.floor.per100kRowsMs': { unit: 'ms', says: 'the same hashes and signatures over the bare rows' },
      'audit.unsigned.verifyToFloor': {
        unit: '×',
        says: 'the proof over its floor',
        against: 'audit.unsigned.floor.per100kRowsMs',
      },
    },
  },
  hospital: {
    title: 'A hospital',
    method:
      'Fifty desks in five processes on one PostgreSQL that waits for its disk, against one desk on its own SQLite that does so too; both on this computer.',
    figures: {
      'hospital.checkInMs': { unit: 'ms', says: 'what a check-in waits for the store, fifty desks' },
      'hospital.checkInP99Ms': { unit: 'ms', says: 'the same, 99 of 100' },
      'hospital.peer.checkInMs': { unit: 'ms', says: 'one desk on its own database' },
      'hospital.peer.checkInP99Ms': { unit: 'ms', says: 'the same, 99 of 100' },
      'hospital.storeP99To1': {
        unit: '×',
        says: '99 of 100 with fifty desks over one desk',
        against: 'hospital.peer.checkInP99Ms',
        goal: { atMost: 4 },
      },
      'hospital.catchUp10000Ms': {
        unit: 'ms',
        says: 'a desk that was away takes in 10,000 changes',
        goal: { atMost: 2000 },
      },
      'hospital.takeOverMs': {
        unit: 'ms',
        says: 'from `kill -9` of the desk that has a destination to the next file that another brings: the longest of three',
        goal: { atMost: 10_000 },
      },
      'hospital.visitTakenOverMs': {
        unit: 'ms',
        says: 'from `kill -9` of a desk to another desk having its visit: the longest of three',
        goal: { atMost: 10_000 },
      },
      'hospital.awayCopy20000Ms': { unit: 'ms', says: 'a desk’s copy of 20,000 patients, made' },
      'hospital.awayCopyBytes': { unit: 'bytes', says: 'its size' },
      'hospital.awayLookMs': { unit: 'ms', says: 'taking in another desk’s check-in' },
      'hospital.awayMerge200Ms': { unit: 'ms', says: '200 check-ins of a desk alone, brought to the server' },
      'hospital.transactionsPerCheckIn': { unit: 'transactions', says: 'commits on the server for a check-in' },
      'hospital.bytesPerVisit': { unit: 'bytes', says: 'what a visit takes in its tables' },
      'hospital.logBytesPerVisit': { unit: 'bytes', says: 'what it takes in its log' },
    },
  },
  memory: {
    title: 'Memory and idling',
    method:
      'Memory: check-ins in training mode, the hub inside the agent’s process, five sample patients in turn, the desk’s page open in a Chromium that nothing drives; a day of the clinic passes every 200, so that the list of a day is no growth. The reader host does the work of as many on a real pcscd, beside it. What is looked at is what a process has for itself alone (`Private_Dirty`): as it is, for its size; after a garbage collection in all of its threads, for what is kept of a check-in (the reader host cannot be asked for one). The slope is a line through the samples after the first 2,000 (Theil and Sen), its range holds the truth with 95 % certainty. Idling: CPU time of the built product and of its reader host on a real pcscd over 40 s, as the kernel counts it.',
    figures: {
      'memory.agentAt1Mb': { unit: 'MB', says: 'agent, after one check-in' },
      'memory.agentAt1kMb': { unit: 'MB', says: 'agent, after 1,000' },
      'memory.agentAt10kMb': { unit: 'MB', says: 'agent, after 10,000' },
      'memory.agentSlopeBytesPerCheckIn': {
        unit: 'bytes',
        says: 'what the agent keeps of each check-in',
        goal: { atMost: 0, isSlope: true },
        drawnAs: 'agent',
      },
      'memory.agentHeapSlopeBytesPerCheckIn': {
        unit: 'bytes',
        says: 'of that, what JavaScript keeps in its heaps and holds outside of them',
        drawnAs: 'agent, JavaScript',
      },
      'memory.pageAt1Mb': { unit: 'MB', says: 'page, after one check-in' },
      'memory.pageAt1kMb': { unit: 'MB', says: 'page, after 1,000' },
      'memory.pageAt10kMb': { unit: 'MB', says: 'page, after 10,000' },
      'memory.pageSlopeBytesPerCheckIn': {
        unit: 'bytes',
        says: 'what the page’s process keeps of each check-in',
        goal: { atMost: 0, isSlope: true },
        drawnAs: 'page',
      },
      'memory.pageHeapSlopeBytesPerCheckIn': {
        unit: 'bytes',
        says: 'of that, what JavaScript keeps in its heap',
        drawnAs: 'page, JavaScript',
      },
      'memory.readerHostAt1Mb': { unit: 'MB', says: 'reader host, after the first card’s work' },
      'memory.readerHostAt1kMb': { unit: 'MB', says: 'reader host, after 1,000' },
      'memory.readerHostAt10kMb': { unit: 'MB', says: 'reader host, after 10,000' },
      'memory.readerHostSlopeBytesPerCheckIn': {
        unit: 'bytes',
        says: 'what the reader host has more after each',
        goal: { atMost: 0, isSlope: true },
        drawnAs: 'reader host',
      },
      'memory.checkInsPerSecond': { unit: 'per second', says: 'as fast as they were made' },
      'idle.cpuPercent': {
        unit: '%',
        says: 'of one core, agent and reader host together while nobody comes',
        against: 'idle.floor.cpuPercent',
        goal: { atMost: 0.5 },
      },
      'idle.withCardCpuPercent': {
        unit: '%',
        says: 'the same while a card lies there that has had its check-in',
        goal: { atMost: 0.5 },
      },
      'idle.floor.cpuPercent': { unit: '%', says: 'a Node that does nothing' },
    },
  },
  running: {
    title: 'Starting and staying',
    method: 'The built product, as `npm start` runs it the second time.',
    figures: {
      'start.agentReadyMs': {
        unit: 'ms',
        says: 'headless: from the start of the process to the printed address',
        against: 'start.bareNodeMs',
        goal: { atMost: 500 },
      },
      'start.bareNodeMs': { unit: 'ms', says: 'a Node that does nothing, from start to end' },
      'start.firstPaintMs': {
        unit: 'ms',
        says: 'headless: from the start of the process to the first paint of its page, in a Chromium that is open already',
      },
      'start.desktop.firstPaintMs': {
        unit: 'ms',
        says: 'desktop program: from its start to the first paint of its window',
      },
      'start.desktop.readyMs': {
        unit: 'ms',
        says: 'desktop program: from its start to the agent’s first answer to its page',
      },
      'desktop.mainCpuMs': { unit: 'ms', says: 'what the desktop program’s main thread computes during a check-in' },
      'desktop.mainCpuMostMs': { unit: 'ms', says: 'the same, the most', goal: { atMost: 50 } },
      'desktop.mainCpuIdleMs': { unit: 'ms', says: 'the same time without a check-in' },
      'desktop.mainBlockMs': { unit: 'ms', says: 'longest time in which it does nothing else during a check-in' },
      'desktop.mainBlockLongestMs': { unit: 'ms', says: 'the same, the longest' },
      'desktop.mainBlockIdleMs': { unit: 'ms', says: 'the same time without a check-in' },
      'desktop.mainBlockIdleLongestMs': { unit: 'ms', says: 'the same, the longest' },
      'desktop.agentBackMs': {
        unit: 'ms',
        says: 'from a killed agent to the next one feeding the page',
        goal: { atMost: 2000 },
      },
      'desktop.agentBackLongestMs': { unit: 'ms', says: 'the same, the longest' },
    },
  },
} as const satisfies Readonly<Record<string, Group>>

type Groups = typeof groups
export type FigureName = { [G in keyof Groups]: keyof Groups[G]['figures'] }[keyof Groups]

/** All of them, by name. */
export const described: Readonly<Record<string, Described>> = Object.assign(
  {},
  ...Object.values(groups).map(({ figures }) => figures),
)
