// Puts the patient's screen into its page.
import '../../src-main/ground/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../every-page.ts'
import './languages.css'
import { openPatientBridge } from '../patients-bridge.ts'
import { systemTime } from '../time.ts'
import { PatientScreen } from './patient-screen.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('patient.html has no #root')
createRoot(root).render(
  <StrictMode>
    <PatientScreen bridge={openPatientBridge(systemTime)} time={systemTime} />
  </StrictMode>,
)
