import type { ArchiveFindingArgs } from '../../findings/codes/archive.ts'
import type { Messages } from './message.ts'

export const ARCHIVE_MESSAGES: Messages<keyof ArchiveFindingArgs> = {
  'archive/not-verified': {
    says: () => 'The change has no verify report with a decision.',
    fix: () => 'Verify it: opsx verify <change> --write',
  },
  'archive/verify-failed': {
    says: ({ file }) => `${file} says FAIL.`,
    fix: () => 'Settle what it lists, then run opsx verify <change> --write again.',
  },
  'archive/rejected': {
    says: ({ file }) =>
      `A person rejected the verdict of ${file}, or it is from before the change was reopened.`,
    fix: () => 'Settle the reason, then run opsx verify <change> --write again.',
  },
  'archive/target-exists': {
    says: ({ path }) => `${path} is there already.`,
    fix: () => 'Move it away; two archived changes cannot share a directory.',
  },
  'archive/figure-definition': {
    says: ({ reason }) =>
      `The figures that the delta specs bind cannot move up to openspec/figures.yaml: ${reason}.`,
    fix: () => 'Move their definitions there by hand, as a block mapping under figures:.',
  },
  'archive/interrupted': {
    says: ({ change, outcome }) => `An archive of ${change} that had been interrupted was ${outcome}.`,
    fix: ({ outcome }) =>
      outcome === 'resumed'
        ? 'Nothing to do; look at git status.'
        : 'Look at git status; somebody had edited its files. Archive the change again.',
  },
  'archive/superseded': {
    says: ({ requirement, capability, by }) =>
      `"${requirement}" of ${capability} has since been replaced by the archived change ${by}.`,
    fix: () => 'Start from the main spec as it is now, or the next archive would bring the old text back.',
  },
  'archive/spec-drift': {
    says: ({ capability, archive, requirements }) =>
      `The main spec of ${capability} is not what the archive says since ${archive}: ${requirements}.`,
    fix: () => 'Bring the spec back, or make the difference a change of its own.',
  },
  'mirror/foreign-edit': {
    says: ({ title, who }) => `The document "${title}" was edited by ${who} and is left as it is.`,
    fix: () => 'Take what is worth keeping into the spec, then overwrite it: opsx sync <change> --force',
  },
  'mirror/unresolved-comments': {
    says: ({ title, count }) =>
      `The document "${title}" has ${count} unresolved comment${count === 1 ? '' : 's'}, which an update would detach.`,
    fix: () => 'Resolve them in Linear, or overwrite it: opsx sync <change> --force',
  },
  'mirror/not-written': {
    says: ({ reason }) => `The specs are not mirrored as project documents: ${reason}.`,
    fix: () =>
      'Bind the change to a registered project, or turn archive_documents off in openspec/linear.yaml.',
  },
  'mirror/behind': {
    says: ({ outcome }) =>
      `The archive is not mirrored as project documents: the last attempt was ${outcome}.`,
    fix: () => 'Run opsx sync <change> on the default branch.',
  },
}
