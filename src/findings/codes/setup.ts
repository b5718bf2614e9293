/** Arguments of the findings about the board, the workspace and the machine that opsx runs on. */
export interface SetupFindingArgs {
  'board/ahead': { identifier: string; state: string; phase: string; who: string }
  'board/terminal': { identifier: string; state: string; who: string }
  'board/not-found': { issue: string }
  'board/archived': { identifier: string }
  'board/identifier-renamed': { recorded: string; current: string }
  'board/state-missing': StateArgs
  'board/state-ambiguous': StateArgs & { count: number }
  'board/other-team': { identifier: string; team: string; recorded: string }
  'board/issue-replaced': { identifier: string; recorded: string; current: string }
  'board/project-not-found': { project: string; id: string; candidates: string }
  'board/project-by-slug': { project: string; slugId: string; id: string }
  'board/not-checked': { reason: string }
  'workspace/unpinned': { organization: string }
  'workspace/mismatch': { expected: string; actual: string }
  'workspace/team-mismatch': { team: string; expected: string; actual: string }
  'workspace/team-renamed': { team: string; current: string; id: string }
  'workspace/team-not-found': { team: string; available: string }
  'workspace/team-unpinned': { team: string; id: string }
  'doctor/credential': { reason: string }
  'doctor/env-file': { path: string }
  'doctor/git': { reason: string }
  'doctor/git-automation': { team: string; event: string; state: string; branch: string; closes: string }
  'doctor/unreadable': { reason: string }
  'doctor/merge-driver': { driver: string; path: string; count: number }
  'doctor/merge-union': { path: string; count: number }
}

/** `key`: what the registry calls the phase; `candidates`: states that may be meant by it, or empty. */
type StateArgs = { name: string; team: string; available: string; key: string; candidates: string }
