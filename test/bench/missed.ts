// Why goals are missed, or not measured, in the one place where it is said: docs/benchmarks.md takes it from here, and a goal that is missed
// without a reason fails its test.
import type { FigureName } from './figures.ts'

export const missed: Readonly<Partial<Record<FigureName, string>>> = {
  'memory.agentSlopeBytesPerCheckIn':
    'A third of it is what JavaScript keeps (`memory.agentHeapSlopeBytesPerCheckIn`). Of what is held for ever, two heap snapshots a thousand check-ins apart differ most in weak references and their lists; whose they are has not been traced. A hundred patients a day make 0.13 MB of it.',
  'memory.pageSlopeBytesPerCheckIn':
    'Less than a tenth of it is in JavaScript’s heap (`memory.pageHeapSlopeBytesPerCheckIn`): the rest is the engine’s, and which part of it has not been found. A hundred patients a day make 0.4 MB of it, and the page begins anew with each start.',
  'pcsc.checkInToFloor':
    'The floor is done bare and one after the other, and is small since a certificate is read at once. What is ours beside it: the card’s waking and the reader host, two threads of lanes, the judgement, encryption, and the store’s durable commits; all of them given up would have left it above when the floor was higher ([decision 0010](decisions/0010-check-in-time.md)).',
  'life.checkInToWaits':
    'Nearly half of what is not waiting comes after the hub’s last answer (`life.afterAnswerMs`): it is judged, and then answer, file, the word that it is being published, its name, and the word that it is there wait for the disk one after the other. The rest is the reader service’s, the sandbox hub’s, the card’s and our own work on two cores that all of them share (`life.oursMs`).',
  'slowCard.pageTasksOver50Ms':
    'One in this run. A process that does nothing was held up nearly as long (`slowCard.floor.idleLongestBlockMs`).',
  'hub.requestsToFloor':
    'A few tenths of a millisecond for three requests; nine runs of ten lie on both sides of the goal.',
  'store.lookup1MTo10k':
    'What is asked about the patients of 10,000 visits lies in SQLite’s page cache; from 100,000 on, what is known of a patient is read from 22 pages, and it is as many at a million. Every statement is on its index (`test/store/query-plan.test.ts`), and a larger cache would make 10,000 quicker, not a million ([decision 0083](decisions/0083-a-store-of-a-million-visits.md)).',
  'hospital.storeP99To1':
    'Fifty desks and their server share the two cores on which the one desk was alone ([decision 0076](decisions/0076-a-desk-seldom-waits-for-its-server.md)).',
  'idle.cpuPercent':
    'In training mode: the stand-ins of hub and terminal idle in the same process. Without them it has not been measured. Two runs gave 0.57 and 0.75 %: 40 seconds are counted in hundredths of a second.',
  'idle.withCardCpuPercent': 'As `idle.cpuPercent`.',
  'desktop.mainCpuMostMs':
    'The most of forty check-ins; the usual one is well below (`desktop.mainCpuMs`), and no piece of it kept the main thread longer than `desktop.mainBlockLongestMs`.',
}
