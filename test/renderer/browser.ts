// The system's Chromium, as a build machine has it.
import { existsSync } from 'node:fs'

export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? ''

export const chromiumArguments = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
