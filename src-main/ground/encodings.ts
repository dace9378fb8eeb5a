// How a text file may be written: as receipt computers and terminals in Japan read it. CP932 is what Windows calls
// Shift_JIS; text/cp932.ts writes it.
export const encodings = ['cp932', 'utf-8'] as const

export type Encoding = (typeof encodings)[number]
