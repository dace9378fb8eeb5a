// Puts the screen into the page.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod'
import './fonts.css'
import '@digital-go-jp/design-tokens/dist/tokens.css'
import './base.css'
import { App } from './app.tsx'
import { openBridge } from './bridge.ts'

// Zod would otherwise try to compile its checks, which the page's policy forbids.
config({ jitless: true })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App bridge={openBridge()} />
  </StrictMode>,
)
