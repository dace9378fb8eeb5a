// What lies in the import folders and nobody takes, as it was when somebody looked last: at the start, after midnight, when
// the page of the destinations is opened, and after some were removed.
import type { LeftFilesView } from '../contract/reception.ts'
import type { Result } from '../ground/result.ts'
import type { LeftFiles } from '../handover/folder/left-files.ts'

export interface LeftFilesWatch {
  /** By destination. */
  view(): ReadonlyMap<string, LeftFilesView>
  look(): Promise<void>
  /** Errors: as LeftFiles.remove. */
  remove(destination: string, until: string): Promise<Result<void>>
}

/** `changed`: the view is another one. */
export function createLeftFilesWatch(
  files: LeftFiles,
  destinations: () => readonly string[],
  changed: () => void,
): LeftFilesWatch {
  const found = new Map<string, LeftFilesView>()

  const lookAt = async (destination: string) => {
    const looked = await files.look(destination)
    // A folder that is away says nothing.
    if (!looked.ok) return
    if (looked.value) found.set(destination, { ...looked.value, names: [...looked.value.names] })
    else found.delete(destination)
    changed()
  }
  return {
    view: () => found,
    async look() {
      await Promise.all(destinations().map(lookAt))
    },
    async remove(destination, until) {
      const removed = await files.remove(destination, until)
      await lookAt(destination)
      return removed
    },
  }
}
