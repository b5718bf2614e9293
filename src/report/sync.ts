import type { Finding } from '../findings/finding.ts'
import type { PublishResult } from '../ports/git.ts'
import type { TrackerUsage } from '../ports/tracker.ts'
import type { ApplyResult } from '../sync/apply/record-step.ts'
import type { ChangePlan, Step, SyncPlan } from '../sync/plan/sync-plan.ts'
import { findingDocument, formatFindings } from './findings.ts'
import { plural } from './reported.ts'
import { printable, type Style } from './style.ts'

export interface SyncFacts {
  plan: SyncPlan
  applied: ApplyResult
  published: PublishResult | null
  usage: TrackerUsage
  /** Names of the selected changes that are bound. */
  looked: string[]
  dryRun: boolean
  /** Prints informational findings too. */
  verbose: boolean
}

interface ActionDocument {
  type: string
  from: string | null
  to: string | null
  reason: string
}

/** `opsx/sync@1` (FORMATS.md). */
export function syncDocument({ plan, applied, published, usage }: SyncFacts): Record<string, unknown> {
  return {
    plan: plan.changes.map(({ change, issue, steps }) => ({
      change,
      issue,
      actions: steps.flatMap(actionsOf),
    })),
    results: applied.results,
    requests: usage.requests,
    mutations: usage.mutations,
    writes: [...applied.written.keys()],
    published: published && {
      commit: published.commit,
      pushed: published.pushed,
      skipped: published.skipped,
      commands: published.commands,
    },
    findings: plan.findings.map(findingDocument),
  }
}

/** The effects of a step, in the order they happen. */
export function actionsOf(step: Step): ActionDocument[] {
  const { from, to, reason } = step
  const actions: ActionDocument[] = []
  if (step.comment)
    actions.push({ type: step.kind === 'escalate' ? 'escalate' : 'comment', from, to, reason })
  if (step.move) actions.push({ type: 'move', from: step.move.from, to: step.move.to, reason })
  if (step.describe) actions.push({ type: 'describe', from: null, to: null, reason })
  for (const { kind, source } of step.mirror?.actions ?? [])
    actions.push({ type: 'mirror', from: null, to: source.title, reason: kind })
  if (step.record) actions.push({ type: 'record', from, to, reason })
  return actions
}

/** The steps that were done, or would be with --dry-run, change by change. */
export function formatSync(facts: SyncFacts, style: Style): string {
  const { plan, dryRun } = facts
  if (plan.changes.length === 0) return formatRest(facts, style)
  const blocks = plan.changes.map(change => formatChange(change, facts, style))
  const total = dryRun ? 'Nothing was written (--dry-run).\n' : ''
  return blocks.join('') + total
}

/** The text for an empty plan: all changes are in step, or findings prevent their updates. */
function formatRest({ plan, looked }: SyncFacts, style: Style): string {
  if (looked.length === 0 && plan.findings.length > 0) return `${style.dot} Nothing written.\n`
  if (looked.length === 0)
    return 'Nothing to do: no open change is bound to an issue. Bind one: opsx bind <change> <ISSUE>\n'
  if (plan.findings.some(({ code }) => code === 'board/not-checked')) return ''
  const stopped = new Set(plan.findings.filter(isObstacle).map(({ change }) => change))
  const blocked = looked.filter(name => stopped.has(name)).length
  const all = plural(looked.length, 'change')
  if (blocked === 0) return `${style.green(style.ok)} Nothing to do: ${all} in step.\n`
  return `${style.dot} Nothing written: ${looked.length - blocked} of ${all} in step.\n`
}

function isObstacle({ code }: Finding): boolean {
  return code !== 'board/identifier-renamed'
}

function formatChange({ change, issue, steps }: ChangePlan, facts: SyncFacts, style: Style): string {
  const head = `${style.bold(printable(change))} ${style.dim(printable(issue ?? ''))}`.trimEnd()
  const lines = steps
    .filter(step => step.kind !== 'identify')
    .map(step => `  ${formatStep(step, change, facts, style)}`)
  return `${head}\n${lines.join('\n')}\n`
}

