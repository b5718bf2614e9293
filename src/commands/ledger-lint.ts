import type { Context } from '../adapters/context.ts'
import { namedChanges } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import { EXIT } from '../errors.ts'
import { lockRepair } from '../figures/lock/repair-lock.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { lintLedger } from '../ledger/lint.ts'
import { repairConflicts } from '../ledger/repair-conflicts.ts'
import { trackChange } from '../ledger/track-change.ts'
import { findingDocument } from '../report/findings.ts'
import { formatLint } from '../report/ledger/lint.ts'
import { formatRepairs, repairsDocument } from '../report/ledger/repairs.ts'
import type { Report } from '../report/report.ts'

export interface LintOptions {
  strict?: boolean
  fix?: boolean
}

/**
 * Is every ledger whole, archived ones included? Exit code 1 for one that cannot be read; `strict`: for any warning. With
 * `fix` the markers of a merge are first taken out of frontmatter and lock files, of all changes; git is left to the person.
 */
export async function lint(context: Context, names: string[], { strict, fix }: LintOptions): Promise<Report> {
  const workspace = context.workspace()
  const repairs = fix ? repairConflicts({ workspace, git: await context.git() }, lockRepair) : []
  const { maxReviewRounds } = readRegistry(workspace)
  const all = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const changes = namedChanges(all, names)
  const findings = changes.flatMap(change => findingsOf(change, maxReviewRounds))
  const broken = findings.some(
    ({ severity }) => severity === 'critical' || (strict && severity === 'warning'),
  )
  const failed = broken || repairs.some(({ text }) => text === null)
  const entries = changes.reduce((sum, { ledger }) => sum + ledger.entries.length, 0)
  return {
    schema: 'opsx/ledger-lint@1',
    exitCode: failed ? EXIT.findings : EXIT.ok,
    document: {
      changes: changes.length,
      entries,
      findings: findings.map(findingDocument),
      ...(fix ? repairsDocument(repairs) : {}),
    },
    text: style =>
      formatRepairs(repairs, style) + formatLint({ changes: changes.length, entries, findings }, style),
  }
}

/** Findings of reading the ledger, and of its entries against each other. */
function findingsOf(change: TrackedChange, maximum: number): Finding[] {
  const read = change.findings.filter(
    ({ code }) => code.startsWith('ledger/') || code === 'binding/unreadable' || code === 'change/unreadable',
  )
  return [...read, ...lintLedger(change, change.ledger.maxReviewRounds ?? maximum)]
}
