import { defineFindings, type NoArgs } from './define-findings.ts'

export const SYNC = defineFindings({
  'sync/read-only': {
    message: ({ reason }: { reason: string }) => `Skipped: ${reason}.`,
    fix: 'Run opsx sync on the branch that changes the directory of the change, or on the default branch.',
  },
  'sync/parked': {
    message: ({ round, maximum }: { round: number; maximum: number }) =>
      `Review round ${round} of ${maximum} has failed; a reviewer must decide.`,
    fix: 'Decide with opsx review approve, reject or reset.',
  },
  'sync/uncommitted-verdict': {
    message: (_: NoArgs) =>
      'The decision of the verify report is FAIL, but the report is not committed, so no review round is counted yet.',
    fix: 'Commit the report, then run opsx sync.',
  },
  'sync/waits-for-merge': {
    message: ({ branch }: { branch: string }) =>
      `The change is archived here but not yet merged to ${branch}.`,
    fix: ({ branch }) => `Merge it, then run opsx sync on ${branch}. It moves the issue to Done.`,
  },
  'sync/foreign-description': {
    message: ({ identifier, who, diff }: { identifier: string; who: string; diff: string }) =>
      `Another user edited opsx's section in ${identifier} (last editor: ${who}), so opsx left it unchanged.\n${diff}`,
    fix: 'Move the text below the section, or overwrite it: opsx sync <change> --force',
  },
})
