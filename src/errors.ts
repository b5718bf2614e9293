/**
 * Exit codes of the process (documented in FORMATS.md):
 * 0 nothing to report · 1 findings at or above the threshold, or a gate refused · 2 usage or configuration ·
 * 3 a required remote read failed · 4 safety gate (workspace, team) · 70 a bug in opsx ·
 * 74 the output cannot be written · 75 deferred (rate limit, or another run holds the lock) · 130 interrupted.
 */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  remote: 3,
  gate: 4,
  bug: 70,
  output: 74,
  deferred: 75,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Every error code, with the exit code of the process. */
export const ERROR_EXITS = {
  USAGE: EXIT.usage,
  NOT_A_REPOSITORY: EXIT.usage,
  NOT_CONFIGURED: EXIT.usage,
  REGISTRY_UNREADABLE: EXIT.usage,
  CHANGE_NOT_FOUND: EXIT.usage,
  CHANGE_EXISTS: EXIT.usage,
  CHANGE_NAME_INVALID: EXIT.usage,
  CHANGE_UNBOUND: EXIT.usage,
  ALREADY_BOUND: EXIT.usage,
  SCHEMA_NOT_FOUND: EXIT.usage,
  SCHEMA_UNREADABLE: EXIT.usage,
  TASKS_NOT_FOUND: EXIT.usage,
  TASK_NOT_FOUND: EXIT.usage,
  TASK_AMBIGUOUS: EXIT.usage,
  TASK_REFUSED: EXIT.findings,
  FIGURES_UNREADABLE: EXIT.usage,
  FIGURES_LOCK_UNREADABLE: EXIT.usage,
  FIGURE_NOT_FOUND: EXIT.usage,
  FIGURE_REFUSED: EXIT.findings,
  COMMAND_NOT_TRUSTED: EXIT.findings,
  ISSUE_NOT_FOUND: EXIT.usage,
  PROJECT_NOT_FOUND: EXIT.usage,
  REVIEW_REFUSED: EXIT.findings,
  TRANSITION_REFUSED: EXIT.findings,
  PATH_ESCAPES: EXIT.usage,
  FILE_UNREADABLE: EXIT.usage,
  FILE_NOT_WRITTEN: EXIT.usage,
  FILE_CHANGED: EXIT.deferred,
  EDIT_REFUSED: EXIT.usage,
  FRONTMATTER_UNREADABLE: EXIT.usage,
  ENV_FILE_NOT_IGNORED: EXIT.usage,
  ENDPOINT_REFUSED: EXIT.usage,
  KEY_MISSING: EXIT.usage,
  PROMPT_REFUSED: EXIT.usage,
  GIT_FAILED: EXIT.usage,
  GIT_REFUSED: EXIT.usage,
  PUBLISH_FAILED: EXIT.findings,
  WORKSPACE_UNPINNED: EXIT.gate,
  WORKSPACE_MISMATCH: EXIT.gate,
  TEAM_MISMATCH: EXIT.gate,
  LINEAR_AUTH: EXIT.remote,
  LINEAR_UNAVAILABLE: EXIT.remote,
  LINEAR_REFUSED: EXIT.remote,
  LINEAR_RATE_LIMITED: EXIT.deferred,
  LOCKED: EXIT.deferred,
} as const satisfies Record<string, ExitCode>

export type ErrorCode = keyof typeof ERROR_EXITS

/**
 * An error that a user can cause: one sentence with the path or value, and a hint that fixes it. Any other `Error` is a
 * bug in opsx and ends with exit code 70.
 */
export class OpsxError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'OpsxError'
    this.code = code
    this.hint = options.hint
  }

  get exitCode(): ExitCode {
    return ERROR_EXITS[this.code]
  }
}

/** The code of an error of Node, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}

/** True for an error of Node about a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')
}

/** The message of an error, without Node's code and path: `permission denied` for `EACCES: permission denied, open '/x'`. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message
}
