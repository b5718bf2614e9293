import { replayLedger } from '../ledger/replay-ledger.ts'
import type { Git, LedgerCommit, PublishResult } from '../ports.ts'
import type { LedgerLines } from './plan.ts'

/** How ledger lines leave the working tree (LIFECYCLE "Publishing the ledger"). */
export type Publishing = 'none' | 'commit' | 'push' | 'pull-request'

const NOTHING: PublishResult = { commit: null, skipped: [], pushed: null, commands: [] }

/** Publishes exactly the lines that a run wrote, replayed on the committed text of each proposal. */
export function publishLedger(git: Git, written: Map<string, LedgerLines[]>, how: Publishing): PublishResult {
  if (how === 'none' || written.size === 0) return NOTHING
  const commit: LedgerCommit = {
    paths: [...written.keys()].sort(),
    rewrite: (path, text) =>
      (written.get(path) ?? []).reduce((current, lines) => replayLedger(current, lines), text),
    message: messageOf(written),
  }
  if (how === 'commit') return git.commitLedger(commit)
  return how === 'push' ? git.pushLedger(commit) : git.proposeLedger(commit)
}

function messageOf(written: Map<string, LedgerLines[]>): string {
  const lines = [...written].flatMap(([path, all]) => {
    const name =
      path
        .split('/')
        .at(-2)
        ?.replace(/^\d{4}-\d{2}-\d{2}-/, '') ?? path
    return all.flatMap(({ entries }) => entries.map(entry => `${name}: ${entry.transition} ${entry.outcome}`))
  })
  return ['Record Linear transitions in the change ledger', '', ...lines].join('\n').trimEnd()
}
