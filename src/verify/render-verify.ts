import { parseVerifyReport } from '../change/parse-verify-report.ts'
import type { Finding } from '../findings/finding.ts'
import { sectionText } from '../markdown/sections.ts'
import { changedEvidence } from './evidence/evidence.ts'
import { formatEvidence, parseEvidence } from './evidence/evidence-block.ts'
import { closingOf, reviewerSections, reviewerText } from './reviewer-section.ts'
import {
  coherenceSection,
  deltaSection,
  frontDoorSection,
  isAllValid,
  structureSection,
} from './sections/checks.ts'
import { issueList } from './sections/issues.ts'
import { reportedOf } from './sections/reported.ts'
import { countsText, scorecard } from './sections/scorecard.ts'
import { signalSection } from './sections/signal.ts'
import { oneLine } from './sections/table.ts'
import { deferredCheckSection, type PlanRow, taskSection } from './sections/tasks.ts'
import { countsOf, type Verification, type VerifyDecision } from './verification.ts'

export interface VerifyReport {
  verification: Verification
  /** Text of the report on disk. */
  previous: string | undefined
  /** Text of `templates/verify.md`. */
  template: string
  now: Date
  /** Program that wrote the report, such as `opsx 1.2.0`. */
  verifier: string
  /** The `[~]` boxes of plan.md. */
  planRows: PlanRow[]
  /** Findings `implementation/front-door` of the repository, which count for no change. */
  leaks?: Finding[]
}

const NEXT_STEP: Record<VerifyDecision, (change: string) => string> = {
  pass: change => `review the change; \`opsx sync ${change}\` moves its issue to In Review.`,
  warn: change => `weigh the warnings, then review; \`opsx sync ${change}\` moves its issue to In Review.`,
  fail: change => `fix the critical findings, then run \`opsx verify ${change} --write\` again.`,
}

/**
 * The text of verify.md. Keeps the reviewer's section and the tests of section 7. Returns the
 * previous report unchanged when its digests, findings and decision are still the same.
 */
export function renderVerify(report: VerifyReport): string {
  const template = report.template.replaceAll('\r\n', '\n')
  const newline = report.previous?.includes('\r\n') ? '\r\n' : '\n'
  const values = valuesOf(report)
  const fill = (text: string) =>
    text
      .replace(/\{\{([a-z-]+)\}\}/g, (placeholder, key: string) => values[key] ?? placeholder)
      .replaceAll('\n', newline)
  const [section = { start: template.length, end: template.length }] = reviewerSections(template)
  const people = reviewerText(report.previous ?? '') ?? fill(template.slice(section.start, section.end))
  const text =
    fill(template.slice(0, section.start)) +
    withReviewerSection(people, newline) +
    fill(template.slice(section.end))
  return isUpToDate(report, text) ? (report.previous ?? text) : text
}

/** The reviewer's text, with what it needs at its end so that Markdown sees the next heading. Removes nothing. */
function withReviewerSection(people: string, newline: string): string {
  const closing = closingOf(people)
  const ended = people === '' || people.endsWith('\n') ? people : people + newline
  const closed = closing === '' ? ended : ended + closing + newline
  return /(?:^|\n)\r?\n$/.test(closed) ? closed : closed + newline
}

/** True when the previous report has the same evidence, decision and findings. */
function isUpToDate({ previous, verification }: VerifyReport, next: string): boolean {
  const recorded = previous === undefined ? null : parseEvidence(previous)
  if (previous === undefined || !recorded) return false
  const { evidence, decision } = verification
  const { report, findings } = parseVerifyReport(previous, 'verify.md')
  return (
    changedEvidence(recorded, evidence).length === 0 &&
    recorded.criticals.join('\n') === [...evidence.criticals].sort().join('\n') &&
    report.decision === decision &&
    findings.length === 0 &&
    issuesOf(previous) === issuesOf(next)
  )
}

function issuesOf(verify: string): string {
  return sectionText(verify, 'Issues').replaceAll('\r\n', '\n')
}

function valuesOf(report: VerifyReport): Record<string, string> {
  const { verification, now, planRows, previous } = report
  const { change, evidence, decision, signals } = verification
  const mark = (isChecked: boolean) => (isChecked ? 'x' : ' ')
  const reported = reportedOf(verification)
  return {
    change: change.name,
    'verified-at': now.toISOString().slice(0, 16).replace('T', ' '),
    verifier: oneLine(report.verifier),
    evidence: formatEvidence(evidence),
    scorecard: scorecard(reported),
    counts: countsText(countsOf(reported)),
    'all-valid': mark(isAllValid(verification)),
    structure: structureSection(verification),
    'all-done': mark(change.tasks?.boxes.every(({ status }) => status !== 'open') === true),
    tasks: taskSection(change.tasks),
    deltas: deltaSection(verification),
    coherence: coherenceSection(verification),
    'none-unstaged': mark(signals?.uncommitted.length === 0),
    'all-pushed': mark(signals?.unpushed === 0),
    signal: signalSection(signals),
    'front-door': frontDoorSection(verification, report.leaks ?? []),
    'deferred-checks': deferredCheckSection(planRows, previous),
    critical: issueList('critical', verification),
    warning: issueList('warning', verification),
    suggestion: issueList('suggestion', verification),
    pass: mark(decision === 'pass'),
    warn: mark(decision === 'warn'),
    fail: mark(decision === 'fail'),
    'next-step': NEXT_STEP[decision](change.name),
  }
}
