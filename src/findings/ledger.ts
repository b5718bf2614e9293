import { defineFindings, type NoArgs } from './define-findings.ts'

export const LEDGER = defineFindings({
  'ledger/malformed': {
    message: ({ reason }: { reason: string }) => `attempt_log cannot be read: ${reason}.`,
    fix: 'Make it a list of { at, transition, outcome, note }.',
  },
  'ledger/unknown-outcome': {
    message: ({ outcome }: { outcome: string }) =>
      `A ledger entry has the unknown outcome "${outcome}"; it does not count as posted.`,
    fix: 'Write posted, dropped or failed.',
  },
  'ledger/states-differ': {
    message: ({ recorded, bound }: { recorded: string; bound: string }) =>
      `last_synced_state is "${recorded}" and linear_story_state is "${bound}"; opsx uses the first.`,
    fix: 'Nothing to do; the next sync that writes corrects it.',
  },
  'ledger/unknown-state': {
    message: ({ state }: { state: string }) =>
      `last_synced_state "${state}" is not a known state, so opsx updates nothing for this change.`,
    fix: 'Write Backlog, Todo, In Progress, In Review, Done, Canceled or Duplicate.',
  },
  'ledger/closed-early': {
    message: ({ identifier, state, who }: { identifier: string; state: string; who: string }) =>
      `${who} set ${identifier} to ${state} while the change is still active.`,
    fix: 'Move it back in Linear, or set defaults.on_premature_close: restore in openspec/linear.yaml.',
  },
  'ledger/backward-time': {
    message: ({ at, previous }: { at: string; previous: string }) =>
      `A ledger entry of ${at} follows one of ${previous}.`,
    fix: 'Correct the order of attempt_log; new entries belong at the end.',
  },
  'ledger/placeholder-time': {
    message: ({ at }: { at: string }) =>
      `The time ${at} is exactly midnight, which is probably a placeholder.`,
    fix: 'Write the real time, in UTC.',
  },
  'ledger/illegal-transition': {
    message: ({ transition }: { transition: string }) => `${transition} is not an allowed transition.`,
    fix: 'Correct the entry. Only a re-queue and opsx reopen move an issue backward.',
  },
  'ledger/record-mismatch': {
    message: ({ recorded, posted }: { recorded: string; posted: string }) =>
      `last_synced_state is ${recorded}, but the last posted transition ended in ${posted}.`,
    fix: 'Run opsx sync, or correct last_synced_state by hand.',
  },
  'ledger/over-maximum': {
    message: ({ round, maximum }: { round: number; maximum: number }) =>
      `review_round is ${round}, but the maximum is ${maximum}.`,
    fix: 'Decide with opsx review approve, reject or reset.',
  },
  'ledger/conflict-markers': {
    message: (_: NoArgs) => 'proposal.md contains the markers of a merge conflict.',
    fix: 'Run opsx ledger lint --fix for the frontmatter, and resolve conflicts in the text by hand.',
  },
  'ledger/behind': {
    message: ({ recorded, phase }: { recorded: string; phase: string }) =>
      `The files are at ${phase}, but the last synced state is ${recorded}.`,
    fix: 'Run opsx sync.',
  },
  'ledger/archived-not-done': {
    message: ({ recorded }: { recorded: string; phase: string }) =>
      `The change is archived, but the last synced state is ${recorded}.`,
    fix: 'Run opsx sync on the default branch.',
  },
  'ledger/archive-debt': {
    message: (_: NoArgs) => 'The change has passed verification but is not archived.',
    fix: 'Merge it, then run opsx archive <change>.',
  },
})
