import type { TrackedChange } from './ledger.ts'

/** A change as far as a table shows it: binding, ledger, counts and findings, but none of the texts they came from. */
export function withoutTexts(change: TrackedChange): TrackedChange {
  const { proposal, tasks, verdict } = change
  const { file, decision, line } = verdict
  return {
    ...change,
    proposal: proposal && { ...proposal, text: '', frontmatter: { ...proposal.frontmatter, data: {} } },
    tasks: tasks && { ...tasks, boxes: [] },
    verdict: { file, decision, line, digest: null },
  }
}
