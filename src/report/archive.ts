import type { ArchivePlan } from '../archive/plan-archive.ts'
import type { Resumed } from '../archive/resume-archive.ts'
import type { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import { findingDocument, formatFindings } from './findings.ts'
import { plural } from './reported.ts'
import { printable, type Style, wrap } from './style.ts'
import { formatSync, formatSyncNotes, type SyncFacts, syncDocument } from './sync.ts'

/** What an archive did, or would do. */
export interface ArchiveReported {
  change: string
  plan: ArchivePlan | null
  resumed: Resumed | null
  writes: string[]
  findings: Finding[]
  board: Omit<SyncFacts, 'dryRun' | 'verbose'> | null
  failure: OpsxError | null
}

/** `opsx/archive@1` (FORMATS.md). */
export function archiveDocument(facts: ArchiveReported, dryRun: boolean): Record<string, unknown> {
  const { change, plan, resumed, writes, board, failure } = facts
  const refusals = plan?.refusals ?? []
  return {
    change,
    from: plan?.from ?? null,
    to: plan?.to ?? null,
    dryRun,
    archived: plan === null || writes.length > 0,
    specs: (plan?.specs ?? []).map(({ capability, path, action }) => ({ capability, path, action })),
    figures: plan?.figures?.path ?? null,
    documents: plan?.documents ?? [],
    forced: plan?.entries.map(({ note }) => note) ?? [],
    findings: [
      ...refusals.map(({ finding: refusal, forced }) => ({ ...findingDocument(refusal), forced })),
      ...findingsOf(facts).map(each => ({ ...findingDocument(each), forced: false })),
    ],
    resumed,
    writes,
    board: board && syncDocument({ ...board, dryRun, verbose: false }),
    failure: failure && { code: failure.code, message: failure.message, hint: failure.hint ?? null },
  }
}

function findingsOf({ resumed, findings }: ArchiveReported): Finding[] {
  if (!resumed) return findings
  const { change, outcome } = resumed
  return [finding('archive/interrupted', 'warning', { change, outcome }, { change }), ...findings]
}

export function formatArchive(facts: ArchiveReported, dryRun: boolean, style: Style): string {
  const { change, plan, board, failure, writes } = facts
  if (plan === null) {
    const head = `${style.dot} ${printable(change)} is already archived.\n`
    return head + linearText(board, style)
  }
  const open = plan.refusals.filter(({ forced }) => !forced)
  if (open.length > 0) {
    const found = formatFindings(
      open.map(each => each.finding),
      style,
    )
    const head = `${style.red(style.bad)} ${printable(change)} is not archived: ${plural(open.length, 'refusal')}; nothing was written.`
    return `${head}\n${found}`
  }
  const done = writes.length > 0 ? style.green(style.ok) : style.dot
  const lines = [
    ...(plan.figures
      ? [`  ${done} ${printable(plan.figures.path)} ${style.dim('(definitions of the change)')}`]
      : []),
    ...plan.specs.map(
      ({ path, action }) => `  ${done} ${printable(path)} ${style.dim(`(${ACTIONS[action]})`)}`,
    ),
    ...plan.entries.map(
      ({ note }) => `  ${style.yellow(style.warn)} ${printable(note)}, recorded in the ledger`,
    ),
    `  ${done} ${style.arrow} ${printable(plan.to)}`,
  ]
  const end = dryRun ? 'Nothing was written (--dry-run).\n' : nextText(facts, style)
  const failed = failure
    ? `${style.yellow(style.warn)} Linear was not updated: ${printable(failure.message)}\n`
    : ''
  return `${style.bold(printable(change))}\n${lines.join('\n')}\n${linearText(board, style)}${failed}${end}`
}

const ACTIONS = { create: 'new', update: 'updated', delete: 'deleted', none: 'up to date' }

function linearText(board: ArchiveReported['board'], style: Style): string {
  return board ? formatSync({ ...board, dryRun: false, verbose: false }, style) : ''
}

function nextText({ plan, findings }: ArchiveReported, style: Style): string {
  const waits = findings.find(({ code }) => code === 'sync/waits-for-merge')
  if (!waits) return ''
  const { branch } = waits.args as { branch: string }
  const documents = plan?.documents.length ?? 0
  const published = documents > 0 ? `publishes ${plural(documents, 'document')} and ` : ''
  const next = `Next: commit the archive on ${printable(branch)}, then run opsx sync. It ${published}moves the issue to Done.`
  return `${wrap(next, style.columns).join('\n')}\n`
}

export function formatArchiveNotes(facts: ArchiveReported, verbose: boolean, style: Style): string {
  const shown = findingsOf(facts).filter(({ code }) => code !== 'sync/waits-for-merge')
  const board = facts.board ? formatSyncNotes({ ...facts.board, dryRun: false, verbose }, style) : ''
  return formatFindings(shown, style) + board
}
