// Paths in settings.json are absolute or start at the data folder.
import { isAbsolute, resolve } from 'node:path'
import type { Destination } from '../contract/destination.ts'

export const absolutePath = (dataDir: string, path: string): string =>
  isAbsolute(path) ? path : resolve(dataDir, path)

/** The destination with every path absolute. */
export function located<D extends Destination>(destination: D, dataDir: string): D
export function located(destination: Destination, dataDir: string): Destination {
  const absolute = (path: string) => absolutePath(dataDir, path)
  if (destination.format !== 'orca') return { ...destination, folder: absolute(destination.folder) }
  const { passwordFile, caFile, clientCertificate } = destination
  return {
    ...destination,
    ...(passwordFile && { passwordFile: absolute(passwordFile) }),
    ...(caFile && { caFile: absolute(caFile) }),
    ...(clientCertificate && {
      clientCertificate: {
        ...clientCertificate,
        pfxFile: absolute(clientCertificate.pfxFile),
        ...(clientCertificate.passphraseFile && { passphraseFile: absolute(clientCertificate.passphraseFile) }),
      },
    }),
  }
}
