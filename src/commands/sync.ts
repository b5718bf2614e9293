import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { formatSync, formatSyncNotes, syncDocument } from '../report/sync.ts'
import type { Publishing } from '../sync/publish.ts'
import { runSync, type SyncOutcome } from '../sync/run-sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface SyncOptions extends GlobalOptions {
  all?: boolean
  archived?: boolean
  dryRun?: boolean
  force?: boolean
  commit?: boolean
  push?: boolean
  publish?: 'pull-request' | 'none'
}

export const syncVerb: Verb<[changes: string[]], SyncOptions> = {
  usage: 'sync [change...]',
  summary: 'bring the bound Linear issues and the ledger in step with the files',
  about:
    'Compares every bound change with its Linear issue, updates the issue, and records each step in the proposal. Issues move forward, and back from review when verification failed or a person rejected it. The next run tries again what failed. --dry-run only shows the steps.',
  exits:
    '3 the key is refused (with --strict: Linear did not answer), 4 another workspace or team, 75 rate limit or another run',
  example: 'opsx sync --dry-run\nopsx sync add-dark-mode\nopsx sync --all --commit --push',
  roots: true,
  flags: command =>
    command
      .option('--all', 'every change (the default without names)')
      .option('--archived', 'also archived changes without a ledger')
      .option('--dry-run', 'print what would be done, and write nothing')
      .option('--force', "overwrite another user's edit of opsx's section in a description")
      .option('--commit', 'commit the ledger lines, and nothing else')
      .option('--push', 'commit the ledger lines and push the commit')
      .addOption(
        command
          .createOption('--publish <how>', 'pull-request: a rolling opsx/ledger branch')
          .choices(['pull-request', 'none']),
      ),
  run: (context, [names], options) => sync(context, names, options),
}

export async function sync(context: Context, names: string[], options: SyncOptions): Promise<Report> {
  const outcome = await runSync(await syncPortsOf(context), {
    names,
    archived: options.archived === true,
    dryRun: options.dryRun === true,
    offline: options.offline === true,
    force: options.force === true,
    publishing: publishingOf(options),
  })
  return syncReport(outcome, options)
}

/**
 * The report every syncing command ends with. A transient failure of Linear is exit 0 for `sync` unless `--strict`, and
 * 3 for a command that needs Linear.
 */
export function syncReport(
  outcome: SyncOutcome,
  options: { strict?: boolean; dryRun?: boolean; verbose?: boolean; needed?: boolean },
): Report {
  const facts = { ...outcome, dryRun: options.dryRun === true, verbose: options.verbose === true }
  return {
    schema: 'opsx/sync@1',
    exitCode: exitCodeOf(outcome, options),
    document: syncDocument(facts),
    text: style => formatSync(facts, style),
    notes: style => formatSyncNotes(facts, style),
  }
}

/** Of a run that synced. */
export function exitCodeOf(
  { applied, plan }: SyncOutcome,
  { strict, needed }: { strict?: boolean; needed?: boolean },
): number {
  if (applied.stopped) return applied.stopped.exitCode
  if (applied.failure && !applied.failure.code.startsWith('LINEAR_')) return applied.failure.exitCode
  const unread = plan.findings.some(
    ({ code, severity }) => code === 'board/not-checked' && severity === 'warning',
  )
  if ((strict || needed) && (applied.failure || unread)) return EXIT.remote
  const found = plan.findings.some(({ severity }) => severity === 'warning' || severity === 'critical')
  return strict && found ? EXIT.findings : EXIT.ok
}

function publishingOf(options: SyncOptions): Publishing {
  if (options.publish && (options.commit || options.push)) {
    throw new OpsxError('USAGE', '--publish cannot be combined with --commit or --push.', {
      hint: 'Choose one of them.',
    })
  }
  if (options.publish) return options.publish
  return options.push ? 'push' : options.commit ? 'commit' : 'none'
}
