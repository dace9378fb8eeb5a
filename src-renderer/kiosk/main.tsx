// Puts the kiosk's screen into its page.
import '../../src-main/ground/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../every-page.ts'
import '../patient/languages.css'
import { openKioskBridge } from '../patients-bridge.ts'
import { systemTime } from '../time.ts'
import { KioskScreen } from './kiosk-screen.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('kiosk.html has no #root')
createRoot(root).render(
  <StrictMode>
    <KioskScreen bridge={openKioskBridge(systemTime)} time={systemTime} />
  </StrictMode>,
)
