// The pages of the screen besides the counter, one entry each: a page that is missing here does not compile.
import type { Page } from '../../src-main/contract/pages.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'
import { BookingsPage } from '../bookings/bookings-page.tsx'
import { CapPage } from '../cap/cap-page.tsx'
import { DestinationsPage } from '../destinations/destinations-page.tsx'
import { MastersPage } from '../masters/masters-page.tsx'
import { PastPage } from '../past/past-page.tsx'
import { ReportPage } from '../report/report-page.tsx'
import { ClinicRulesPage } from '../rules/clinic-rules-page.tsx'
import { SelfTestPage } from '../self-test/self-test-page.tsx'
import { TerminalQuestion } from '../terminal/terminal-question.tsx'
import { StaleNumbers } from './stale-numbers.tsx'

export function OpenPage(props: {
  readonly page: Exclude<Page, { name: 'counter' }>
  readonly reception: Reception
  readonly act: Act
  readonly onBack: () => void
}) {
  const { page, reception, act, onBack } = props
  switch (page.name) {
    case 'staleNumbers':
      return <StaleNumbers links={page.links} act={act} onBack={onBack} />
    case 'bookings':
      return <BookingsPage view={page} act={act} onBack={onBack} />
    case 'destinations':
      return <DestinationsPage view={page} running={reception.destinations} act={act} onBack={onBack} />
    case 'localMaster':
      return <MastersPage view={page} act={act} onBack={onBack} />
    case 'selfTest':
      return <SelfTestPage view={page} isTraining={reception.mode === 'training'} act={act} onBack={onBack} />
    case 'clinicRules':
      return <ClinicRulesPage view={page} act={act} onBack={onBack} />
    case 'terminalQuestion':
      return <TerminalQuestion question={reception.terminal?.asking?.question ?? null} act={act} onBack={onBack} />
    case 'past':
      return <PastPage view={page} act={act} onBack={onBack} />
    case 'report':
      return <ReportPage report={page.report} isTraining={reception.mode === 'training'} act={act} onBack={onBack} />
    case 'capSheet':
      return <CapPage sheet={page.sheet} act={act} onBack={onBack} />
    default:
      return page satisfies never
  }
}
