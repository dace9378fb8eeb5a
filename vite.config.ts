// The renderer's build. It must run under a policy without inline code or styles, so nothing is inlined.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src-renderer',
  base: './',
  plugins: [react()],
  build: {
    // The desk's page, the patient's and the kiosk's.
    rolldownOptions: {
      input: ['src-renderer/index.html', 'src-renderer/patient.html', 'src-renderer/kiosk.html'],
      output: {
        // Zod and what is said to it before its first schema, in whichever file that is: every such file imports this one.
        codeSplitting: {
          groups: [{ name: 'zod', test: /node_modules[\\/]zod[\\/]|src-main[\\/]ground[\\/]no-eval\.ts$/ }],
        },
      },
    },
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    // Read from this machine's disk, never downloaded.
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
  },
})
