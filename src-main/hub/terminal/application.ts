// What can be read of the linking application (連携アプリ) where it runs on this very computer: its version, and whether it is set
// to write what we cannot read. Where its files lie and what their lines mean is known from the public scripts of those who
// install it, and from no specification: what cannot be read so is left open, and nothing is decided by it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Absolute paths. */
export interface ApplicationPlace {
  /** `C:\ProgramData\OQS\OQSComApp\config` */
  readonly config: string
  /** `C:\Program Files\OQS\OQSComApp` */
  readonly program: string
}

export interface Application {
  /** As its Version.info has it; null: it could not be read. */
  readonly version: string | null
  /** The files by which kinds of results that we read are written encrypted. */
  readonly encrypts: readonly ('encrypt.conf' | 'encrypt_face.conf')[]
  /** The results of the face reader are not written as files at all. */
  readonly isFaceOff: boolean
}

/** The usual places; null: this system has no such application. */
export const usualPlace = (
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ApplicationPlace | null =>
  platform === 'win32'
    ? {
        config: join(environment.ProgramData ?? 'C:\\ProgramData', 'OQS', 'OQSComApp', 'config'),
        program: join(environment.ProgramFiles ?? 'C:\\Program Files', 'OQS', 'OQSComApp'),
      }
    : null

/** 資格確認 and what we ask besides; every kind of the face reader's results. */
const readKinds = { 'encrypt.conf': /^(?:OQSsiquc|OQSsiimm)/i, 'encrypt_face.conf': /./ } as const

/** null: it is not on this computer, or cannot be looked into. */
export async function readApplication(place: ApplicationPlace | null): Promise<Application | null> {
  if (place === null) return null
  const textOf = (...path: [string, ...string[]]) => readFile(join(...path)).then(plainText, () => null)
  const faceDefinition = await textOf(place.config, 'UserDefinitionForFace.property')
  const version = await textOf(place.program, 'Version.info')
  const switches = {
    'encrypt.conf': await textOf(place.config, 'encrypt.conf'),
    'encrypt_face.conf': await textOf(place.config, 'encrypt_face.conf'),
  }
  if ([faceDefinition, version, ...Object.values(switches)].every((text) => text === null)) return null
  const isOn = (file: keyof typeof switches) =>
    linesOf(switches[file]).some(([kind, value]) => value.toLowerCase() === 'e' && readKinds[file].test(kind))
  return {
    version: /\b\d{1,3}(?:\.\d{1,5}){1,3}\b/.exec(version ?? '')?.[0] ?? null,
    encrypts: (['encrypt_face.conf', 'encrypt.conf'] as const).filter(isOn),
    isFaceOff: linesOf(faceDefinition).some(([name, value]) => name === 'OutputFlg' && /^false$/i.test(value)),
  }
}

/** All that we look for is ASCII, in whatever encoding the rest is. */
const plainText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').replaceAll('\0', '')

const linesOf = (text: string | null): readonly (readonly [name: string, value: string])[] =>
  (text ?? '').split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line.replace(/^ï»¿|^ÿþ/, '')) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
