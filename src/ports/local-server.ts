import type { TrackerUsage } from '../ports/tracker.ts'

/** The embedded Linear as a server of its own. */
export interface LocalServer {
  url: string
  key: string
  board: LocalBoard
  close(): Promise<void>
}

/** The embedded Linear as a person at the board would see and touch it. */
export interface LocalBoard {
  /** Creates an issue in the first team's first state, in a project by name, and returns its identifier. */
  createIssue(title: string, project?: string): Promise<string>
  issues(): { identifier: string; title: string; state: string; comments: string[]; description: string }[]
  team(): { key: string; id: string; name: string }
  counters(): TrackerUsage
}
