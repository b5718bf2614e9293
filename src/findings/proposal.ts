import { defineFindings, type NoArgs } from './define-findings.ts'

export const PROPOSAL = defineFindings({
  'proposal/no-why': {
    message: (_: NoArgs) => 'The proposal has no "## Why" section with text.',
    fix: 'Add "## Why" with 50 to 1000 characters.',
  },
  'proposal/why-length': {
    message: ({ length, bound }: { length: number; bound: string }) =>
      `The Why section has ${length} characters; it should have ${bound}.`,
    fix: 'Give the reason in one paragraph, and move the rest to the design.',
  },
  'proposal/no-what-changes': {
    message: (_: NoArgs) => 'The proposal has no "## What Changes" section with text.',
    fix: 'Add "## What Changes" with a list.',
  },
  'proposal/many-deltas': {
    message: ({ count, maximum }: { count: number; maximum: number }) =>
      `The change has ${count} operations, more than ${maximum}.`,
    fix: 'Split it into several changes.',
  },
})