function formatStep(step: Step, change: string, facts: SyncFacts, style: Style): string {
  const text = stepText(step, style)
  if (facts.dryRun) return `${style.dot} ${text}`
  const failed = facts.applied.results.find(
    ({ change: of, outcome, action }) =>
      of === change && outcome === 'failed' && (action === 'mirror') === (step.kind === 'mirror'),
  )
  if (failed) return `${style.red(style.bad)} ${text}: ${printable(failed.error ?? 'failed')}`
  if (isHeldBack(step)) return `${style.yellow(style.warn)} ${text}`
  return `${staysInProgress(step) ? style.yellow(style.back) : style.green(style.ok)} ${text}`
}

function isHeldBack({ kind, mirror }: Step): boolean {
  return kind === 'note' || kind === 'escalate' || (kind === 'mirror' && !mirror)
}

/** A verification that failed before the review began: the issue does not move. */
function staysInProgress({ kind, from }: Step): boolean {
  return kind === 'requeue' && from === 'In Progress'
}

function stepText(step: Step, style: Style): string {
  const reason = printable(step.reason)
  if (staysInProgress(step)) return `stays In Progress: ${reason}`
  if (step.kind === 'requeue') return `${describeStep(step, style)}: ${reason}`
  if (step.kind === 'escalate') return `a person must decide: ${reason}`
  return `${describeStep(step, style)}${style.dim(` (${reason})`)}`
}

function describeStep(step: Step, style: Style): string {
  const way = step.from && step.to ? `${step.from} ${style.arrow} ${step.to}` : ''
  switch (step.kind) {
    case 'transition':
      return step.move || step.comment ? way : `${way}, already done in Linear`
    case 'note':
      return `${way}, not moved`
    case 'describe':
      return 'description updated'
    case 'mirror':
      return step.mirror ? mirrorText(step.mirror.actions) : 'no document published'
    default:
      return way
  }
}

function mirrorText(actions: { source: { title: string } }[]): string {
  const titles = actions.slice(0, 3).map(({ source }) => printable(source.title))
  const more = actions.length > 3 ? `, and ${actions.length - 3} more` : ''
  return `${plural(actions.length, 'document')}: ${titles.join(', ')}${more}`
}

/** Findings and what was published, for standard error; with `verbose` also the cost of the run. */
export function formatSyncNotes(facts: SyncFacts, style: Style): string {
  const { plan, applied, published, usage, dryRun, verbose } = facts
  const problems = formatFindings(
    plan.findings.filter(each => verbose || isShown(each)),
    style,
  )
  const stopped = applied.stopped
    ? `${style.red(style.bad)} The run stopped: ${printable(applied.stopped.message)}\n`
    : ''
  const files = dryRun ? '' : `, ${plural(applied.written.size, 'file')} written`
  const cost = `${plural(usage.requests, 'request')}, ${plural(usage.mutations, 'mutation')}${files}`
  return `${problems}${stopped}${formatPublished(published, style)}${verbose ? `${style.dim(cost)}\n` : ''}`
}

function isShown({ severity, code }: Finding): boolean {
  return (
    severity !== 'info' ||
    code === 'board/not-checked' ||
    code.startsWith('sync/') ||
    code.startsWith('board/')
  )
}

function formatPublished(published: PublishResult | null, style: Style): string {
  if (!published) return ''
  const lines: string[] = []
  if (published.commit) {
    const where = published.pushed ? `, pushed to ${published.pushed}` : ''
    lines.push(`${style.green(style.ok)} ledger committed as ${published.commit.slice(0, 10)}${where}`)
  }
  for (const { path, reason } of published.skipped) {
    lines.push(`${style.yellow(style.warn)} ${printable(path)} was not committed: ${printable(reason)}`)
  }
  lines.push(...published.commands.map(command => `  ${style.arrow} ${command}`))
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
}
