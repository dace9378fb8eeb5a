// The uninstaller is written by a Windows program that makensis has made: `node write-uninstaller.ts <program> <file>` runs
// it and lays what it has written to `file`.
import { copyFileSync } from 'node:fs'
import { openWindows } from './windows.ts'

const [program = '', file = ''] = process.argv.slice(2)
const windows = await openWindows()
copyFileSync(program, windows.driveC('writes-uninstaller.exe'))
const { code, said } = windows.run(['C:\\writes-uninstaller.exe'])
if (code !== 0) throw new Error(`no uninstaller was written (${code}): ${said}`)
copyFileSync(windows.driveC('uninstaller.exe'), file)
await windows.close()
