import { isTerminal } from '../change/states.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { planUpstreamRecord, type UpstreamRecord } from '../specs/upstream-record.ts'
import { validateChange } from '../specs/validate-change.ts'
import { deltaState } from './delta-state.ts'
import { planBaseLocks } from './evidence/plan-base-locks.ts'
import type { Rule, VerifyFacts } from './facts.ts'
import { compareFindings } from './order.ts'
import { reviewerFindings } from './reviewer-findings.ts'
import { coherence } from './rules/coherence.ts'
import { completeness } from './rules/completeness.ts'
import { hasCheckedTask, implementation, lacksCommit } from './rules/implementation.ts'
import { ledgerRule } from './rules/ledger.ts'
import { phaseSeverity } from './severity.ts'
import {
  countingOf,
  type Dimension,
  decisionOf,
  type Judged,
  type Judgment,
  type Verification,
} from './verification.ts'

const RULES: [Dimension, Rule][] = [
  ['completeness', completeness],
  ['correctness', facts => [...specFindings(facts), ...(facts.figures?.findings ?? [])]],
  ['coherence', coherence],
  ['implementation', implementation],
  ['ledger', ledgerRule],
]

/**
 * Runs every rule over one change. Pure. A change that has ended is checked by the ledger rule only, because its
 * artifacts are history.
 */
export function judgeChange(facts: VerifyFacts): Judgment {
  const { change } = facts
  const read = change.findings.map(finding => judgedOf(readingDimension(finding), finding))
  const ended = hasEnded(change)
  const rules = ended ? RULES.filter(([dimension]) => dimension === 'ledger') : RULES
  const ruled = rules.flatMap(([dimension, rule]) => rule(facts).map(finding => judgedOf(dimension, finding)))
  const reviewed = ended ? [] : reviewerFindings(facts)
  const judged = [...read, ...ruled, ...reviewed].sort((a, b) => compareFindings(a.finding, b.finding))
  return {
    change,
    judged,
    decision: decisionOf(countingOf(judged)),
    findings: judged
      .filter(({ accepted }) => accepted === null)
      .map(({ finding, dimension }) => ({ ...finding, severity: phaseSeverity(finding, dimension, facts) })),
    ready: hasCheckedTask(change) && !lacksCommit(facts),
    signals: facts.signals,
  }
}

/**
 * The judgment of a change with an unreadable file. No rule runs, because any rule might need the file. `reason` is a
 * sentence.
 */
export function judgeUnreadable(change: TrackedChange, reason: string): Judgment {
  const place = { change: change.name, file: change.directory }
  const found = change.findings.some(isUnreadable)
    ? []
    : [finding('change/unreadable', 'critical', { reason }, place)]
  const judged = [...change.findings, ...found].map(each => judgedOf(readingDimension(each), each))
  return {
    change,
    judged,
    decision: decisionOf(judged),
    findings: judged.map(each => each.finding),
    ready: true,
    signals: null,
  }
}

/** The judgment with the rest of the content of verify.md; null when no evidence was read. */
export function withEvidence(judgment: Judgment, facts: VerifyFacts): Verification | null {
  const { today, upstream, deltas, main } = facts
  if (today === null) return null
  const recorded = deltas.deltas.map(({ path }): [string, UpstreamRecord | null] => {
    const known = upstream.get(path.slice(facts.change.directory.length + 1))
    return [path, known ? planUpstreamRecord(known.recorded, known.today) : null]
  })
  return {
    ...judgment,
    evidence: { ...today, criticals: criticalCodes(countingOf(judgment.judged)) },
    deltas: deltas.deltas.map(delta => deltaState(delta, main)),
    figures: facts.figures?.rows() ?? [],
    baseLocks: planBaseLocks(deltas.deltas, { main, upstream: new Map(recorded) }),
  }
}

function specFindings({ change, deltas, main }: VerifyFacts): Finding[] {
  const { name, directory, proposal, ledger } = change
  if (!proposal) return []
  const folded = ledger.entries.some(({ from, to }) => from === 'Done' && to === 'In Progress')
  const { path, text } = proposal
  return validateChange({ name, directory, specs: deltas, proposal: { path, text }, folded }, main)
}

export function hasEnded({ archived, phase }: TrackedChange): boolean {
  return archived || isTerminal(phase)
}

/** A deferral with a reason is accepted, so it does not count. */
function judgedOf(dimension: Dimension, finding: Finding): Judged {
  const reason = finding.code === 'tasks/deferred' ? (finding.args as { reason: string }).reason : null
  return { dimension, finding, accepted: reason }
}

/** The dimension of a finding of the readers, which have none of their own. */
function readingDimension(finding: Finding): Dimension {
  return isUnreadable(finding) || /^(?:tasks|schema)\//.test(finding.code) ? 'completeness' : 'ledger'
}

function isUnreadable({ code, severity }: Finding): boolean {
  return code === 'change/unreadable' && severity === 'critical'
}

function criticalCodes(judged: Judged[]): string[] {
  const critical = judged.filter(
    ({ finding, dimension }) => finding.severity === 'critical' && dimension !== 'ledger',
  )
  return [...new Set(critical.map(({ finding }) => finding.code))].sort()
}
