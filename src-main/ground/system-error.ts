// What the operating system answered when it refused file work. Everything it can say is an expected failure of the disk
// or the share, never a bug of ours: also what Node has no name for. When a Windows share has gone, most of what Windows
// says (ERROR_BAD_NETPATH, ERROR_UNEXP_NET_ERR, ERROR_LOGON_FAILURE …) reaches us as `UNKNOWN`, known by its system call.

/** The system's code for an error (`ENOENT`, `UNKNOWN` …); null: it did not come from the system, so it is a bug. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return 'syscall' in error || 'errno' in error ? error.code : null
}

/** What `look` finds, or `missing` where there is no such file or folder. */
export function unlessMissing<T, M>(look: () => T, missing: M): T | M {
  try {
    return look()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return missing
    throw error
  }
}
