// JSON for a script that reads it through whatever console there is. PowerShell on a Japanese Windows takes what a program
// prints for code page 932: in ASCII nothing of it can be garbled, and every parser reads the same text.
export const asciiJson = (content: object): string =>
  JSON.stringify(content).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
