/**
 * Makes a git command say on standard error, as its trace2 events, where its working tree is and which of these
 * settings it read, whatever file or variable they came from: reading them so costs no second process.
 */
export const TRACED: Record<string, string> = {
  GIT_TRACE2_EVENT: '2',
  GIT_TRACE2_EVENT_BRIEF: '1',
  GIT_TRACE2_EVENT_NESTING: '1',
  GIT_TRACE2_CONFIG_PARAMS: 'remote.*,init.defaultbranch,extensions.*,filter.*',
}

export interface Trace {
  /** Absolute path of the working tree; undefined when git did not say. */
  worktree: string | undefined
  /** Values by key, section and last part in lower case, in the order git read them; null for a key without one. */
  settings: Map<string, (string | null)[]>
  /** What is left of standard error. */
  stderr: string
}

/** Takes the events out of the standard error of a command that ran with `TRACED`. */
export function parseTrace(text: string): Trace {
  const trace: Trace = { worktree: undefined, settings: new Map(), stderr: '' }
  for (const line of text.split(/(?<=\n)/)) {
    if (!line.startsWith('{"event":')) trace.stderr += line
    else if (/^\{"event":"def_(?:repo|param)"/.test(line)) note(trace, line)
  }
  return trace
}

function note(trace: Trace, line: string): void {
  const { event, repo, worktree, param, value = null } = eventOf(line)
  if (event === 'def_repo' && repo === 1) trace.worktree = worktree
  if (event !== 'def_param' || param === undefined) return
  trace.settings.set(param, [...(trace.settings.get(param) ?? []), value])
}

interface Event {
  event?: string
  repo?: number
  worktree?: string
  param?: string
  value?: string | null
}

function eventOf(line: string): Event {
  try {
    return JSON.parse(line)
  } catch {
    return {}
  }
}
