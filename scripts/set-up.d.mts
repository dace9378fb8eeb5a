// The set-up runs on Node 20 with nothing installed, so it is not TypeScript. This is what its tests see of it.
interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly output: string
}

export interface SetUpPorts {
  readonly say: (text: string) => void
  readonly freeMb: (folder: string) => number
  readonly npm: (folder: string, args: string[], limitMs?: number) => Promise<Ended>
  readonly build: (folder: string) => Promise<Ended>
}

export function createSetUp(root: string, ports: Partial<SetUpPorts>): { setUp(): Promise<void> }
