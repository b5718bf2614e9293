/** Arguments of the findings about artifacts, tasks, evidence and the verify report. */
export interface VerifyFindingArgs {
  'tasks/open': { open: number; total: number; first: string }
  'tasks/parent-ahead': { task: string; open: number }
  'tasks/deferred': { task: string; reason: string }
  'tasks/deferred-without-reason': { task: string }
  'artifact/missing': { artifact: string; file: string; schema: string }
  'artifact/capability-without-delta': { capability: string }
  'artifact/delta-without-capability': { capability: string }
  'artifact/upstream-changed': { moved: string }
  'design/unknown-decision': { decision: string }
  'verify/stale': { what: string }
  'verify/cannot-compare': { ref: string }
  'implementation/no-tick': Record<never, never>
  'implementation/no-commit': Record<never, never>
  'implementation/shallow': Record<never, never>
  'implementation/uncommitted': { count: number; first: string }
  'implementation/deferred-check': { check: string }
  'implementation/front-door': { path: string }
  'ledger/behind': { recorded: string; phase: string }
  'ledger/archived-not-done': { recorded: string; phase: string }
  'ledger/archive-debt': Record<never, never>
  'review/finding': { text: string }
}
