import { isRefused } from '../archive/plan-archive.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { archiveDocument, formatArchive, formatArchiveNotes } from '../report/archive.ts'
import type { Report } from '../report/report.ts'
import { type ArchiveOutcome, runArchive } from './archive-run.ts'
import type { GlobalOptions } from './perform-with.ts'

export interface ArchiveOptions extends GlobalOptions {
  dryRun?: boolean
  allowStale?: boolean
  force?: string[]
}

export async function archive(context: Context, change: string, options: ArchiveOptions): Promise<Report> {
  const codes = options.force ?? []
  if (codes.length > 0) await checkCodes(codes)
  const dryRun = options.dryRun === true
  const force = { codes, allowStale: options.allowStale === true }
  const outcome = await runArchive(context, { change, dryRun, offline: options.offline === true, force })
  return {
    schema: 'opsx/archive@1',
    exitCode: await archiveExit(outcome, options),
    document: archiveDocument(outcome, dryRun),
    text: style => formatArchive(outcome, dryRun, style),
    notes: style => formatArchiveNotes(outcome, options.verbose === true, style),
  }
}

async function archiveExit(
  { plan, board, failure }: ArchiveOutcome,
  options: ArchiveOptions,
): Promise<number> {
  if (plan && isRefused(plan)) return EXIT.findings
  if (failure) return failure.code === 'LINEAR_UNAVAILABLE' && !options.strict ? EXIT.ok : failure.exitCode
  if (!board) return EXIT.ok
  const { exitCodeOf } = await import('./sync.ts')
  return exitCodeOf(board, options)
}

/** A misspelt code would force nothing and look as if it did. */
async function checkCodes(codes: readonly string[]): Promise<void> {
  const { PAGES } = await import('../report/pages/families.ts')
  const known = Object.keys(PAGES).filter(code => code.includes('/'))
  for (const code of codes) {
    if (known.includes(code)) continue
    const nearest = nearestOf(code, known)
    throw new OpsxError('USAGE', `--force ${code}: there is no finding of that code.`, {
      hint: nearest ? `Did you mean ${nearest}?` : 'opsx archive names the code of every refusal.',
    })
  }
}
