import type { Command } from 'commander'
import { isRefused } from '../archive/plan-archive.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { archiveDocument, formatArchive, formatArchiveNotes } from '../report/archive.ts'
import type { Report } from '../report/report.ts'
import { type ArchiveOutcome, runArchive } from './archive-run.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { addVerb } from './program.ts'
import { exitCodeOf } from './sync.ts'

interface ArchiveOptions extends GlobalOptions {
  dryRun?: boolean
  allowStale?: boolean
  force?: string[]
}

export function addArchive(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'archive <change>',
    summary: 'fold the deltas into the main specs and move the change to the archive',
    example:
      'opsx archive add-dark-mode --dry-run\nopsx archive add-dark-mode\nopsx archive add-dark-mode --force delta/overlap-scenario',
  })
    .option('--dry-run', 'print what would be done and do nothing')
    .option('--allow-stale', 'archive although the verdict is about other files, or a bound value is stale')
    .option('--force <code>', 'pass one refusal, by its code; recorded in the ledger', collect)
    .action(async (change: string, _, command: Command) => {
      exit(await perform<ArchiveOptions>(context, command, options => archive(context, change, options)))
    })
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(',').map(code => code.trim())]
}

export async function archive(context: Context, change: string, options: ArchiveOptions): Promise<Report> {
  const codes = options.force ?? []
  if (codes.length > 0) await checkCodes(codes)
  const dryRun = options.dryRun === true
  const force = { codes, allowStale: options.allowStale === true }
  const outcome = await runArchive(context, { change, dryRun, offline: options.offline === true, force })
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
