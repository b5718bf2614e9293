import { defineFindings, type NoArgs } from './define-findings.ts'

export const ARCHIVE = defineFindings({
  'archive/not-verified': {
    message: (_: NoArgs) => 'The change has no verify report with a decision.',
    fix: 'Verify it: opsx verify <change> --write',
  },
  'archive/verify-failed': {
    message: ({ file }: { file: string }) => `The decision in ${file} is FAIL.`,
    fix: 'Fix its critical findings, then verify again: opsx verify <change> --write',
  },
  'archive/rejected': {
    message: ({ file }: { file: string }) =>
      `The decision in ${file} no longer counts: a reviewer rejected it, or the change was reopened.`,
    fix: 'Fix the reason, then verify again: opsx verify <change> --write',
  },
  'archive/target-exists': {
    message: ({ path }: { path: string }) => `${path} exists already.`,
    fix: 'Move it away; two archived changes cannot share a directory.',
  },
  'archive/figure-definition': {
    message: ({ reason }: { reason: string }) =>
      `The figures of this change cannot be copied to openspec/figures.yaml: ${reason}.`,
    fix: 'Move their definitions there by hand, as a block mapping under figures:.',
  },
  'archive/interrupted': {
    message: ({ change, outcome }: { change: string; outcome: string }) =>
      `An interrupted archive of ${change} was ${outcome}.`,
    fix: ({ outcome }) =>
      outcome === 'resumed'
        ? 'Nothing to do; check the result with git status.'
        : 'Check git status: another edit had changed its files. Then run opsx archive again.',
  },
  'archive/superseded': {
    message: ({ requirement, capability, by }: { requirement: string; capability: string; by: string }) =>
      `The archived change ${by} changed requirement "${requirement}" of ${capability} after this change.`,
    fix: 'Copy the requirement from the main spec into the delta, then change it there.',
  },
  'archive/spec-drift': {
    message: ({
      capability,
      archive,
      requirements,
    }: Record<'capability' | 'archive' | 'requirements', string>) =>
      `The main spec of ${capability} does not match the archive from ${archive} on: ${requirements}.`,
    fix: 'Restore the spec, or write the difference as a change.',
  },
})

export const MIRROR = defineFindings({
  'mirror/foreign-edit': {
    message: ({ title, who }: { title: string; who: string }) =>
      `${who} edited the document "${title}", so opsx left it unchanged.`,
    fix: 'Copy what you want to keep into the spec, then overwrite it: opsx sync <change> --force',
  },
  'mirror/unresolved-comments': {
    message: ({ title, count }: { title: string; count: number }) =>
      `The document "${title}" has ${count} unresolved comment${count === 1 ? '' : 's'}; an update would detach ${count === 1 ? 'it' : 'them'}.`,
    fix: 'Resolve them in Linear, or overwrite the document: opsx sync <change> --force',
  },
  'mirror/not-written': {
    message: ({ reason }: { reason: string }) =>
      `The specs are not published as project documents: ${reason}.`,
    fix: 'Bind the change to a registered project, or turn off archive_documents in openspec/linear.yaml.',
  },
  'mirror/behind': {
    message: ({ outcome }: { outcome: string }) =>
      `The specs are not published as project documents: the last attempt was ${outcome}.`,
    fix: 'Run opsx sync <change> on the default branch.',
  },
})
