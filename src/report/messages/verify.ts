import type { VerifyFindingArgs } from '../../findings/codes/verify.ts'
import type { Messages } from './message.ts'

export const VERIFY_MESSAGES: Messages<keyof VerifyFindingArgs> = {
  'tasks/open': {
    says: ({ open, total, first }) => `${open} of ${total} tasks are open, the first is ${first}.`,
    fix: () => 'Finish them, or defer them with a reason: opsx task defer.',
  },
  'tasks/parent-ahead': {
    says: ({ task, open }) => `Task ${task} is ticked while ${open} of the tasks under it are open.`,
    fix: () => 'Finish the tasks under it, or untick it.',
  },
  'tasks/deferred': {
    says: ({ task, reason }) => `Task ${task} is deferred: ${reason}.`,
    fix: () => 'Nothing to do; the reason is recorded.',
  },
  'tasks/deferred-without-reason': {
    says: ({ task }) => `Task ${task} is deferred and does not say why.`,
    fix: () => 'Add the reason to the line, such as (deferred: needs the staging cluster).',
  },
  'artifact/missing': {
    says: ({ artifact, file, schema }) =>
      `The schema ${schema} asks for ${file} (${artifact}), and there is none.`,
    fix: ({ file }) => `Write ${file}, or choose another schema in .openspec.yaml.`,
  },
  'artifact/capability-without-delta': {
    says: ({ capability }) => `The proposal names the capability ${capability}, which has no delta spec.`,
    fix: ({ capability }) => `Write specs/${capability}/spec.md, or take the capability out of the proposal.`,
  },
  'artifact/delta-without-capability': {
    says: ({ capability }) =>
      `The delta spec of ${capability} is not named under Capabilities of the proposal.`,
    fix: () => 'Name it there with one sentence.',
  },
  'artifact/upstream-changed': {
    says: ({ moved }) => `This delta spec stands as it was, and ${moved}, which it rests on, changed since.`,
    fix: () =>
      'Read the spec against it and change the spec; if it holds as it is: opsx verify <change> --write --still-holds "why".',
  },
  'design/unknown-decision': {
    says: ({ decision }) => `${decision} is referred to, and design.md has no decision of that number.`,
    fix: () => 'Correct the number, or write the decision.',
  },
  'verify/stale': {
    says: ({ what }) => `The verdict is about other ${what} than those of today.`,
    fix: ({ what }) =>
      `Verify again: opsx verify --write. Only ${what} count, not commits: a squash changes nothing.`,
  },
  'verify/cannot-compare': {
    says: ({ ref }) =>
      `opsx cannot say which findings stood at the merge base with ${ref}: this clone does not hold it. They fail the run only with --strict.`,
    fix: () => 'Fetch the history (fetch-depth: 0 in GitHub Actions).',
  },
  'implementation/no-tick': {
    says: () => 'No task is ticked, so there is nothing to verify yet.',
    fix: () => 'Do the first task: opsx task check.',
  },
  'implementation/no-commit': {
    says: () => 'The branch has no commit of its own, so there is nothing to verify yet.',
    fix: () => 'Commit the work first.',
  },
  'implementation/shallow': {
    says: () => 'The clone is too shallow to tell which commits belong to the change.',
    fix: () => 'Fetch the history (fetch-depth: 0 in GitHub Actions).',
  },
  'implementation/uncommitted': {
    says: ({ count, first }) =>
      count === 1 ? `${first} is not committed.` : `${count} files are not committed, the first is ${first}.`,
    fix: () => 'Commit or ignore them; a verdict is about what is committed.',
  },
  'implementation/deferred-check': {
    says: ({ check }) =>
      `The deferred manual check "${check}" has no equivalent test in section 7 of the report.`,
    fix: () => 'Name the test there, or do the check.',
  },
  'implementation/front-door': {
    says: ({ path }) => `${path} is a spec that went around openspec/.`,
    fix: () => 'Move what it says into a change, or delete it.',
  },
  'ledger/behind': {
    says: ({ recorded, phase }) => `The files say ${phase}, the state of record is ${recorded}.`,
    fix: () => 'Run opsx sync.',
  },
  'ledger/archived-not-done': {
    says: ({ recorded }) => `The change is archived, and its state of record is ${recorded}.`,
    fix: () => 'Run opsx sync on the default branch.',
  },
  'ledger/archive-debt': {
    says: () => 'The change has passed verification and is not archived.',
    fix: () => 'Archive it once it is merged.',
  },
  'review/finding': {
    says: ({ text }) => text,
    fix: () => 'Settle it, then take the line out of Reviewer findings in the report.',
  },
}
