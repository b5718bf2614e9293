import { defineFindings } from './define-findings.ts'

export const ARTIFACT = defineFindings({
  'artifact/missing': {
    message: ({ artifact, file, schema }: { artifact: string; file: string; schema: string }) =>
      `${file} is missing; the schema ${schema} requires it (${artifact}).`,
    fix: ({ file }) => `Write ${file}, or choose another schema in .openspec.yaml.`,
  },
  'artifact/capability-without-delta': {
    message: ({ capability }: { capability: string }) =>
      `The proposal lists the capability ${capability}, but the change has no delta spec for it.`,
    fix: ({ capability }) => `Write specs/${capability}/spec.md, or remove the capability from the proposal.`,
  },
  'artifact/delta-without-capability': {
    message: ({ capability }: { capability: string }) =>
      `The proposal does not list ${capability} under Capabilities, but the change has a delta spec for it.`,
    fix: 'Add it to the list with one sentence.',
  },
  'artifact/upstream-changed': {
    message: ({ moved }: { moved: string }) => `${moved} changed after this delta spec was last edited.`,
    fix: 'Update the spec. If it needs no change: opsx verify <change> --write --still-holds "why"',
  },
  'design/unknown-decision': {
    message: ({ decision }: { decision: string }) =>
      `The text refers to ${decision}, but design.md has no decision with that number.`,
    fix: 'Correct the number, or write the decision.',
  },
})
