// Puts the screen into the page.
import '../src-main/ground/no-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './every-page.ts'
import { screen } from '../src-main/words/desk.ts'
import { App } from './app.tsx'
import { openBridge } from './desk-bridge.ts'
import { GuardedKeys } from './keys/guarded-keys.tsx'
import { systemTime } from './time.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const { bridge, openTab } = openBridge(systemTime)
createRoot(root).render(
  <StrictMode>
    <GuardedKeys time={systemTime} hints={screen.keyHint}>
      <App bridge={bridge} time={systemTime} openTab={openTab} />
    </GuardedKeys>
  </StrictMode>,
)
