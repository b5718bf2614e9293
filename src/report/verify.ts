import type { ReportedFacts, ReportedFinding, VerifiedRow } from '../verify/reported-facts.ts'
import { findingDocument, formatShown } from './findings.ts'
import {
  countFindings,
  DECISION_WORDS,
  findingsOf,
  formatCounts,
  plural,
  reportedFindings,
  worstFirst,
} from './reported.ts'
import { pad, printable, type Style, widthOf, wrap } from './style.ts'

/** `opsx/verify@1` (FORMATS.md). `writes`: paths of the verify.md files that changed. */
export function verifyDocument(facts: ReportedFacts, writes: string[] = []): Record<string, unknown> {
  const found = reportedFindings(facts)
  const decided = (decision: VerifiedRow['decision']) =>
    facts.rows.filter(row => row.decision === decision).length
  return {
    summary: {
      changes: facts.rows.length,
      pass: decided('pass'),
      warn: decided('warn'),
      fail: decided('fail'),
      ...countFindings(found),
      gating: found.filter(({ gates }) => gates).length,
    },
    changes: facts.rows.map(({ change, decision, phase, ready, findings }) => ({
      change,
      decision,
      phase,
      ready,
      counts: countFindings(findings),
    })),
    findings: found.map(({ finding, preExisting, gates, accepted }) => ({
      ...findingDocument(finding),
      preExisting,
      gates,
      carried: accepted,
    })),
    against: facts.against,
    writes,
  }
}

/** Up to this number of changes, changes without findings get a line too. */
const LISTED = 20

/**
 * Each change with its decision and findings, then a summary line. Without findings there is only that line. Notes (info) are shown for a single change or with `verbose`, else counted.
 */
export function formatVerify(facts: ReportedFacts, style: Style, verbose = false): string {
  const { rows, repository } = facts
  const notes = verbose || rows.length === 1
  const shown = (findings: ReportedFinding[]) =>
    worstFirst(findings).filter(({ finding }) => notes || finding.severity !== 'info')
  const listed = rows.filter(row => !isQuiet(row) || shown(row.findings).length > 0)
  const rest = shown(repository)
  const sum = summaryOf(facts, { style, notes })
  if (listed.length === 0 && rest.length === 0) return sum
  const width = Math.max(...rows.map(({ change }) => widthOf(printable(change))))
  const blocks = (rows.length <= LISTED ? rows : listed).map(
    row =>
      formatRow(row, { style, width: Math.min(width, style.columns - 40) }) +
      formatReported(shown(findingsOf(row)), style),
  )
  if (rest.length > 0) blocks.push(`${style.bold('The repository')}\n${formatReported(rest, style)}`)
  return `${blocks.join('')}\n${sum}`
}

/** Phases in which a decision is not due yet. */
const EARLY = new Set(['Backlog', 'Todo', 'In Progress'])

/** True for a decision that is not due yet and does not fail the run. */
function isPending({ decision, phase, ready, findings }: VerifiedRow): boolean {
  return !findings.some(({ gates }) => gates) && (!ready || (decision !== 'pass' && EARLY.has(phase)))
}

function isQuiet(row: VerifiedRow): boolean {
  return isPending(row) || row.decision === 'pass'
}

function formatRow(row: VerifiedRow, { style, width }: { style: Style; width: number }): string {
  const { change, decision, phase, ready } = row
  const name = style.bold(pad(printable(change), width))
  const word = DECISION_WORDS[decision]
  const decided = !isPending(row) ? word : ready ? `${word} if reviewed now` : 'nothing to verify yet'
  return `${symbolOf(row, style)} ${name}  ${decided}  ${style.dim(printable(phase))}\n`
}

function symbolOf(row: VerifiedRow, style: Style): string {
  if (isPending(row)) return style.dim(style.dot)
  if (row.decision === 'pass') return style.green(style.ok)
  return row.findings.some(({ gates }) => gates) ? style.red(style.bad) : style.yellow(style.warn)
}

function formatReported(findings: ReportedFinding[], style: Style): string {
  const shown = findings.map(reported => ({
    finding: reported.finding,
    symbol: findingSymbol(reported, style),
    aside: asideOf(reported),
  }))
  return formatShown(shown, { style, margin: '  ', change: findings[0]?.finding.change })
}

function asideOf({ accepted, preExisting }: ReportedFinding): string {
  return accepted !== null ? `accepted: ${accepted}` : preExisting ? 'pre-existing' : ''
}

/** Only what fails the run is marked as failing. */
function findingSymbol({ finding, gates, preExisting, accepted }: ReportedFinding, style: Style): string {
  if (gates) return style.red(style.bad)
  const alarms = finding.severity === 'critical' || finding.severity === 'warning'
  return alarms && accepted === null && !preExisting ? style.yellow(style.warn) : style.dim(style.dot)
}

function indented(text: string, margin: string, style: Style): string[] {
  return wrap(text, style.columns - margin.length).map(line => margin + line)
}

function summaryOf(facts: ReportedFacts, { style, notes }: { style: Style; notes: boolean }): string {
  const found = reportedFindings(facts)
  const gating = found.some(({ gates }) => gates)
  const counts = [decisionCounts(facts.rows), formatCounts(found)].filter(Boolean).join('; ')
  const hint = !notes && found.some(({ finding }) => finding.severity === 'info') ? ' (-v)' : ''
  const compared = facts.against === null ? '' : ` Compared with ${printable(facts.against)}.`
  const text = `${plural(facts.rows.length, 'change')}: ${counts}${hint}.${compared}`
  const { critical, warning } = countFindings(found)
  const quiet = critical + warning > 0 ? style.yellow(style.warn) : style.green(style.ok)
  const symbol = gating ? style.red(style.bad) : quiet
  const [first = '', ...rest] = indented(text, '  ', style)
  return `${[`${symbol} ${first.trimStart()}`, ...rest].join('\n')}\n`
}

/** `1 FAIL, 3 PASS, 2 not due`; empty without changes. */
function decisionCounts(rows: VerifiedRow[]): string {
  const due = rows.filter(row => !isPending(row))
  const decided = (['fail', 'warn', 'pass'] as const).map(decision => ({
    count: due.filter(row => row.decision === decision).length,
    word: DECISION_WORDS[decision],
  }))
  return [...decided, { count: rows.length - due.length, word: 'not due' }]
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}`)
    .join(', ')
}
