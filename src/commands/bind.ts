import type { Context } from '../adapters/context.ts'
import { formatBind } from '../report/bind.ts'
import type { Report } from '../report/report.ts'
import { runBind } from '../setup/run-bind.ts'
import { syncReport } from './sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface BindOptions extends GlobalOptions {
  /** A name, false for `--no-project`, absent for neither. */
  project?: string | false
  force?: boolean
}

export const bindVerb: Verb<[change: string, issue: string], BindOptions> = {
  usage: 'bind <change> <issue>',
  summary: 'bind a change to a Linear issue, register its team, and move the issue from Backlog to Todo',
  about:
    'Writes the binding into proposal.md, and team and project into openspec/linear.yaml. Then it syncs the change as opsx sync would. opsx never guesses an issue or a project. With --offline only files are written.',
  exits:
    '2 no such issue or no API key, 3 Linear could not be read, 4 the API key belongs to another workspace or team',
  example: 'opsx bind add-dark-mode CAM-15\nopsx bind add-dark-mode CAM-15 --project web --offline',
  flags: command =>
    command
      .option('--project <project>', 'slug, name or id of the Linear project')
      .option('--no-project', 'bind without a project')
      .option('--force', 'replace a binding to another issue'),
  run: (context, [change, issue], options) => bind(context, { change, issue }, options),
}

export async function bind(
  context: Context,
  names: { change: string; issue: string },
  options: BindOptions,
): Promise<Report> {
  const bound = await runBind(
    { ...(await syncPortsOf(context)), newId: context.newId },
    { ...names, ...options },
  )
  const report = syncReport(bound.outcome, options)
  return {
    ...report,
    schema: 'opsx/bind@1',
    document: { change: bound.change, issue: bound.issue, ...report.document, writes: bound.writes },
    text: style =>
      formatBind(bound, style) + (bound.outcome.plan.changes.length > 0 ? report.text(style) : ''),
  }
}
