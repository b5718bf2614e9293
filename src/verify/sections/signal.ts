import type { Signals } from '../verification.ts'
import { inlineCode } from './table.ts'

const SHOWN = 10

/** Uncommitted files, commits, and the number of files of the implementation. */
export function signalSection(signals: Signals | null): string {
  if (!signals) return 'Not in a git repository: nothing is known of the implementation.'
  const files = signals.uncommitted
  const lines = [
    ...(files.length > 0 ? [`Not committed: ${listText(files)}`] : []),
    `Commits: ${rangeText(signals)}`,
    `Files outside openspec/: ${signals.code.length}`,
  ]
  return lines.map(line => `- ${line}`).join('\n')
}

/** Such as `1a2b3c4..5d6e7f8 (3 commits), 2 not pushed`. */
function rangeText({ commits, unpushed }: Signals): string {
  const pushed = unpushed === null ? 'no upstream' : unpushed === 0 ? 'all pushed' : `${unpushed} not pushed`
  if (!commits) return `which belong to the change is not known, ${pushed}`
  const range = inlineCode(`${commits.from.slice(0, 7)}..${commits.to.slice(0, 7)}`)
  return `${range} (${commits.count} ${commits.count === 1 ? 'commit' : 'commits'}), ${pushed}`
}

function listText(paths: string[]): string {
  const shown = paths.slice(0, SHOWN).map(inlineCode).join(', ')
  return paths.length > SHOWN ? `${shown} and ${paths.length - SHOWN} more` : shown
}
