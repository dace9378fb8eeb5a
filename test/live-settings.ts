// The settings of a clinic that is live, for tests in which it reaches nobody: the hub is nowhere, and its certificates are not there.
export const liveSettings = {
  mode: 'live',
  hub: { url: 'https://pmh.invalid', caFile: 'a', clientCertificateFile: 'b', clientKeyFile: 'c' },
  destinations: [],
} as const
