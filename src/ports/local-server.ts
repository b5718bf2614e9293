import type { TrackerUsage } from '../ports/tracker.ts'

/** A running server of the embedded Linear. */
export interface LocalServer {
  url: string
  key: string
  board: LocalBoard
  close(): Promise<void>
}

/** What a user sees and does in the embedded Linear. */
export interface LocalBoard {
  /** Creates an issue in the first state of the first team, in a project by name. Returns the issue's identifier. */
  createIssue(title: string, project?: string): Promise<string>
  issues(): { identifier: string; title: string; state: string; comments: string[]; description: string }[]
  team(): { key: string; id: string; name: string }
  counters(): TrackerUsage
}
