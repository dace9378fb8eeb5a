// Passwords and certificates that hub and destinations use, by what the settings call them: a file, or for a password also a
// variable of the environment. What the screen can name lies in one folder, `secrets` in the data folder: plain files, no links,
// closed to everybody else. A password is one short line, so that no other kind of file can be sent out as one.
import { X509Certificate } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { SecretReference } from '../contract/destination.ts'
import { fail, ok, type Result } from '../ground/result.ts'
import { readTyped } from '../ground/typed-text.ts'
import { isSecretByName } from './allowed.ts'

export const secretsFolder = (dataDir: string) => join(dataDir, 'secrets')

/** Certificates are a few kilobytes. */
const largest = 65_536

/** null: it is not there, or not as it has to be. `file`: absolute. */
export async function readSecret(file: string, dataDir: string): Promise<Uint8Array | null> {
  const isNamed = dirname(resolve(file)) === secretsFolder(resolve(dataDir))
  let handle: FileHandle | undefined
  try {
    // What an administrator names elsewhere may be a link of theirs.
    const flags = constants.O_RDONLY | (isNamed ? (constants.O_NOFOLLOW ?? 0) : 0)
    if (isNamed && (await realpath(file)) !== join(await realpath(dataDir), 'secrets', basename(file))) return null
    handle = await open(file, flags)
    const state = await handle.stat()
    const isClosed = process.platform === 'win32' || (state.mode & 0o077) === 0
    if (!state.isFile() || state.size > largest || (isNamed && !isClosed)) return null
    return new Uint8Array(await handle.readFile())
  } catch {
    return null
  } finally {
    await handle?.close()
  }
}

/** As text; null also where it is none. */
export async function readSecretText(file: string, dataDir: string): Promise<string | null> {
  const content = await readSecret(file, dataDir)
  const text = content && readTyped(content)
  return text && 'content' in text ? text.content : null
}

const isLine = (text: string): boolean => /^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u.test(text)

/** The first line of such a file; null also where it is empty, longer than 128 characters, or not printable. */
export async function readSecretLine(file: string, dataDir: string): Promise<string | null> {
  const [line = ''] = (await readSecretText(file, dataDir))?.split(/\r?\n/, 1) ?? []
  return isLine(line) ? line : null
}

/** Whether a PEM file of CAs holds one: what is empty, or something else, could only trust nobody, and is said before. */
export function holdsCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== ''
  } catch {
    return false
  }
}

/** As in process.env. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Errors: SECRET_NOT_SET with the variable where it is missing, empty, or no such line. */
export function readSecretVariable({ env }: SecretReference, environment: Environment): Result<string> {
  const value = environment[env] ?? ''
  return isLine(value) ? ok(value) : fail('SECRET_NOT_SET', { variable: env })
}

/** As destinations name them, for the screen to choose among. */
export async function listSecrets(dataDir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(secretsFolder(dataDir), { withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => `secrets/${name}`)
    return files.filter(isSecretByName).sort()
  } catch {
    return []
  }
}
