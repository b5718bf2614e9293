import { defineFindings, type NoArgs } from './define-findings.ts'

export const VERIFICATION = defineFindings({
  'verify/several-decisions': {
    message: ({ decisions }: { decisions: string }) =>
      `Several decisions are checked (${decisions}); the worst one counts.`,
    fix: 'Leave exactly one box checked.',
  },
  'verify/unfilled': {
    message: (_: NoArgs) =>
      'The verify report has no decision yet, so the change does not count as verified.',
    fix: 'Write it with opsx verify <change> --write, or remove the file.',
  },
  'verify/stale': {
    message: ({ what }: { what: string }) =>
      `verify.md is out of date: the ${what} changed after it was written.`,
    fix: 'Verify again: opsx verify <change> --write',
  },
  'verify/cannot-compare': {
    message: ({ ref }: { ref: string }) =>
      `Findings cannot be compared with ${ref}: this clone lacks the merge base. They fail the run only with --strict.`,
    fix: 'Fetch the full history (fetch-depth: 0 in GitHub Actions).',
  },
  'implementation/no-tick': {
    message: (_: NoArgs) => 'No task is checked, so there is nothing to verify yet.',
    fix: 'Finish the first task, then check it: opsx task check <change> <id>',
  },
  'implementation/no-commit': {
    message: (_: NoArgs) => 'The branch has no commit of its own, so there is nothing to verify yet.',
    fix: 'Commit the work first.',
  },
  'implementation/shallow': {
    message: (_: NoArgs) => 'The clone is too shallow to find the commits of the change.',
    fix: 'Fetch the full history (fetch-depth: 0 in GitHub Actions).',
  },
  'implementation/uncommitted': {
    message: ({ count, first }: { count: number; first: string }) =>
      count === 1 ? `${first} is not committed.` : `${count} files are not committed; the first is ${first}.`,
    fix: 'Commit or ignore them. The decision applies to committed files only.',
  },
  'implementation/deferred-check': {
    message: ({ check }: { check: string }) =>
      `The manual check "${check}" is deferred, and section 7 of the report names no test for it.`,
    fix: 'Name the test in section 7, or do the check.',
  },
  'implementation/front-door': {
    message: ({ path }: { path: string }) => `${path} is a spec outside openspec/.`,
    fix: 'Move its content into a change, or delete it.',
  },
  'review/finding': {
    message: ({ text }: { text: string }) => text,
    fix: 'Fix it, then remove the line from Reviewer findings in the report.',
  },
})
