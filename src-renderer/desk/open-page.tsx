// The pages of the screen besides the counter, one entry each: a page that is missing here does not compile.
import type { Page } from '../../src-main/contract/pages.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import type { Act } from '../act.ts'
import { later } from '../later.tsx'
import { isSettingsPage, SettingsPages } from './settings-pages.tsx'

const BookingsPage = later(async () => (await import('../bookings/bookings-page.tsx')).BookingsPage)
const CapPage = later(async () => (await import('../cap/cap-page.tsx')).CapPage)
const ConflictsPage = later(async () => (await import('./conflicts-page.tsx')).ConflictsPage)
const DestinationsPage = later(async () => (await import('../destinations/destinations-page.tsx')).DestinationsPage)
const MastersPage = later(async () => (await import('../masters/masters-page.tsx')).MastersPage)
const ClinicRulesPage = later(async () => (await import('../rules/clinic-rules-page.tsx')).ClinicRulesPage)
const SelfTestPage = later(async () => (await import('../self-test/self-test-page.tsx')).SelfTestPage)
const SupportPage = later(async () => (await import('../support/support-page.tsx')).SupportPage)
const FirstRunPage = later(async () => (await import('../first-run/first-run-page.tsx')).FirstRunPage)
const SettingsPage = later(async () => (await import('../settings/settings-page.tsx')).SettingsPage)
const AuditPage = later(async () => (await import('../audit/audit-page.tsx')).AuditPage)
const StaleNumbers = later(async () => (await import('./stale-numbers.tsx')).StaleNumbers)
const StaffPage = later(async () => (await import('../staff/staff-page.tsx')).StaffPage)
const PastPage = later(async () => (await import('../past/past-page.tsx')).PastPage)
const ReportPage = later(async () => (await import('../report/report-page.tsx')).ReportPage)
const SignalsPage = later(async () => (await import('../signals/signals-page.tsx')).SignalsPage)
const TrainingPage = later(async () => (await import('../training/training-page.tsx')).TrainingPage)
const TerminalQuestion = later(async () => (await import('../terminal/terminal-question.tsx')).TerminalQuestion)

interface OpenPageProps {
  readonly page: Exclude<Page, { name: 'counter' }>
  readonly reception: Reception
  readonly act: Act
  readonly onBack: () => void
}

export function OpenPage(props: OpenPageProps) {
  const { page, reception, act } = props
  return (
    <>
      {isSettingsPage(page.name) && <SettingsPages current={page.name} staff={reception.staff} act={act} />}
      <PageItself {...props} />
    </>
  )
}

function PageItself({ page, reception, act, onBack }: OpenPageProps) {
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
      return <SelfTestPage view={page} act={act} onBack={onBack} />
    case 'supportBundle':
      return <SupportPage view={page} act={act} onBack={onBack} />
    case 'clinicRules':
      return <ClinicRulesPage view={page} act={act} onBack={onBack} />
    case 'firstRun':
      return <FirstRunPage view={page} staff={reception.staff} act={act} onBack={onBack} />
    case 'settings':
      return <SettingsPage view={page} reception={reception} act={act} onBack={onBack} />
    case 'staff':
      return <StaffPage view={page} staff={reception.staff} act={act} onBack={onBack} />
    case 'terminalQuestion':
      return <TerminalQuestion question={reception.terminal?.asking?.question ?? null} act={act} onBack={onBack} />
    case 'past':
      return <PastPage view={page} act={act} onBack={onBack} />
    case 'audit':
      return <AuditPage view={page} act={act} onBack={onBack} />
    case 'report':
      return <ReportPage report={page.report} staff={reception.staff} act={act} onBack={onBack} />
    case 'signals':
      return <SignalsPage signals={reception.signals} act={act} onBack={onBack} />
    case 'capSheet':
      return <CapPage sheet={page.sheet} act={act} onBack={onBack} />
    case 'conflicts':
      return <ConflictsPage conflicts={page.conflicts} act={act} onBack={onBack} />
    case 'training':
      return <TrainingPage view={page} reception={reception} act={act} onBack={onBack} />
    default:
      return page satisfies never
  }
}
