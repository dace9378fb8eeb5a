// The tests that look at what Windows does otherwise, for CI: the card, the key, files that others hold, sessions, consoles, kills.
export const testsOfWindows = [
  'test/card/pcsc/winscard.test.ts',
  'test/crash/kill.test.ts',
  'test/ground/computer-claim.test.ts',
  'test/handover/exclusive-importer.test.ts',
  'test/handover/exclusive-reader.test.ts',
  'test/scripts/windows-ends.test.ts',
  'test/settings/last-good.test.ts',
  'test/settings/proxy.test.ts',
  'test/settings/receipt-folders.test.ts',
  'test/settings/saving.test.ts',
  'test/shell/headless-key-store.test.ts',
  'test/shell/one-check-in.test.ts',
  'test/store/contract.test.ts',
  'test/store/encryption.test.ts',
  'test/store/one-agent.test.ts',
]
