import type { Finding, Severity } from '../findings/finding.ts'
import type { ReportedFacts, ReportedFinding, VerifiedRow } from '../verify/reported-facts.ts'

/** The decisions in the words of verify.md. */
export const DECISION_WORDS: Record<VerifiedRow['decision'], string> = {
  pass: 'PASS',
  warn: 'PASS WITH WARNINGS',
  fail: 'FAIL',
}

/** Every finding is counted once: as accepted, else as pre-existing, else by its severity. */
export interface FindingCounts {
  critical: number
  warning: number
  suggestion: number
  info: number
  carried: number
  preExisting: number
}

export function countFindings(findings: ReportedFinding[]): FindingCounts {
  const counts: FindingCounts = {
    critical: 0,
    warning: 0,
    suggestion: 0,
    info: 0,
    carried: 0,
    preExisting: 0,
  }
  for (const { finding, preExisting, accepted } of findings) {
    counts[accepted !== null ? 'carried' : preExisting ? 'preExisting' : finding.severity] += 1
  }
  return counts
}

/** `0 critical, 0 warnings, 2 accepted suggestions`: the first two always, the rest when there are any. */
export function formatCounts(findings: ReportedFinding[]): string {
  const { critical, warning, suggestion, info, carried, preExisting } = countFindings(findings)
  const accepted = findings.filter(reported => reported.accepted !== null)
  const noun = accepted.every(({ finding }) => finding.severity === 'suggestion') ? 'suggestion' : 'finding'
  const parts = [`${critical} critical`, plural(warning, 'warning')]
  if (suggestion > 0) parts.push(plural(suggestion, 'suggestion'))
  if (carried > 0) parts.push(plural(carried, `accepted ${noun}`))
  if (preExisting > 0) parts.push(`${preExisting} pre-existing`)
  if (info > 0) parts.push(plural(info, 'note'))
  return parts.join(', ')
}

/** `1 file`, `3 files`; `many` is an irregular plural. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`
}

/** All findings, each with the name of its change: rows in their order, the repository's last. */
export function reportedFindings({ rows, repository }: ReportedFacts): ReportedFinding[] {
  return [...rows.flatMap(findingsOf), ...repository]
}

/** The findings of one change, each with its name. */
export function findingsOf({ change, findings }: VerifiedRow): ReportedFinding[] {
  return findings.map(reported => ({ ...reported, finding: { change, ...reported.finding } }))
}

const RANK: Record<Severity, number> = { critical: 0, warning: 1, suggestion: 2, info: 3 }

/** Worst first, then by file, line, column and code; pre-existing and accepted findings come last. */
export function worstFirst(findings: ReportedFinding[]): ReportedFinding[] {
  return [...findings].sort(
    (one, other) => asideOf(one) - asideOf(other) || comparePlaces(one.finding, other.finding),
  )
}

function asideOf({ preExisting, accepted }: ReportedFinding): number {
  return accepted !== null ? 2 : preExisting ? 1 : 0
}

function comparePlaces(one: Finding, other: Finding): number {
  return (
    RANK[one.severity] - RANK[other.severity] ||
    compare(one.file ?? '', other.file ?? '') ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    compare(one.code, other.code)
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** `file:line`, the file, or the change; empty for what concerns the whole repository. */
export function placeOf({ file, line, change }: Finding): string {
  if (file) return line ? `${file}:${line}` : file
  return change ?? ''
}
