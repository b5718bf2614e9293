import type { Context } from '../adapters/context.ts'
import { isRefused } from '../archive/plan-archive.ts'
import { type ArchiveOutcome, runArchive } from '../archive/run-archive.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { nearestOf } from '../findings/nearest-name.ts'
import { archiveDocument, formatArchive, formatArchiveNotes } from '../report/archive.ts'
import type { Report } from '../report/report.ts'
import { exitCodeOf } from './sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export interface ArchiveOptions extends GlobalOptions {
  dryRun?: boolean
  allowStale?: boolean
  force?: string[]
}

export const archiveVerb: Verb<[change: string], ArchiveOptions> = {
  usage: 'archive <change>',
  summary: 'merge the deltas into the main specs and move the change to the archive',
  about:
    'Merges the delta specs into openspec/specs and moves the change to openspec/changes/archive. A merge that would lose a line is refused. The next run finishes an archive that was interrupted.',
  exits: '1 refused: --force with the code passes one refusal, and records it',
  example:
    'opsx archive add-dark-mode --dry-run\nopsx archive add-dark-mode\nopsx archive add-dark-mode --force delta/overlap-scenario',
  flags: command =>
    command
      .option('--dry-run', 'print what would be done, and write nothing')
      .option('--allow-stale', 'archive although verify.md or a bound value is out of date')
      .option('--force <code>', 'pass one refusal, by its code; recorded in the ledger', collect),
  run: (context, [change], options) => archive(context, change, options),
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(',').map(code => code.trim())]
}

export async function archive(context: Context, change: string, options: ArchiveOptions): Promise<Report> {
  const codes = options.force ?? []
  if (codes.length > 0) await checkCodes(codes)
  const dryRun = options.dryRun === true
  const ports = { ...(await syncPortsOf(context)), version: context.version }
  const force = { codes, allowStale: options.allowStale === true }
  const outcome = await runArchive(ports, { change, dryRun, offline: options.offline === true, force })
  return {
    schema: 'opsx/archive@1',
    exitCode: archiveExit(outcome, options),
    document: archiveDocument(outcome, dryRun),
    text: style => formatArchive(outcome, dryRun, style),
    notes: style => formatArchiveNotes(outcome, options.verbose === true, style),
  }
}

function archiveExit({ plan, board, failure }: ArchiveOutcome, options: ArchiveOptions): number {
  if (plan && isRefused(plan)) return EXIT.findings
  if (failure) return failure.code === 'LINEAR_UNAVAILABLE' && !options.strict ? EXIT.ok : failure.exitCode
  return board ? exitCodeOf(board, options) : EXIT.ok
}

/** A misspelt code would force nothing and look as if it did. */
async function checkCodes(codes: readonly string[]): Promise<void> {
  const { FINDINGS } = await import('../findings/areas.ts')
  const known = Object.keys(FINDINGS)
  for (const code of codes) {
    if (known.includes(code)) continue
    const nearest = nearestOf(code, known)
    throw new OpsxError('USAGE', `--force ${code}: no finding has this code.`, {
      hint: nearest ? `Did you mean ${nearest}?` : 'opsx archive prints the code of every refusal.',
    })
  }
}
